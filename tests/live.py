"""A whole instance, started as a newcomer starts it, for tests that speak HTTP or drive a browser."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from havre.cli.serve import free_port

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Instance:
    """A running demo: its address, its folder, everything it wrote to its terminal, and its process."""

    address: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes]

    def said(self) -> str:
        """What the instance has written so far."""
        return self.log.read_text("utf-8", errors="replace")

    def pids(self, words: str) -> list[int]:
        """The processes of this instance whose command line holds `words`."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                environment = (entry / "environ").read_bytes()
            except OSError:
                continue
            if words in line and f"HAVRE_HOME={self.home}".encode() in environment:
                found.append(int(entry.name))
        return found


def environment(home: Path) -> dict[str, str]:
    """A clean environment for an instance of its own."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("HAVRE_", "DATABASE_", "PYTEST_", "DJANGO_"))}
    return {**keep, "HAVRE_HOME": str(home), "HAVRE_PRACTICE": "1", "PYTHONUNBUFFERED": "1",
            **({"HAVRE_NO_MIGRATIONS": "1"} if os.environ.get("HAVRE_NO_MIGRATIONS") else {})}


@contextmanager
def running(*, persons: int = 60, children: int = 24, requests: int = 10, seconds: float = 240) -> Iterator[Instance]:
    """Start `havre demo` on a free port in a folder of its own; stop it cleanly at the end."""
    with tempfile.TemporaryDirectory(prefix="havre-live-", ignore_cleanup_errors=True) as folder:
        home, port = Path(folder) / "home", free_port()
        home.mkdir()
        log = Path(folder) / "terminal.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "havre.cli", "demo", "--port", str(port), "--persons", str(persons),
                 "--children", str(children), "--requests", str(requests)],
                cwd=ROOT, env=environment(home), stdout=out, stderr=subprocess.STDOUT)
        instance = Instance(f"http://127.0.0.1:{port}", home, log, process)
        try:
            until = time.monotonic() + seconds
            while not re.search(r"Havre is at", instance.said()):
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"the instance did not start:\n{instance.said()[-3000:]}")
                time.sleep(0.3)
            yield instance
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
