"""Do two rows share a telephone number or a document? The rules of `evidence.contacts`, on arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch import lists
from havre.linkage.batch.codes import one_apart
from havre.linkage.batch.texts import Encoded, Texts
from havre.linkage.evidence.contacts import LEAST_PART, TAIL

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS: Final = ("same", "partial", "one_apart", "different")
PARTIAL, APART, DIFFERENT = 1, 2, 3


def _subscriber(text: str) -> str:
    digits = "".join(c for c in text if c.isdigit())
    return digits[-TAIL:] if len(digits) >= 5 else ""


def _document(text: str) -> str:
    letters = "".join(c for c in text.upper() if c.isalnum())
    return letters if len(letters) >= 4 else ""


def read_phones(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The last digits of each row's telephone numbers. Shape: (rows, lists.MOST)."""
    return lists.read(column, texts, lambda text: map(_subscriber, lists.parts(text)))


def read_identifiers(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The documents of each row, letters and digits alone. Shape: (rows, lists.MOST)."""
    return lists.read(column, texts, lambda text: map(_document, lists.parts(text)))


@nb.njit(cache=True, nogil=True)
def _partial(x: Any, y: Any) -> Any:
    """Whether one is the beginning or the end of the other, long enough to tell."""
    if len(x) > len(y):
        x, y = y, x
    n, m = len(x), len(y)
    if n < LEAST_PART or n == m:
        return False
    return bool((x == y[:n]).all()) or bool((x == y[m - n:]).all())


@nb.njit(cache=True, nogil=True, parallel=True)
def levels(a: Any, b: Any, left: Any, right: Any, data: Any, at: Any) -> Any:
    """Level of each pair of lists of numbers (index into `LEVELS`, -1 unknown): of the two numbers that agree best."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        best = DIFFERENT + 1
        for p in range(left.shape[1]):
            for q in range(right.shape[1]):
                i, j = left[a[k], p], right[b[k], q]
                if i < 0 or j < 0 or best == 0:
                    continue
                x, y = data[at[i]:at[i + 1]], data[at[j]:at[j + 1]]
                if i == j:
                    best = 0
                elif _partial(x, y):
                    best = min(best, PARTIAL)
                elif len(x) == len(y) and one_apart(x, y):
                    best = min(best, APART)
                else:
                    best = min(best, DIFFERENT)
        if best <= DIFFERENT:
            out[k] = best
    return out
