"""Did two people lose each other on the same day? The rule of `evidence.separation`, on arrays."""

from __future__ import annotations

from typing import Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.dates import read_otherwise
from havre.linkage.evidence.separation import LIMITS

LEVELS: Final = (*(level for _, level in LIMITS), "apart")
_WITHIN: Final = np.array([limit for limit, _ in LIMITS])


@nb.njit(cache=True, nogil=True)
def _reach(start_a: Any, end_a: Any, start_b: Any, end_b: Any) -> Any:
    gap = max(0.0, start_a - end_b, start_b - end_a)
    width = max(end_a - start_a, end_b - start_b)
    return max(gap, 0.0 if width < 0.02 else 0.05 if width < 0.1 else 0.5)


@nb.njit(cache=True, nogil=True, parallel=True)
def _levels(a: Any, b: Any, left: Any, right: Any, within: Any) -> Any:
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        if np.isnan(left.start[i]) or np.isnan(right.start[j]):
            continue
        written = _reach(left.start[i], left.end[i], right.start[j], right.end[j])
        nearest, there = written, left.ethiopian[i] or right.ethiopian[j]
        if read_otherwise(left.foreign[i], left.other_start[i], there):
            nearest = min(nearest, _reach(left.other_start[i], left.other_end[i], right.start[j], right.end[j]))
        if read_otherwise(right.foreign[j], right.other_start[j], there):
            nearest = min(nearest, _reach(left.start[i], left.end[i], right.other_start[j], right.other_end[j]))
        reach = nearest if nearest <= within[0] else written  # another calendar is believed only where it names the very days
        out[k] = 0
        while out[k] < len(within) and reach > within[out[k]]:
            out[k] += 1
    return out


def levels(a: Any, b: Any, left: Any, right: Any) -> Any:
    """Level of each pair of rows (`dates.Dates`; index into `LEVELS`, -1 unknown). Shape: (len(a),)."""
    return _levels(a, b, left, right, _WITHIN)
