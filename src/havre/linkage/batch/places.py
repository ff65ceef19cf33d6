"""Where does each row place a person, and are the places of two rows the same?

The rules of `evidence.places`, on arrays: paths run from broad to narrow, names are compared across spellings and scripts, a place of
several names goes by one and a country by its name, codes (with digits) must be equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.grades import PLACELY, SAME, grade
from havre.linkage.batch.texts import Encoded, Texts, mix
from havre.linkage.evidence.places import plain
from havre.linkage.names.lexicon import Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIELDS: Final = ("origin", "birth_place", "last_seen", "separation_place")
LEVELS: Final = ("place", "same_text", "region", "country", "different")
PLACE, SAME_TEXT, REGION, COUNTRY, DIFFERENT = range(5)
DEPTH: Final = 6  # parts of a path that are read: the broadest and the narrowest ones of longer paths


# By row: the path as a number of the texts, its parts as tokens (-1 where it ends), how many there are, and which may be spelled
# differently.
PLACE_PATH: Final = np.dtype([("path", np.int32), ("parts", np.int32, (DEPTH,)), ("depth", np.int8), ("spelled", np.int8, (DEPTH,))], align=True)


def _path(text: str) -> list[str]:
    parts = [p for p in (plain(part.strip()) for part in text.split(">")) if p]
    return parts if len(parts) <= DEPTH else parts[:3] + parts[-(DEPTH - 3):]


def read(column: Encoded, lexicon: Lexicon, texts: Texts) -> NDArray[np.void]:
    """The places of each row as `PLACE_PATH`."""
    size = len(column.values)
    parts, spelled, count = np.full((size, DEPTH), -1, np.int32), np.zeros((size, DEPTH), np.int8), np.zeros(size, np.int8)
    for i, value in enumerate(column.values):
        path = _path(value)
        count[i] = len(path)
        parts[i, :len(path)] = [lexicon.number(p) for p in path]
        spelled[i, :len(path)] = [len(p) > 2 and not any(c.isdigit() for c in p) for p in path]
    out = np.zeros(len(column.codes), PLACE_PATH)
    out["path"] = column.map(texts.number)
    out["parts"], out["depth"], out["spelled"] = column.take(parts, -1), column.take(count, 0), column.take(spelled, 0)
    return out


@nb.njit(cache=True, nogil=True)
def _same(x: Any, y: Any, p: Any, q: Any, memo: Any, signs: Any, words: Any) -> Any:
    if x.parts[p] == y.parts[q]:
        return True
    if not (x.spelled[p] and y.spelled[q]):
        return False
    return grade(x.parts[p], y.parts[q], memo, signs, words) >= PLACELY


@nb.njit(cache=True, nogil=True)
def _level(x: Any, y: Any, memo: Any, signs: Any, words: Any) -> Any:
    n, m = x.depth, y.depth
    if n > 1 and m > 1:
        for q in range(1, m):
            if _same(x, y, n - 1, q, memo, signs, words):
                return PLACE
        for p in range(1, n):
            if _same(x, y, p, m - 1, memo, signs, words):
                return PLACE
        if not _same(x, y, 0, 0, memo, signs, words):
            return DIFFERENT
        return REGION if _same(x, y, 1, 1, memo, signs, words) else COUNTRY
    found = -1
    for p in range(n):
        for q in range(m):
            if _same(x, y, p, q, memo, signs, words):
                found = max(found, p, q)
    last = max(n, m) - 1
    if found < 0:
        return DIFFERENT
    if found == last:
        return PLACE if last > 0 else SAME_TEXT
    return COUNTRY if found == 0 else REGION


@nb.njit(cache=True, nogil=True, parallel=True)
def _levels(a: Any, b: Any, left: Any, right: Any, known: Any, memo: Any, signs: Any, words: Any) -> Any:
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        x, y = left[a[k]], right[b[k]]
        if x.depth > 0 and y.depth > 0:
            key = (np.uint64(x.path) << np.uint64(28)) | np.uint64(y.path)
            slot = mix(key) & np.uint64(len(known) - 1)
            entry = known[slot]
            if entry >> np.uint64(8) == key and entry:
                out[k] = np.int8(entry & np.uint64(255)) - 1
            else:
                out[k] = _level(x, y, memo, signs, words)
                known[slot] = (key << np.uint64(8)) | np.uint64(out[k] + 1)
    return out


def levels(left: NDArray[np.void], right: NDArray[np.void], a: NDArray[np.int32], b: NDArray[np.int32], known: NDArray[np.uint64],
           memo: NDArray[np.uint64], signs: NDArray[np.uint64], words: tuple[NDArray[Any], ...]) -> NDArray[np.int8]:  # fmt: skip
    """Level of each pair of rows (index into `LEVELS`, -1 unknown). Shape: (len(a),). `known`: a table as `grades.memory`, of the levels
    of two paths."""
    found: NDArray[np.int8] = _levels(a, b, left, right, known, memo, signs, words)
    return found


def narrowest(places: NDArray[np.void]) -> NDArray[np.int32]:
    """Token of each row's narrowest place, -1 where unknown."""
    last = np.maximum(places["depth"].astype(np.int64) - 1, 0)
    found: NDArray[np.int32] = places["parts"][np.arange(len(places)), last]
    return found


def broad(places: NDArray[np.void]) -> NDArray[np.int32]:
    """Token of the second broadest place of rows that name at least two, else -1: a region meets itself, whether or not a village follows."""
    return np.where(places["depth"] >= 2, places["parts"][:, 1], -1)


__all__ = ["FIELDS", "LEVELS", "PLACE_PATH", "SAME", "broad", "levels", "narrowest", "read"]
