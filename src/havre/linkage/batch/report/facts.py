"""Which numbers does the report show?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.batch.result import Links
from havre.linkage.names.scripts import script_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS: Final = 20
NAMED: Final = ("full_name", "given", "family", "father")


@dataclass(frozen=True, slots=True)
class At:
    """How right the result is when pairs from `probability` on are taken for one person."""

    probability: float
    pairs: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs of one language or of one pair of scripts. With a truth file: precision and recall, else None."""

    name: str
    matches: int
    uncertain: int
    precision: float | None = None
    recall: float | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of one stretch of probability: how many, their mean probability and, with a truth file, how many of a hundred are true."""

    low: float
    high: float
    pairs: int
    mean: float
    true: float | None


def truth_of(links: Links, true: list[tuple[str, str]], one_file: bool) -> NDArray[np.bool_]:
    """Whether each pair is a true one."""
    known = set(true) | ({(b, a) for a, b in true} if one_file else set())
    ids = zip(links.table["left_id"].to_pylist(), links.table["right_id"].to_pylist(), strict=True)
    return np.fromiter((pair in known for pair in ids), bool, count=links.table.num_rows)


def bins(probability: NDArray[np.float64], true: NDArray[np.bool_] | None) -> list[Bin]:
    """Pairs by probability, in `BINS` stretches."""
    place = np.minimum((probability * BINS).astype(int), BINS - 1)
    out = []
    for k in range(BINS):
        here = place == k
        share = float(true[here].mean()) if true is not None and here.any() else None
        out.append(Bin(k / BINS, (k + 1) / BINS, int(here.sum()), float(probability[here].mean()) if here.any() else 0.0, share))
    return out


def calibration_error(found: list[Bin]) -> float:
    """Expected calibration error: how far stated probabilities are from what was true, on average over pairs."""
    total = sum(b.pairs for b in found if b.true is not None)
    return sum(abs(b.mean - b.true) * b.pairs for b in found if b.true is not None) / max(total, 1)


def curve(probability: NDArray[np.float64], true: NDArray[np.bool_], all_true: int) -> list[At]:
    """Precision and recall at thresholds from 0.05 to 0.99."""
    out = []
    for limit in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99):
        taken = probability >= limit
        right = int(true[taken].sum())
        out.append(At(limit, int(taken.sum()), right / max(int(taken.sum()), 1), right / max(all_true, 1)))
    return out


def letters(columns: Mapping[str, str], table: Any) -> list[str]:
    """The script in which each row's name is written; empty where there is none."""
    names = [table.column(columns[name]) for name in NAMED if name in columns]
    return [next((str(script_of(text)) for text in row if text), "") for row in zip(*names, strict=True)] if names else [""] * table.rows


def groups(left: list[str], right: list[str], links: Links, rows: tuple[NDArray[np.int64], NDArray[np.int64]], verdict: NDArray[np.bool_],
           true: NDArray[np.bool_] | None, missed: Mapping[str, int]) -> list[Group]:  # fmt: skip
    """Pairs by what `left` and `right` say of their rows, the least sure group first. `missed`: true pairs that were not found, by group."""
    names = np.array([_pair(left[a], right[b]) for a, b in zip(rows[0].tolist(), rows[1].tolist(), strict=True)], dtype=object)
    probability = np.array(links.table["probability"].to_pylist())
    out = []
    for name in sorted(set(names.tolist()) | set(missed)):
        here = names == name
        taken, unsure = here & verdict, here & (probability >= 0.1) & (probability < 0.9)
        precision = recall = None
        if true is not None:
            right_ones = int((taken & true).sum())
            precision = right_ones / max(int(taken.sum()), 1)
            recall = right_ones / max(int((here & true).sum()) + missed.get(name, 0), 1)
        out.append(Group(name, int(taken.sum()), int(unsure.sum()), precision, recall))
    return sorted(out, key=lambda g: (g.recall if g.recall is not None else -g.uncertain / max(g.matches, 1), g.name))


def _pair(a: str, b: str) -> str:
    return a if a == b else " – ".join(sorted((a, b)))


pair_name = _pair
