"""What a run of the bench works with: how large, where the data are, and registers made once and kept."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.linkage import families
from bench.linkage.families import Register, write_pair, write_register
from bench.linkage.peers import home

Goal = dict[str, Any]


def say(text: str) -> None:
    """Progress, in words."""
    print(f"  {text}", file=sys.stderr, flush=True)


def goal(identifier: str, words: str, value: object, met: bool | None) -> Goal:
    """One goal with what was measured; `met` is None where a figure is told without a target."""
    say(f"{'told   ' if met is None else 'met    ' if met else 'NOT MET'}  {identifier}: {value}  ({words})")
    return {"id": identifier, "goal": words, "value": value, "met": met}


def _version() -> str:
    """Changes when the generator does, so that no register of an older one is taken."""
    digest = hashlib.blake2b(digest_size=4)
    for file in sorted(Path(families.__file__).parent.iterdir()):
        if file.suffix in (".py", ".tsv"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Setting:
    """One run."""

    quick: bool
    data: Path

    def _register(self, kind: str, rows: int, write: Callable[[Path], object]) -> Register:
        folder = home.folder() / "registers" / f"{kind}-{rows}-{_version()}"
        if not (folder / "truth.parquet").is_file():
            start = time.perf_counter()
            write(folder)
            say(f"{folder.name} made in {time.perf_counter() - start:.0f} s")
        return Register(folder)

    def pair(self, rows: int) -> Register:
        """Two registers of about `rows` rows, two in five of whose children are in both."""
        return self._register("pair", rows, lambda folder: write_pair(folder, self.data, rows))

    def asked(self, rows: int, questions: int) -> Register:
        """A register of about `rows` rows, and questions, one in five about a child who is not in it."""
        return self._register(f"asked-{questions}", rows, lambda folder: write_register(folder, self.data, rows, questions=questions))


def prepared(register: Register) -> float:
    """Write the columns that peers read, once; seconds that writing them took."""
    from bench.linkage.peers.columns import prepare

    took = register.folder / "peers_columns_seconds.txt"
    if not took.is_file():
        start = time.perf_counter()
        for side in ("left", "right"):
            register.path(f"{side}_peers").unlink(missing_ok=True)
            prepare(register.path(side), register.path(f"{side}_peers"), side)
        took.write_text(f"{time.perf_counter() - start:.1f}")
    return float(took.read_text())
