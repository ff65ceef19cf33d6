"""Does one row name the people who were with the person of the other? The rule of `evidence.separation.companions_level`, on arrays.

Whoever was with a child may stand on the other side among the companions, brothers and sisters or other relatives. Names of several words
agree as `evidence.levels.spelled` has it: written as one, or word by word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch import lists
from havre.linkage.batch.grades import CLOSELY, grade
from havre.linkage.batch.kin import parse_relatives, parse_siblings
from havre.linkage.batch.texts import Encoded, nothing
from havre.linkage.names.kernel import similar
from havre.linkage.names.lexicon import Lexicon
from havre.linkage.names.similarity import CLOSE
from havre.linkage.names.tokens import tokens
from havre.linkage.prepared import PARENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS: Final = ("several", "one", "none")
SEVERAL, ONE, NONE = range(3)
MOST: Final = 6  # companions read of one row
OTHERS: Final = 12  # further people read of one row: its brothers, sisters and other relatives
WORDS: Final = 3  # words read of one name
SPARE: Final = 0.2  # what each word left over adds to the divisor
AS_ONE: Final = 0.98  # what likeness of names written as one word counts for


def _names(values: Iterable[str], lexicon: Lexicon, most: int) -> NDArray[np.int32]:
    out = np.full((most, 1 + WORDS), -1, np.int32)
    read = [found for value in values if (found := tokens(value))]
    for k, name in enumerate(read[:most]):
        out[k, 0] = lexicon.number("".join(name))
        if len(name) > 1:
            out[k, 1:1 + min(len(name), WORDS)] = [lexicon.number(word) for word in name[:WORDS]]
    return out


def _column(column: Encoded, values: Any, lexicon: Lexicon, most: int) -> NDArray[np.int32]:
    by_value = np.stack([_names(values(text), lexicon, most) for text in column.values]) if column.values else np.zeros((0, most, 1 + WORDS), np.int32)
    found: NDArray[np.int32] = column.take(by_value, -1)
    return found


def read(columns: Mapping[str, Encoded], rows: int, lexicon: Lexicon) -> NDArray[np.int32]:
    """Everybody named in each row, parents left out, who have fields of their own: companions, and from `MOST` on brothers, sisters and
    other relatives. Of each the whole name as one token, then, where it has several words, those; -1 where there is none.
    Shape: (rows, MOST + OTHERS, 1 + WORDS)."""
    company = _column(columns.get("companions", nothing(rows)), lists.parts, lexicon, MOST)
    siblings = _column(columns.get("siblings", nothing(rows)), lambda text: [s.names[0] for s in parse_siblings(text)], lexicon, OTHERS // 2)
    relatives = _column(columns.get("relatives", nothing(rows)),
                        lambda text: [r.names[0] for r in parse_relatives(text) if r.role not in PARENTS], lexicon, OTHERS // 2)  # fmt: skip
    return np.concatenate([company, siblings, relatives], axis=1)


@nb.njit(cache=True, nogil=True)
def _size(x: Any) -> Any:
    """How many words a name has."""
    n = 0
    while n < WORDS and x[1 + n] >= 0:
        n += 1
    return max(n, 1)


@nb.njit(cache=True, nogil=True)
def _aligned(table: Any, n: Any, m: Any) -> Any:
    """Mean of the best one-to-one pairing of n words with m, n not more than m; each word left over adds `SPARE` to the divisor."""
    best = 0.0
    for p in range(m):
        if n == 1:
            best = max(best, table[0, p])
            continue
        for q in range(m):
            if q == p:
                continue
            if n == 2:
                best = max(best, table[0, p] + table[1, q])
                continue
            for r in range(m):
                if r not in (p, q):
                    best = max(best, table[0, p] + table[1, q] + table[2, r])
    return best / (n + SPARE * (m - n))


@nb.njit(cache=True, nogil=True)
def _alike(x: Any, y: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Whether two names agree closely."""
    whole = grade(x[0], y[0], memo, signs, words)
    n, m = _size(x), _size(y)
    if n == 1 and m == 1:
        return whole >= CLOSELY
    if n > m:
        x, y, n, m = y, x, m, n
    first, second = x[1:] if n > 1 else x[:1], y[1:] if m > 1 else y[:1]
    near = whole >= CLOSELY
    for p in range(n):
        for q in range(m):
            near = near or grade(first[p], second[q], memo, signs, words) >= CLOSELY
    if not near:
        return False
    data, at, costs, letters, columns, fits = words[:6]
    if AS_ONE * similar(x[0], y[0], data, at, costs, letters, columns, fits) >= CLOSE:
        return True
    table = np.zeros((WORDS, WORDS))
    for p in range(n):
        for q in range(m):
            table[p, q] = similar(first[p], second[q], data, at, costs, letters, columns, fits)
    return _aligned(table, n, m) >= CLOSE


@nb.njit(cache=True, nogil=True)
def _agreed(x: Any, y: Any, memo: Any, signs: Any, words: Any) -> Any:
    """How many companions of x are named in y."""
    count = 0
    for p in range(MOST):
        if x[p, 0] < 0:
            break
        for q in range(MOST + OTHERS):
            if y[q, 0] >= 0 and _alike(x[p], y[q], memo, signs, words):
                count += 1
                break
    return count


@nb.njit(cache=True, nogil=True, parallel=True)
def levels(a: Any, b: Any, left: Any, right: Any, memo: Any, signs: Any, words: Any) -> Any:
    """Level of each pair of rows (index into `LEVELS`); -1 where nobody agrees and a side names no companion."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        x, y = left[a[k]], right[b[k]]
        if x[0, 0] < 0 and y[0, 0] < 0:
            continue
        count = _agreed(x, y, memo, signs, words) or _agreed(y, x, memo, signs, words)
        if count:
            out[k] = SEVERAL if count > 1 else ONE
        elif x[0, 0] >= 0 and y[0, 0] >= 0:
            out[k] = NONE
    return out
