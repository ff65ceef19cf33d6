"""Which rows of one file are of one person, all of them together?

Pairs judged alike are joined the surest first; two groups are joined only while what is known of their pairs, taken together, does
not speak against it, so that one bad pair does not tie two people's records into one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

JOINED_FROM: Final = 0.5  # probability from which a pair may join two groups
UNKNOWN: Final = -0.5  # log-odds of a pair that was not given back: it never met, or little spoke for it


@nb.njit(cache=True, nogil=True)
def _root(parent: Any, k: Any) -> Any:
    while parent[k] != k:
        parent[k] = parent[parent[k]]
        k = parent[k]
    return k


@nb.njit(cache=True, nogil=True)
def _between(x: Any, y: Any, start: Any, other: Any, odds: Any, next_of: Any, parent: Any) -> Any:
    """Sum of the log-odds of the known pairs between two groups, and how many pairs are known."""
    total, known = 0.0, 0
    k = x
    while k >= 0:
        for e in range(start[k], start[k + 1]):
            if _root(parent, other[e]) == y:
                total += odds[e]
                known += 1
        k = next_of[k]
    return total, known


@nb.njit(cache=True, nogil=True)
def _grouped(rows: Any, a: Any, b: Any, odds: Any, least: Any, start: Any, other: Any, edge_odds: Any, unknown: Any) -> Any:
    parent, size = np.arange(rows), np.ones(rows, np.int64)
    next_of, last = np.full(rows, -1, np.int64), np.arange(rows)
    for k in range(len(a)):
        if odds[k] < least:
            break
        x, y = _root(parent, a[k]), _root(parent, b[k])
        if x == y:
            continue
        if size[x] > size[y]:
            x, y = y, x
        total, known = _between(x, y, start, other, edge_odds, next_of, parent)
        apart = size[x] * size[y] - known
        if total + apart * unknown < 0.0:
            continue
        parent[x] = y
        next_of[last[y]] = x
        last[y] = last[x]
        size[y] += size[x]
    out = np.empty(rows, np.int64)
    for k in range(rows):
        out[k] = _root(parent, k)
    return out


def clusters(rows: int, a: NDArray[np.int32], b: NDArray[np.int32], match: NDArray[np.float64], *, least: float = JOINED_FROM,
             unknown: float = UNKNOWN) -> NDArray[np.int64]:  # fmt: skip
    """Group number of each row: the number of one of the group's rows. Shape: (rows,).

    `a`, `b`: rows of each pair that was found worth reading, `match`: its probability; pairs not given are counted as log-odds
    `unknown` (they were compared and left out, or never met).
    """
    odds = np.clip(np.log(np.maximum(match, 1e-9) / np.maximum(1 - match, 1e-9)), -8.0, 8.0)
    order = np.argsort(-odds, kind="stable")
    ends = np.concatenate([a, b])
    by_row = np.argsort(ends, kind="stable")
    start = np.searchsorted(ends[by_row], np.arange(rows + 1))
    other = np.concatenate([b, a])[by_row]
    return np.asarray(_grouped(rows, a[order], b[order], odds[order], np.log(least / (1 - least)), start, other,
                               np.concatenate([odds, odds])[by_row], unknown), np.int64)  # fmt: skip
