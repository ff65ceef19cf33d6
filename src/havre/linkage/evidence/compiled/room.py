"""Arrays with room for more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def roomier(array: NDArray[Any], needed: int, fill: int = 0) -> NDArray[Any]:
    """`array` itself when it has room for `needed` entries, otherwise a copy at least twice as long, `fill` in the new part."""
    if needed <= len(array):
        return array
    grown = np.full((max(needed, 2 * len(array)), *array.shape[1:]), fill, array.dtype)
    grown[: len(array)] = array
    return grown
