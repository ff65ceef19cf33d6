"""Which single codes must be exchanged so that the rows' tables come nearer to what is wanted? Compiled, because it looks at every row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int16]


def improve(rows: Mapping[str, Codes], wanted: Mapping[tuple[str, str], NDArray[np.float64]], sweeps: int) -> int:
    """Change codes of `rows`, in place, so that the sum of squared differences from the `wanted` tables falls; how many were changed.

    Row by row and attribute by attribute, the code is taken that makes it least: a coordinate descent, deterministic. `wanted`:
    tables of counts by two attributes, in the order of `rows`.
    """
    names = list(rows)
    sizes = np.zeros(len(names), dtype=np.int64)
    starts = np.full((len(names), len(names)), -1, dtype=np.int64)
    steps = np.zeros((len(names), len(names)), dtype=np.int64)
    parts, at = [], 0
    for (a, b), table in wanted.items():
        i, j = names.index(a), names.index(b)
        sizes[i], sizes[j] = table.shape
        starts[i, j] = starts[j, i] = at
        steps[i, j], steps[j, i] = table.shape[1], 1
        held = np.bincount(rows[a].astype(np.int64) * table.shape[1] + rows[b], minlength=table.size)
        parts.append((held - table.ravel()).astype(np.float32))
        at += table.size
    codes = np.ascontiguousarray(np.column_stack([rows[name] for name in names]))
    changed = int(_descend(codes, np.concatenate(parts), starts, steps, sizes, sweeps))
    for j, name in enumerate(names):
        rows[name][:] = codes[:, j]
    return changed


@nb.njit(cache=True, nogil=True)
def _descend(codes: Any, over: Any, starts: Any, steps: Any, sizes: Any, sweeps: int) -> int:
    """`over`: how many rows too many each cell of each table holds."""
    number, width = codes.shape
    cost = np.empty(sizes.max(), dtype=np.float32)
    changed = 0
    for _ in range(sweeps):
        before = changed
        for i in range(number):
            for j in range(width):
                cost[:sizes[j]] = 0
                old = codes[i, j]
                for b in range(width):
                    start = starts[j, b]
                    if start < 0 or b == j:
                        continue
                    step = steps[j, b]
                    place = start + codes[i, b] * steps[b, j]
                    for v in range(sizes[j]):
                        cost[v] += over[place + v * step]
                    cost[old] -= 1
                best = old
                for v in range(sizes[j]):
                    if cost[v] < cost[best]:
                        best = v
                if best != old:
                    changed += 1
                    codes[i, j] = best
                    for b in range(width):
                        start = starts[j, b]
                        if start >= 0 and b != j:
                            place = start + codes[i, b] * steps[b, j]
                            over[place + old * steps[j, b]] -= 1
                            over[place + best * steps[j, b]] += 1
        if changed == before:
            break
    return changed
