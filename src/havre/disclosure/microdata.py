"""Which rows would give these tables? Invented rows, drawn and then corrected until their tables are those of a sheet's estimates.

Nothing here sees a real row: rows are drawn from the mixture that was fitted to the sheet, and single codes are exchanged as long as
that brings the tables of two attributes nearer to the estimates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Domain
from havre.disclosure.shrinkage.rows import draw

if TYPE_CHECKING:
    from havre.disclosure.shrinkage.estimates import Estimates

Codes = NDArray[np.int16]

BLANK = -1
SWEEPS = 2
METHOD = "latent class mixture, corrected to tables of two attributes"


@dataclass(frozen=True, eq=False)
class Microdata:
    """Invented rows: for each attribute the place of each row's code at the level in `levels`, BLANK where it was blanked.

    `provenance` says from which sheet, with which seed and how they were made: enough to make the same rows again.
    """

    domain: Domain
    levels: Mapping[str, int]
    codes: Mapping[str, Codes]
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(next(iter(self.codes.values()))) if self.codes else 0

    def labels(self, name: str) -> list[str]:
        """One attribute as text; empty where it was blanked."""
        listed = np.array([*self.domain.attribute(name).level(self.levels[name]).codes, ""], dtype=object)
        found: list[str] = listed[self.codes[name]].tolist()
        return found


def microdata(estimates: Estimates, rows: int | None = None, seed: int = 0, k: int | None = None, rare: Sequence[str] = ()) -> Microdata:
    """Invented rows, as many as the sheet's total or `rows`; the same for the same sheet and arguments.

    With `k`, no combination of the attributes in `rare` (all, if none is named) is held by fewer than k rows: see `blank`.
    """
    source = np.random.default_rng([estimates.seed, 2, seed])
    number = estimates.total if rows is None else rows
    drawn = draw(estimates.prior, number, source)
    order = source.permutation(number)
    drawn = {name: column[order] for name, column in drawn.items()}
    leaves = estimates.prior.leaves
    pairs = {}
    for a, b in combinations(drawn, 2):
        if estimates.sheet.plan.covers(spec := ((a, leaves[a]), (b, leaves[b]))):
            pairs[a, b] = estimates.values(*spec) * (number / max(1, estimates.total))
    if number and pairs:
        from havre.disclosure.exchange import improve
        improve(drawn, pairs, SWEEPS)
    blanked = blank(drawn, k, rare or list(drawn)) if k else 0
    about = {"sheet": estimates.sheet.id, "method": METHOD, "seed": seed, "rows": number, "k": k, "rare": list(rare), "blanked": blanked, "invented": True}
    return Microdata(estimates.sheet.domain, leaves, drawn, about)


def blank(codes: Mapping[str, Codes], k: int, names: Sequence[str]) -> int:
    """Blank single values, in place, until every combination of `names` (a blank is a value of its own) is held by at least k rows; how many.

    In rows of rare combinations the attribute is blanked whose codes are rarest among all rows, then the next, until none is rare.
    What is rare with everything blanked takes the rows of the least frequent combination along.
    """
    blanked = 0
    while True:
        groups, sizes = _groups(codes, names)
        rare = sizes[groups] < k
        if not rare.any():
            return blanked
        left = np.array([[codes[name][i] != BLANK for name in names] for i in np.flatnonzero(rare)])
        if not left.any():
            again = np.flatnonzero(groups == np.argmin(np.where(sizes < k, np.iinfo(np.int64).max, sizes)))
            if (sizes >= k).sum() == 0 or not len(again):
                return blanked
            for name in names:
                blanked += int((codes[name][again] != BLANK).sum())
                codes[name][again] = BLANK
            continue
        chosen = np.flatnonzero(rare)
        held = np.column_stack([_frequency(codes[name])[codes[name][chosen]] for name in names])
        held[~left] = np.iinfo(np.int64).max
        for at, name in enumerate(names):
            here = chosen[(held.argmin(1) == at) & left.any(1)]
            blanked += len(here)
            codes[name][here] = BLANK


def _groups(codes: Mapping[str, Codes], names: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The number of each row's combination, and how many rows hold each."""
    groups = np.zeros(len(codes[names[0]]), dtype=np.int64)
    for name in names:
        groups = groups * (int(codes[name].max(initial=0)) + 2) + codes[name] + 1
        groups = np.unique(groups, return_inverse=True)[1].astype(np.int64)
    return groups, np.bincount(groups)


def _frequency(column: Codes) -> NDArray[np.int64]:
    """How many rows hold each code; the last entry, where BLANK points, is the blanks."""
    found: NDArray[np.int64] = np.bincount(column + 1, minlength=int(column.max(initial=0)) + 2)
    return np.roll(found, -1)
