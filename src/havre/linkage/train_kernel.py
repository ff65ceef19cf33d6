"""The compiled inner loop of transducer training."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np


@nb.njit(cache=True)
def _code(latin: Any, start: int, end: int) -> int:
    size = end - start
    value = 0
    for k in range(start, end):
        value = value * 26 + latin[k]
    if size == 0:
        return 0
    if size == 1:
        return 1 + value
    if size == 2:
        return 27 + value
    return 703 + value


@nb.njit(cache=True)
def _add(a: Any, b: Any) -> Any:
    if a < -1e8:
        return b
    if b < -1e8:
        return a
    if a > b:
        return a + np.log1p(np.exp(b - a))
    return b + np.log1p(np.exp(a - b))


@nb.njit(cache=True)
def expect(native: Any, starts_n: Any, latin: Any, starts_l: Any, weights: Any, logp: Any, longest: int) -> Any:
    """Expected chunk counts [symbol, chunk] and the log-likelihood of each pair."""
    pairs = len(weights)
    counts = np.zeros(logp.shape)
    fits = np.zeros(pairs)
    for p in range(pairs):
        n0, n1, l0, l1 = starts_n[p], starts_n[p + 1], starts_l[p], starts_l[p + 1]
        n, m = n1 - n0, l1 - l0
        alpha = np.full((n + 1, m + 1), -1e9)
        beta = np.full((n + 1, m + 1), -1e9)
        alpha[0, 0] = 0.0
        beta[n, m] = 0.0
        for i in range(n):
            for j in range(m + 1):
                if alpha[i, j] < -1e8:
                    continue
                for k in range(j, min(m, j + longest) + 1):
                    step = logp[native[n0 + i], _code(latin, l0 + j, l0 + k)]
                    alpha[i + 1, k] = _add(alpha[i + 1, k], alpha[i, j] + step)
        for i in range(n - 1, -1, -1):
            for j in range(m + 1):
                for k in range(j, min(m, j + longest) + 1):
                    if beta[i + 1, k] < -1e8:
                        continue
                    step = logp[native[n0 + i], _code(latin, l0 + j, l0 + k)]
                    beta[i, j] = _add(beta[i, j], beta[i + 1, k] + step)
        total = alpha[n, m]
        fits[p] = total
        if total < -1e8:
            continue
        for i in range(n):
            for j in range(m + 1):
                if alpha[i, j] < -1e8:
                    continue
                for k in range(j, min(m, j + longest) + 1):
                    if beta[i + 1, k] < -1e8:
                        continue
                    code = _code(latin, l0 + j, l0 + k)
                    share = np.exp(alpha[i, j] + logp[native[n0 + i], code] + beta[i + 1, k] - total)
                    counts[native[n0 + i], code] += weights[p] * share
    return counts, fits
