"""Where do the peers live? Each in an environment of its own, built once from the pins beside this file and kept under the Havre home."""

from __future__ import annotations

import subprocess
import sys
import venv
from functools import cache
from pathlib import Path

from bench.linkage.peers.home import folder

PINS = Path(__file__).parent


@cache
def python(name: str) -> tuple[str | None, str]:
    """The Python of a peer ("pac" or "smartnoise"), and why there is none when it could not be made (no registry within reach, say)."""
    home = folder() / f"peers-{name}"
    binary, stamp = home / "bin" / "python", home / "installed.txt"
    pins = PINS / f"{name}.txt"
    if stamp.is_file() and stamp.read_text() == pins.read_text():
        return str(binary), ""
    print(f"  building the environment of {name}", file=sys.stderr, flush=True)
    venv.create(home, with_pip=True, clear=True)
    command = [str(binary), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", str(pins)]
    got = subprocess.run(command, capture_output=True, text=True, check=False)
    if got.returncode:
        return None, (got.stderr.strip().splitlines() or ["pip failed"])[-1][:200]
    stamp.write_text(pins.read_text())
    return str(binary), ""
