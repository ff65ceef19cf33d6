"""Which values does each row list, and how many do two rows have in common?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.texts import Encoded, Texts, padded

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST: Final = 4  # values read of one list


def read(column: Encoded, texts: Texts, values: Callable[[str], Iterable[str]], most: int = MOST) -> NDArray[np.int32]:
    """What `values` makes of each row's text, each value once, as numbers of `texts`; -1 from where the list ends. Shape: (rows, most)."""
    rows = [[texts.number(v) for v in dict.fromkeys(values(text)) if v] for text in column.values]
    found: NDArray[np.int32] = column.take(padded(rows, most, -1, np.int32), -1)
    return found


def parts(text: str) -> list[str]:
    """The values of a cell, as written between semicolons."""
    return [part for piece in text.split(";") if (part := piece.strip())]


@nb.njit(cache=True, nogil=True, parallel=True)
def shared(a: Any, b: Any, left: Any, right: Any) -> Any:
    """How many values each pair of rows has in common, -1 where a side lists none. Shape: (len(a),)."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        x, y = left[a[k]], right[b[k]]
        if x[0] < 0 or y[0] < 0:
            continue
        out[k] = 0
        for p in range(len(x)):
            if x[p] < 0:
                break
            for q in range(len(y)):
                if x[p] == y[q]:
                    out[k] += 1
    return out
