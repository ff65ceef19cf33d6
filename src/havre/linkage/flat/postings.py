"""Which numbers stand on which list?

Two parts, read as one: what was there when the lists were built lies in one flat array, list after list; what was added
since hangs in chains. Adding needs no rebuilding; building again (`Postings.built`) puts the chains into the flat part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.evidence.compiled.room import roomier

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Lists(NamedTuple):
    """The arrays of `Postings`, as compiled code takes them: `rows[at[i]:at[i + 1]]` of list i, then `later[k]` for k from
    `head[i]` along `following` until it is negative."""

    at: NDArray[np.int64]
    rows: NDArray[np.int32]
    head: NDArray[np.int32]
    following: NDArray[np.int32]
    later: NDArray[np.int32]


class Postings:
    """Lists of row numbers (int32), by list number from 0."""

    def __init__(self, at: NDArray[np.int64] | None = None, rows: NDArray[np.int32] | None = None) -> None:
        self.at = np.zeros(1, np.int64) if at is None else at
        self.rows = np.zeros(0, np.int32) if rows is None else rows
        self._head = np.full(1024, -1, np.int32)
        self._following = np.zeros(1024, np.int32)
        self._later = np.zeros(1024, np.int32)
        self.added = 0

    @classmethod
    def built(cls, lists: NDArray[np.int64], rows: NDArray[np.int32], count: int) -> Postings:
        """The flat part from pairs (list, row) in any order; rows keep their order within a list. `count` lists."""
        at, ordered = _sorted_into(lists, rows, count)
        return cls(at, ordered)

    def add(self, number: int, row: int) -> None:
        """Put a row on a list."""
        self._head = roomier(self._head, number + 1, -1)
        self._following = roomier(self._following, self.added + 1)
        self._later = roomier(self._later, self.added + 1)
        self._following[self.added] = self._head[number]
        self._later[self.added] = row
        self._head[number] = self.added
        self.added += 1

    def on(self, number: int) -> list[int]:
        """The rows of one list."""
        flat = self.rows[self.at[number]:self.at[number + 1]].tolist() if number + 1 < len(self.at) else []
        k = int(self._head[number]) if number < len(self._head) else -1
        while k >= 0:
            flat.append(int(self._later[k]))
            k = int(self._following[k])
        return flat

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """The arrays of `Lists`, for compiled code (a plain tuple is taken over faster); valid until something is added."""
        return self.at, self.rows, self._head, self._following, self._later


@nb.njit(cache=True, nogil=True)
def _sorted_into(lists: Any, rows: Any, count: int) -> Any:
    at = np.zeros(count + 1, np.int64)
    for number in lists:
        at[number + 1] += 1
    for i in range(count):
        at[i + 1] += at[i]
    place = at[:-1].copy()
    out = np.empty(len(rows), np.int32)
    for k in range(len(rows)):
        out[place[lists[k]]] = rows[k]
        place[lists[k]] += 1
    return at, out
