"""Which true counts may stand behind a shrunk one? Neyman's belt (1937), read off second worlds.

A bar that is right for 95 % of the cells *shown* as so many misses more of the cells that *hold* so many: a rare combination the sheet cannot
see is shown as nearly nobody. For every true count the belt knows the count below which only so small a share of such cells is shown. A
bar ends at the largest true count that may be shown as low as this one. So it holds the truth as often as promised whatever the true
count, as far as the second worlds are like the real one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.plan import Z

Floats = NDArray[np.float64]

TRUE: Floats = np.unique(np.concatenate([np.arange(21.0), np.round(np.geomspace(21, 1e9, 290))]))
"""True counts at which the belt is known; between them it is a line."""
NEAR, FEW = 1.15, 400  # cells that hold so many times more or less are taken together, and as many as it takes to have FEW
ABOVE = 0.042  # share of cells that hold more than their bar says; about one in a hundred holds less
UNSURE = 100  # with so many cells a point is half that of a normal error of the same size
HEAVY = 2.5  # the power of roughness by which the logarithms of outer points are wider
CHANCE = 20.0  # the count from which on roughness rather than chance decides
LEAST, TINY = 0.5, 1e-6  # counts below these are taken as these


def spread(counts: Floats, variance: Floats | float) -> Floats:
    """The scale of the error of a shrunk count: its own (Poisson) variance and the noise's, the smaller of which decides."""
    own = np.maximum(counts, LEAST)
    return np.asarray(np.sqrt(own * variance / (own + variance)))


def unheard(counts: Floats, variance: Floats | float) -> Floats:
    """The part of the error of a shrunk count that is not the noise's: near 0 where the raw answer says nearly everything."""
    return np.asarray(variance / (variance + counts))


def _off(told: Floats, true: Floats, variance: Floats) -> Floats:
    """The logarithm of told over true counts in units of `spread` over the count: about (told - true) / spread where that is small."""
    least = np.maximum(true, LEAST)
    return np.log(np.maximum(told, TINY) / least) * least / spread(true, variance)


@dataclass(frozen=True, eq=False)
class Belt:
    """For each of the TRUE counts, the point of `_off` below which only a share ABOVE of such cells is shown."""

    points: Floats

    def highest(self, told: Floats, variance: Floats, rougher: float) -> Floats:
        """The largest true count behind each told one, where the mean squared error is `rougher` times that of
        the second worlds. Shape: that of `told`.

        Roughness is one of shares, so logarithms are widened, and by more than squares are (HEAVY), as the cells that matter are far rougher than all are on
        average. Neither a count's own chance (below CHANCE) nor noise is rougher than it was.
        """
        out = np.empty(told.shape)
        least = np.maximum(TRUE, LEAST)
        for one in np.unique(variance):
            here = variance == one
            wider = 1 + (rougher**HEAVY - 1) * TRUE / (TRUE + CHANCE) * unheard(TRUE, float(one))
            ends = TRUE * np.exp(np.minimum(self.points, 0.0) * wider * spread(TRUE, float(one)) / least)
            ends = np.minimum.accumulate(ends[::-1])[::-1]
            last = np.r_[ends[1:] > ends[:-1], True]
            out[here] = np.interp(told[here], ends[last], TRUE[last])
        return np.maximum(out, told)


def belt(told: Floats, true: Floats, variance: Floats) -> Belt:
    """The belt of second worlds' cells: what is told of each, what it holds, and the variance of its raw answer. Shapes: (cells,)."""
    order = np.argsort(true, kind="stable")
    off, true = _off(told, true, variance)[order], true[order]
    points = np.empty(len(TRUE))
    for at, count in enumerate(TRUE):
        first, last = np.searchsorted(true, (count - 0.5) / NEAR), np.searchsorted(true, (count + 0.5) * NEAR)
        if last - first < FEW:
            first = min(max(0, (first + last - FEW) // 2), max(0, len(true) - FEW))
            last = min(len(true), first + FEW)
        points[at] = _point(off[first:last])
    return Belt(points)


def _point(off: Floats) -> float:
    """The point of these errors below which a share ABOVE lies; where they are few, also that of a normal error of the same size."""
    few = UNSURE / (UNSURE + len(off)) if len(off) < FEW else 0.0
    return float((1 - few) * np.quantile(off, ABOVE) - few * Z * np.sqrt((np.maximum(off, -Z) ** 2).mean()))
