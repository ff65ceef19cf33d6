"""What a run of the bench works with: how large it is, what is promised, and the sets of rows, made once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.linkage.peers.home import folder
from bench.statistics import data, network
from bench.statistics.network import Rows
from bench.statistics.peers.folder import write_question

EPSILON, DELTA = "1", "1e-6"  # promised by every system
SETS: dict[str, Callable[..., Rows]] = {"sparse": data.sparse, "cases": data.cases, "census": data.census}


def _version() -> str:
    """Changes when the generators do, so that no set of an older one is taken."""
    digest = hashlib.blake2b(digest_size=4)
    for module in (data, network):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Question:
    """One set of rows and the folder in which every system finds it."""

    rows: Rows
    folder: Path

    def answer(self, system: str) -> Path:
        """Where the answer of a system goes."""
        return self.folder / f"{system.replace(' ', '-')}.npz"


@dataclass(frozen=True, slots=True)
class Setting:
    """One run."""

    quick: bool

    def question(self, name: str, rows: int | None = None, seed: int = 1) -> Question:
        """One of SETS, with so many rows instead of its own number, written where the systems find it."""
        made = SETS[name](seed=seed) if rows is None else SETS[name](rows, seed)
        place = folder() / "statistics" / f"{name}-{len(made.codes)}-{seed}-{_version()}"
        if not (place / "codes.npy").is_file():
            write_question(place, made.attributes, made.codes)
        return Question(made, place)
