"""How many rows may one child stand in? What a plan protects is one child with so many rows; the surplus is left out and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Rows
from havre.disclosure.problems import BadBudget, ChildNotNamed, TooManyRows


@dataclass(frozen=True)
class Bounded:
    """Rows of which no child has more than its share, and how many were left out. The number left out is exact: never publish it."""

    rows: Rows
    dropped: int


def bound(rows: Rows, children: Sequence[str], most: int, *, drop: bool = False) -> Bounded:
    """The rows with at most `most` of each child; `children[i]` says whose row i is.

    Without `drop`, TooManyRows when a child has more. With it, the rows kept are those whose `lot` is smallest: a choice that looks
    at nothing but the child's own rows, and that is the same in every run, order and engine (see `counting.sql`).
    """
    if most < 1:
        raise BadBudget(hint="a child stands in at least one row")
    if len(children) != len(rows):
        raise ChildNotNamed(count=abs(len(rows) - len(children)))
    named = np.asarray([("" if child is None else str(child)) for child in children])
    if (nameless := int((named == "").sum())):
        raise ChildNotNamed(count=nameless)
    _, whose, counts = np.unique(named, return_inverse=True, return_counts=True)
    largest = int(counts.max(initial=0))
    if largest <= most:
        return Bounded(rows, 0)
    if not drop:
        raise TooManyRows(most=largest, cap=most)
    keep = _keep(rows, named, whose, counts, most)
    return Bounded(Rows(rows.domain, {name: codes[keep] for name, codes in rows.codes.items()}), int((~keep).sum()))


def _keep(rows: Rows, named: NDArray[np.str_], whose: NDArray[np.intp], counts: NDArray[np.intp], most: int) -> NDArray[np.bool_]:
    keep = np.ones(len(rows), dtype=bool)
    crowded = np.flatnonzero(counts[whose] > most)
    for at in np.split(crowded[np.argsort(whose[crowded], kind="stable")], np.cumsum(counts[counts > most])[:-1]):
        lots = sorted((lot(str(named[i]), [int(codes[i]) for codes in rows.codes.values()]), int(i)) for i in at)
        keep[[i for _, i in lots[most:]]] = False
    return keep


def lot(child: str, codes: Sequence[int]) -> str:
    """The lot that orders a child's rows: MD5 of the identifier and the row's codes, in hexadecimal. It hides nothing; it only has to be
    the same function in Python, DuckDB and Spark."""
    return md5(",".join([child, *map(str, codes)]).encode(), usedforsecurity=False).hexdigest()
