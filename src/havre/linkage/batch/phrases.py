"""How alike are the free texts of two rows: streets, towns, columns of the file's own?"""

from __future__ import annotations

from typing import Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch.texts import mix

LEVELS: Final = ("exact", "strong", "close", "different")
STRONG, CLOSE = 0.92, 0.84


@nb.njit(cache=True, nogil=True)
def _jaro_winkler(x: Any, y: Any) -> Any:
    """Likeness in [0, 1] of two stretches of characters (Jaro 1989, with Winkler's bonus for up to four equal first ones)."""
    n, m = len(x), len(y)
    if n == 0 or m == 0:
        return 0.0
    reach = max(max(n, m) // 2 - 1, 0)
    taken_x, taken_y = np.zeros(n, np.bool_), np.zeros(m, np.bool_)
    common = 0
    for i in range(n):
        for j in range(max(0, i - reach), min(m, i + reach + 1)):
            if not taken_y[j] and x[i] == y[j]:
                taken_x[i] = taken_y[j] = True
                common += 1
                break
    if common == 0:
        return 0.0
    turned, j = 0, 0
    for i in range(n):
        if taken_x[i]:
            while not taken_y[j]:
                j += 1
            if x[i] != y[j]:
                turned += 1
            j += 1
    jaro = (common / n + common / m + (common - turned / 2) / common) / 3
    first = 0
    while first < min(n, m, 4) and x[first] == y[first]:
        first += 1
    return jaro + first * 0.1 * (1 - jaro) if jaro > 0.7 else jaro


@nb.njit(cache=True, nogil=True)
def _held(x: Any, y: Any) -> Any:
    """Whether every word of the shorter text stands in the longer one (Devon in West Devon; Bristol in Bristol, City of)."""
    if len(x) > len(y):
        x, y = y, x
    start = 0
    while start < len(x):
        end = start
        while end < len(x) and x[end] != 32 and x[end] != 44:
            end += 1
        size, found = end - start, end == start
        for at in range(len(y) - size + 1):
            if found:
                break
            if (at == 0 or y[at - 1] == 32) and (at + size == len(y) or y[at + size] == 32 or y[at + size] == 44):
                found = size > 2 and bool((x[start:end] == y[at:at + size]).all())
        if not found:
            return False
        start = end + 1
    return len(x) > 2


@nb.njit(cache=True, nogil=True, parallel=True)
def levels(a: Any, b: Any, left: Any, right: Any, data: Any, at: Any, memo: Any) -> Any:
    """Level of each pair of texts (index into `LEVELS`, -1 unknown)."""
    out = np.full(len(a), -1, np.int8)
    for k in nb.prange(len(a)):
        i, j = left[a[k]], right[b[k]]
        if i < 0 or j < 0:
            continue
        if i == j:
            out[k] = 0
            continue
        key = (np.uint64(min(i, j)) << np.uint64(28)) | np.uint64(max(i, j))
        slot = mix(key) & np.uint64(len(memo) - 1)
        entry = memo[slot]
        if entry >> np.uint64(8) == key:
            out[k] = np.int8(entry & np.uint64(255))
            continue
        x, y = data[at[i]:at[i + 1]], data[at[j]:at[j + 1]]
        alike = _jaro_winkler(x, y)
        found = 1 if alike >= STRONG else 2 if alike >= CLOSE or _held(x, y) else 3
        memo[slot] = (key << np.uint64(8)) | np.uint64(found)
        out[k] = found
    return out
