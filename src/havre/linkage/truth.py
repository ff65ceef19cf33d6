"""How right was a linking, against a file of the truth?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from havre.linkage.files import read_table


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of pairs: found and true, found and false, true and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of found pairs that are true; 1 when none was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of true pairs that were found; 1 when there are none."""
        true = self.right + self.missed
        return self.right / true if true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def agreement(found: Iterable[tuple[str, str]], true: Iterable[tuple[str, str]]) -> Agreement:
    """Compare found pairs of ids with true pairs of ids."""
    f, t = set(found), set(true)
    return Agreement(len(f & t), len(f - t), len(t - f))


def either_way(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of one file, in which it does not matter which row comes first: the lesser id first."""
    return [(min(pair), max(pair)) for pair in pairs]


def read_truth(path: Path) -> list[tuple[str, str]]:
    """True pairs: the first two columns of a CSV or Parquet file are the left and the right id."""
    table = read_table(path)
    names = list(table.columns)
    if len(names) < 2:
        raise ValueError(f"{path} needs two columns: the left and the right id of each true pair.")
    return [(a, b) for a, b in zip(table.column(names[0]), table.column(names[1]), strict=True) if a and b]
