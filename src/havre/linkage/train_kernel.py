"""The compiled inner loop of transducer training."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np


@nb.njit(cache=True)
def _columns(latin: Any, columns: Any) -> Any:
    """The column of the chunk of each size (0–3) that starts at each letter; -1 where there is none."""
    m = len(latin)
    found = np.full((m + 1, 4), -1)
    for j in range(m + 1):
        found[j, 0] = columns[0]
        code, before = 0, 1
        for size in range(1, min(3, m - j) + 1):
            code = code * 26 + latin[j + size - 1]
            found[j, size] = columns[before + code]
            before += 26**size
    return found


@nb.njit(cache=True)
def expect(native: Any, starts_n: Any, latin: Any, starts_l: Any, weights: Any, chances: Any, columns: Any) -> Any:
    """Expected chunk counts, of the shape of `chances` (symbols, columns), and the log-likelihood of each pair.

    `columns[code]` is the column of a chunk, -1 for those that are left out of account.
    """
    counts = np.zeros(chances.shape)
    fits = np.full(len(weights), -np.inf)
    for p in range(len(weights)):
        symbols, word = native[starts_n[p]:starts_n[p + 1]], latin[starts_l[p]:starts_l[p + 1]]
        n, m = len(symbols), len(word)
        chunk = _columns(word, columns)
        ahead, behind = np.zeros((n + 1, m + 1)), np.zeros((n + 1, m + 1))
        ahead[0, 0] = behind[n, m] = 1.0
        for i in range(n):
            for j in range(m + 1):
                if ahead[i, j] > 0.0:
                    for size in range(min(3, m - j) + 1):
                        if chunk[j, size] >= 0:
                            ahead[i + 1, j + size] += ahead[i, j] * chances[symbols[i], chunk[j, size]]
        for i in range(n - 1, -1, -1):
            for j in range(m + 1):
                for size in range(min(3, m - j) + 1):
                    if chunk[j, size] >= 0:
                        behind[i, j] += chances[symbols[i], chunk[j, size]] * behind[i + 1, j + size]
        total = ahead[n, m]
        if total <= 0.0:
            continue
        fits[p] = np.log(total)
        for i in range(n):
            for j in range(m + 1):
                if ahead[i, j] > 0.0:
                    for size in range(min(3, m - j) + 1):
                        if chunk[j, size] >= 0:
                            share = ahead[i, j] * chances[symbols[i], chunk[j, size]] * behind[i + 1, j + size] / total
                            counts[symbols[i], chunk[j, size]] += weights[p] * share
    return counts, fits
