"""Do the codes and numbers of two rows agree, letter by letter: house numbers, postal codes, columns of the file's own?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.texts import Encoded, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS: Final = ("same", "one_apart", "same_start", "different")
NUMBER_LEVELS: Final = ("same", "one_apart", "different")


def read(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """Each row's text in small letters, blanks made single, as a number of `texts`."""
    return column.map(lambda v: texts.number(" ".join(v.casefold().split())))


@nb.njit(cache=True, nogil=True)
def one_apart(x: Any, y: Any) -> Any:
    """Whether two stretches of characters are one step apart: one other, one more, or two neighbours exchanged."""
    n, m = len(x), len(y)
    if n > m:
        x, y, n, m = y, x, m, n
    if m - n > 1:
        return False
    start = 0
    while start < n and x[start] == y[start]:
        start += 1
    end = 0
    while end < n - start and x[n - 1 - end] == y[m - 1 - end]:
        end += 1
    left, right = n - start - end, m - start - end
    if left + right <= 1 or (left == 1 and right == 1):
        return True
    return left == 2 and right == 2 and x[start] == y[start + 1] and x[start + 1] == y[start]


@nb.njit(cache=True, nogil=True, parallel=True)
def levels(a: Any, b: Any, left: Any, right: Any, data: Any, at: Any, start: Any) -> Any:
    """Level of each pair of codes, -1 unknown: 0 same, 1 one character apart, then, where `start`, 2 the same first word (or half)
    of a code in letters and digits, and at last different."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = left[a[k]], right[b[k]]
        if i < 0 or j < 0:
            continue
        x, y = data[at[i]:at[i + 1]], data[at[j]:at[j + 1]]
        if i == j:
            out[k] = 0
        elif min(len(x), len(y)) >= 3 and one_apart(x, y):
            out[k] = 1
        else:
            out[k] = 2
            if start:
                half, same = max(3, (min(len(x), len(y)) + 1) // 2), min(len(x), len(y)) >= 5
                for c in range(half):
                    same = same and x[c] == y[c]
                out[k] = 2 if same else 3
    return out
