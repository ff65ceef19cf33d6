"""A PostgreSQL cluster of the bench's own: found, started in a temporary folder as a user who is not root, and thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {"fsync": "off", "listen_addresses": "''", "shared_buffers": "1GB", "maintenance_work_mem": "512MB", "work_mem": "64MB", "jit": "off",
            "max_parallel_workers_per_gather": "0"}  # fmt: skip


def binaries() -> tuple[Path | None, str]:
    """The folder of a server's programs that come with pg_trgm, and why none was found."""
    named = os.environ.get("HAVRE_BENCH_POSTGRES")
    found = shutil.which("pg_config")
    folders = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True) + ([Path(found).parent] if found else [])
    for folder in folders:
        if (folder / "initdb").is_file():
            share = subprocess.run([folder / "pg_config", "--sharedir"], capture_output=True, text=True, check=False).stdout.strip()
            if share and (Path(share) / "extension" / "pg_trgm.control").is_file():
                return folder, ""
    return None, "no PostgreSQL server with pg_trgm was found (Debian: apt install postgresql; or name its bin folder in HAVRE_BENCH_POSTGRES)"


def _user() -> str | None:
    """Whom to run the server as: nobody else, unless this is root, whom PostgreSQL refuses."""
    if os.getuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def running() -> Iterator[str]:
    """The address of a fresh cluster. Raises RuntimeError when there is no server."""
    folder, why = binaries()
    if folder is None:
        raise RuntimeError(why)
    user = _user()
    home = Path(tempfile.mkdtemp(prefix="havre-bench-pg-"))
    if user:
        shutil.chown(home, user)
    data, log = home / "data", home / "log"

    def do(*command: str) -> None:
        subprocess.run([str(folder / command[0]), *command[1:]], user=user, cwd=home, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    try:
        do("initdb", "-D", str(data), "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        do("pg_ctl", "-D", str(data), "-w", "-l", str(log), "-o", f"{options} -k {home}", "start")
        try:
            yield f"host={home} user=bench dbname=postgres"
        finally:
            do("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
