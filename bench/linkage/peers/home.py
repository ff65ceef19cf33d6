"""Where do the peers live? In an environment of the bench's own, built once from the extra `bench` and kept under the Havre home."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from functools import cache
from pathlib import Path

from bench.linkage.sources import ROOT


def folder() -> Path:
    """Where the bench keeps what it builds."""
    return Path(os.environ.get("HAVRE_HOME", ROOT / "var")) / "bench"


def wanted() -> list[str]:
    """The pinned peers."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["project"]["optional-dependencies"]["bench"])


@cache
def python() -> tuple[str | None, str]:
    """The peers' Python, and why there is none when it could not be made (no registry within reach, say)."""
    home = folder() / "peers"
    binary, stamp = home / "bin" / "python", home / "installed.txt"
    pinned = "\n".join(wanted())
    if stamp.is_file() and stamp.read_text() == pinned:
        return str(binary), ""
    print("  building the environment of the peers", file=sys.stderr, flush=True)
    venv.create(home, with_pip=True)
    got = subprocess.run([binary, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted()], capture_output=True, text=True, check=False)
    if got.returncode:
        return None, (got.stderr.strip().splitlines() or ["pip failed"])[-1][:200]
    stamp.write_text(pinned)
    return str(binary), ""
