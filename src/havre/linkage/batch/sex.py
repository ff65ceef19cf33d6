"""Is the recorded sex of two rows the same? The rules of `evidence.sex`, on arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.texts import Encoded, Texts
from havre.linkage.evidence.sex import sex_of
from havre.linkage.record import Description

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS: Final = ("same", "different")


def read(column: Encoded, texts: Texts) -> NDArray[np.int32]:
    """The recorded sex of each row as a number of `texts`, -1 where unknown."""
    return column.map(lambda value: texts.number(code) if (code := sex_of(Description(sex=value))) else -1)


@nb.njit(cache=True, nogil=True, parallel=True)
def levels(a: Any, b: Any, left: Any, right: Any) -> Any:
    """Level of each pair of rows (index into `LEVELS`, -1 unknown)."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = left[a[k]], right[b[k]]
        if i >= 0 and j >= 0:
            out[k] = 0 if i == j else 1
    return out
