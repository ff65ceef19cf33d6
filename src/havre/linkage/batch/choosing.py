"""Which blocks are worth their pairs?

Kinds of key differ in what they bring: two kinds may bring the same pairs together, and a large block of one finds more than a small
block of another. So every kind has a limit of its own. Some rows are tried first, with all their candidates; the limits are then raised
one after another, always where the most people are found for the pairs that it adds, up to `COMPARED` pairs a row (a greedy cover:
Nemhauser, Wolsey and Fisher, 1978). Everything is counted in whole numbers, so that any engine decides the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.keys import LARGEST_CLASS, PAIRS_PER_ROW
from havre.linkage.batch.learning import pair_hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMPARED: Final = 100  # candidates of each row of the larger file; in one file a pair is a candidate of both its rows
TRIED: Final = (2_500, 20_000)  # rows of the left file that are tried, at least and at most
SHARE: Final = 50  # one row in so many is tried, between these
COUNTED: Final = 64  # one in so many of their pairs is counted for what it costs
SURE: Final = 3  # class of the blocks that are compared whatever they bring: at most eight pairs
WHOLE: Final = 1000  # a sure match, in whole numbers
FAMILY: Final = 0.25  # what finding one of the family is worth, beside finding the child


class Tried(NamedTuple):
    """Pairs of tried rows: `met[p, k]` is the class of the block in which pair `p` meets by kind `k`, -1 where it does not; `worth[p]`
    what finding it is worth; `cost[p]` for how many pairs it counts."""

    met: NDArray[np.int8]
    worth: NDArray[np.int64]
    cost: NDArray[np.int64]


def tried(rows: int) -> int:
    """How many rows of a left file of so many are tried."""
    return min(rows, max(TRIED[0], min(rows // SHARE, TRIED[1])))


def needed(by_class: NDArray[np.int64], rows_left: int, rows_right: int) -> bool:
    """Whether there is anything to choose: not where all blocks together hold few pairs, as `by_class[k, c]` says of kinds and classes."""
    return bool(by_class[:, : LARGEST_CLASS + 1].sum() > PAIRS_PER_ROW * max(rows_left, rows_right))


def costly(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which pairs of ids (by hash) stand for what pairs cost, each for `COUNTED`."""
    found: NDArray[np.bool_] = pair_hashes(left, right) < np.uint64(2**64 // COUNTED)
    return found


def worth(match: NDArray[np.float64], family: NDArray[np.float64]) -> NDArray[np.int64]:
    """What it is worth that a pair of these probabilities meets."""
    found: NDArray[np.int64] = np.rint(WHOLE * (match + FAMILY * family)).astype(np.int64)
    return found


@nb.njit(cache=True, nogil=True)
def _take_off(pairs: Any, met: Any, value: Any, table: Any) -> None:
    for p in pairs:
        for k in range(met.shape[1]):
            if met[p, k] >= 0:
                table[k, met[p, k]] -= value[p]


def limits(found: Tried, rows: int, rows_left: int, rows_right: int) -> NDArray[np.int64]:
    """The largest class of block to compare, of each kind of key, learned from the pairs of `rows` tried rows. Shape: (kinds,)."""
    met, kinds = found.met, found.met.shape[1]
    most = COMPARED * max(rows_left, rows_right) * rows // max(rows_left, 1)
    chosen, left = np.full(kinds, SURE), np.ones(len(met), bool)
    tables = [np.zeros((kinds, LARGEST_CLASS + 1), np.int64) for _ in range(2)]  # what those that do not meet yet bring and cost

    def meet(pairs: NDArray[np.intp]) -> int:
        left[pairs] = False
        for value, table in zip((found.worth, found.cost), tables, strict=True):
            _take_off(pairs, met, value, table)
        return int(found.cost[pairs].sum())

    for value, table in zip((found.worth, found.cost), tables, strict=True):
        _take_off(np.arange(len(met)), met, -value, table)
    most -= meet(np.flatnonzero(((met >= 0) & (met <= SURE)).any(axis=1)))
    classes = np.arange(LARGEST_CLASS + 1)
    while True:
        higher = classes > chosen[:, None]
        brings, costs = (np.cumsum(np.where(higher, table, 0), axis=1) for table in tables)
        rate = np.where((brings > 0) & (costs <= most), brings / np.maximum(costs, 1), 0.0)
        kind, to = np.unravel_index(int(rate.argmax()), rate.shape)
        if rate[kind, to] <= 0:
            return chosen
        most -= meet(np.flatnonzero(left & (met[:, kind] > chosen[kind]) & (met[:, kind] <= to)))
        chosen[kind] = to
