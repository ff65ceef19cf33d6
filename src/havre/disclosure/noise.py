"""Where does the noise come from? From OpenDP's discrete Gaussian, which is exact on whole numbers; the only importer of opendp."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import inf, nextafter
from typing import cast

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def with_noise(values: Whole, scale: Fraction) -> Whole:
    """Each whole number plus an independent discrete Gaussian of this scale, from the operating system's randomness.

    The density is proportional to exp(-x^2 / (2 scale^2)) on the whole numbers (Canonne, Kamath, Steinke 2020), sampled without
    floating point. A scale that a float cannot hold is rounded up, by less than 1 in 10^15.
    """
    asked = float(scale)
    if Fraction(asked) < scale:
        asked = nextafter(asked, inf)
    if not values.size:
        return values.copy()
    return np.array(_gaussian(asked)(values.ravel()), dtype=np.int64).reshape(values.shape)


@lru_cache(maxsize=256)
def _gaussian(scale: float) -> Callable[[Whole], list[int]]:
    import opendp.prelude as dp
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T="i64")
    return cast(Callable[[Whole], list[int]], dp.m.make_gaussian(*space, scale=scale))
