"""How usual is this row of Latin letters, whatever the name?

A Markov chain over letters, learned from all Latin spellings of the public name pairs. It keeps a transducer fair: without it a
short, usual spelling would beat the right one, because log P(latin | native) falls with every letter.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Final

EDGE: Final = "."  # before the first and after the last letter
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz" + EDGE
FILE: Final = "latin_letters.tsv"


@cache
def _table() -> dict[str, float]:
    """log P(second letter | first letter) by pair of letters."""
    lines = (resources.files("havre.linkage") / "data" / FILE).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {first + second: float(value) for first, *values in rows for second, value in zip(LETTERS, values, strict=True)}


@cache
def _none() -> float:
    return _table()[EDGE + EDGE]


def usual(latin: str, table: dict[str, float] | None = None) -> float:
    """log P of a token of letters a–z among Latin names, by the shipped table where none is given."""
    if not latin and table is None:
        return _none()
    table, edged = table or _table(), EDGE + latin + EDGE
    return sum([table[edged[at:at + 2]] for at in range(len(edged) - 1)])


def learn(latins: Iterable[str]) -> dict[str, float]:
    """log P(second letter | first letter) from distinct tokens of letters a–z; every pair is counted once more than seen."""
    seen = Counter(a + b for latin in latins for a, b in pairwise(EDGE + latin + EDGE))
    totals = {a: sum(seen[a + b] + 1 for b in LETTERS) for a in LETTERS}
    return {a + b: math.log((seen[a + b] + 1) / totals[a]) for a in LETTERS for b in LETTERS}


def write(table: dict[str, float], path: Path) -> None:
    """Write a line for each first letter: the letter, then log P of each second one in the order of `LETTERS`."""
    lines = [f"# log P(next letter | letter) in Latin spellings of names; columns {' '.join(LETTERS)}; {EDGE} is the edge of a word"]
    lines += ["\t".join([a, *(f"{table[a + b]:.3f}" for b in LETTERS)]) for a in LETTERS]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
