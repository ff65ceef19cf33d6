"""Which pairs of rows are worth comparing?

Rows meet in blocks of equal keys. Pairs are made for stretches of left rows at a time, each pair once with the number of kinds of
key it shares, so that memory is bound by the stretch.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.keys import LARGEST_CLASS, largest_block
from havre.linkage.batch.texts import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLASSES: Final = 64
SHARES: Final = 4  # stretches worked on side by side


class Blocks(NamedTuple):
    """Where each left row finds its candidates: `order[k, start[k, i]:start[k, i] + many[k, i]]` are right rows, as far as the block's
    class of size, `sizes[k, i]`, is at most `limits[k]`. `by_class[k, c]`: pairs of all blocks of class `c` in kind `k`."""

    start: NDArray[np.int32]
    many: NDArray[np.int32]
    sizes: NDArray[np.uint8]
    order: NDArray[np.int32]
    by_class: NDArray[np.int64]
    limits: NDArray[np.int64]

    @property
    def pairs(self) -> int:
        """The pairs of all blocks within the limits."""
        return int(sum(found[: limit + 1].sum() for found, limit in zip(self.by_class, self.limits.tolist(), strict=True)))

    def most(self) -> NDArray[np.int64]:
        """The most pairs each left row can give. Shape: (left rows,)."""
        total = np.zeros(self.start.shape[1], np.int64)
        for many, sizes, limit in zip(self.many, self.sizes, self.limits, strict=True):
            total += np.where(sizes <= limit, many, 0)
        return total

    def within(self, limits: NDArray[np.int64]) -> Blocks:
        """The same rows, meeting in blocks within these limits."""
        return self._replace(limits=limits)

    def of_rows(self, rows: NDArray[np.int64]) -> Blocks:
        """These left rows alone, numbered from 0 as they are given. Their blocks are as large as before."""
        return self._replace(start=self.start[:, rows], many=self.many[:, rows], sizes=self.sizes[:, rows])


class Pairs(NamedTuple):
    """Row numbers of the left and the right, each pair once, and how many kinds of key the two rows share."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    shared: NDArray[np.uint8]


@nb.njit(cache=True, nogil=True)
def _slot(key: Any, table: Any, mask: Any) -> Any:
    at = mix(key) & mask
    while table[at] != 0 and table[at] != key:
        at = (at + np.uint64(1)) & mask
    return at


@nb.njit(cache=True, nogil=True)
def _join(left: Any, right: Any, start: Any, count: Any, size_of: Any, order: Any, by_class: Any) -> Any:
    """Join one kind of key: where each left row's block starts in `order`, how many rows it has and its class of size."""
    size = 1
    while size < 2 * len(right):
        size *= 2
    mask = np.uint64(size - 1)
    table, many, few = np.zeros(size, np.uint64), np.zeros(size, np.int32), np.zeros(size, np.int32)
    for j in range(len(right)):
        if right[j] != 0:
            at = _slot(right[j], table, mask)
            table[at] = right[j]
            many[at] += 1
    for i in range(len(left)):
        if left[i] != 0:
            at = _slot(left[i], table, mask)
            if table[at] != 0:
                few[at] += 1
    first, classes = np.zeros(size, np.int32), np.zeros(size, np.uint8)
    total = 0
    for at in range(size):
        first[at] = total
        total += many[at]
        pairs = np.int64(few[at]) * many[at]
        if pairs > 0:
            while (np.int64(1) << np.int64(classes[at])) < pairs:
                classes[at] += 1
            by_class[classes[at]] += pairs
    for i in range(len(left)):
        if left[i] != 0:
            at = _slot(left[i], table, mask)
            start[i], count[i], size_of[i] = first[at], many[at], classes[at]
    for j in range(len(right)):
        if right[j] != 0:
            at = _slot(right[j], table, mask)
            order[first[at]] = j
            first[at] += 1


Keys = Callable[[int], "NDArray[np.uint64]"]


def blocks(left: Keys, right: Keys, kinds: int, rows_left: int, rows_right: int) -> Blocks:
    """Join the keys of two files, blocks over `keys.largest_block` left out. `left(k)`, `right(k)`: key of each row in kind k."""
    start, count = np.zeros((kinds, rows_left), np.int32), np.zeros((kinds, rows_left), np.int32)
    sizes, order, by_class = np.zeros((kinds, rows_left), np.uint8), np.zeros((kinds, rows_right), np.int32), np.zeros((kinds, CLASSES), np.int64)
    with ThreadPoolExecutor(max_workers=nb.get_num_threads()) as pool:
        list(pool.map(lambda k: _join(left(k), right(k), start[k], count[k], sizes[k], order[k], by_class[k]), range(kinds)))
    limit = largest_block(by_class.sum(axis=0), rows_left, rows_right)
    return Blocks(start, count, sizes, order, by_class, np.full(kinds, limit.bit_length() - 1))


@nb.njit(cache=True, nogil=True, parallel=True)
def _pairs(bounds: Any, start: Any, count: Any, sizes: Any, limits: Any, order: Any, rows_right: Any, after: Any, out_a: Any, out_b: Any,
           shared: Any, offsets: Any) -> Any:  # fmt: skip
    found = np.zeros(len(bounds) - 1, np.int64)
    for s in nb.prange(len(bounds) - 1):
        seen, place = np.full(rows_right, -1, np.int32), np.zeros(rows_right, np.int64)
        at = offsets[s]
        for i in range(bounds[s], bounds[s + 1]):
            for k in range(len(start)):
                if sizes[k, i] > limits[k]:
                    continue
                first = start[k, i]
                for c in range(count[k, i]):
                    j = order[k, first + c]
                    if after and j <= i:
                        continue
                    if seen[j] == i:
                        shared[place[j]] += 1
                    else:
                        seen[j], place[j] = i, at
                        out_a[at], out_b[at], shared[at] = i, j, 1
                        at += 1
        found[s] = at - offsets[s]
    return found


def pairs_of(found: Blocks, low: int, high: int, *, one_file: bool = False) -> Pairs:
    """The pairs of left rows `low` to `high` (exclusive), in order of the left row. `one_file`: both sides are the same rows, and
    each pair is given once, the earlier row first."""
    most = found.most()[low:high]
    bounds = np.linspace(low, high, SHARES + 1).astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(most)])
    offsets = ends[bounds - low]
    size = int(ends[-1])
    a, b, shared = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.uint8)
    counts = _pairs(bounds, found.start, found.many, found.sizes, found.limits, found.order, found.order.shape[1], one_file, a, b, shared, offsets)
    kept = [np.s_[o:o + n] for o, n in zip(offsets[:-1], counts, strict=True)]
    return Pairs(*(np.concatenate([column[s] for s in kept]) for column in (a, b, shared)))


def stretches(found: Blocks, most: int) -> list[tuple[int, int]]:
    """Stretches of left rows that give at most `most` pairs each (a single row may give more)."""
    ends = np.cumsum(found.most())
    out, low, done = [], 0, 0
    while low < len(ends):
        high = max(low + 1, int(np.searchsorted(ends, done + most, side="right")))
        out.append((low, high))
        low, done = high, int(ends[high - 1])
    return out


@nb.njit(cache=True, nogil=True, parallel=True)
def _met(a: Any, b: Any, start: Any, count: Any, sizes: Any, order: Any, out: Any) -> None:
    for p in nb.prange(len(a)):
        for k in range(len(start)):
            if sizes[k, a[p]] > LARGEST_CLASS:
                continue
            first = start[k, a[p]]
            for c in range(count[k, a[p]]):
                if order[k, first + c] == b[p]:
                    out[p, k] = sizes[k, a[p]]
                    break


def met_in(found: Blocks, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int8]:
    """The class of size of the block in which each pair of rows meets by each kind of key, -1 where it does not; no limit is looked at
    but `keys.LARGEST_CLASS`. Shape: (pairs, kinds)."""
    out = np.full((len(a), len(found.start)), -1, np.int8)
    _met(a, b, found.start, found.many, found.sizes, found.order, out)
    return out
