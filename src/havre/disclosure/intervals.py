"""How wide must a bar be after shrinkage? Learnt from the sheet alone, by doing it all again where the truth is known.

Rows are drawn from the fitted mixture, measured with the plan's own noise, and estimated from that as the sheet was (parametric
bootstrap): see `shrinkage.second`. Two things are learnt from how far those estimates are from the drawn rows, and both must hold.
For each band of *shown* counts, in tables of so many attributes and so many cells: the points between which 95 % of the truth lies.
For each *true* count: which counts are shown instead of it (`belt`). What is real is rougher than what was fitted; by how much shows in
the sheet itself: its answers lie further from their estimates than the second ones do from theirs, and all bars are widened by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.belt import Belt, belt, spread, unheard
from havre.disclosure.domain import Spec
from havre.disclosure.plan import Z
from havre.disclosure.sheet import Sheet
from havre.disclosure.shrinkage.mixture import Mixture
from havre.disclosure.shrinkage.second import flat, rougher, worlds
from havre.disclosure.shrinkage.tables import FITTED, Agreeing

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

BANDS = np.array([0.5, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 5000.0])  # of shown counts
SIZES = (60, 400)  # cells of a table: small, middling, large
TAIL = 0.025  # left out at each end
HEAVY = 2.5  # standard errors of what is left where the prior is wrong: most cells are nearly right, a few are far off
FEW = 150  # with so many cells a group counts as much as all sizes of table together
ONE_SIDED = 1.6449  # the standard normal's 95 % point
WIDEST = 4.0  # mean squared errors are never taken as more than so many times those of the second world
LEAST = 0.5  # counts below this are one band


@dataclass(frozen=True, eq=False)
class Calibration:
    """For tables of each number of attributes, size and band: the 2.5 %, 97.5 % and 95 % points and the root mean square of
    (truth - estimate) / `spread`, and the share of cells that hold nobody. `belts`: the true counts behind shown ones, by number of
    attributes. `rougher`: how many times larger the real sheet's mean squared error is. `usual`: which kinds of residue the second world's components
    had, by number of attributes. `world`: see `second`."""

    points: dict[tuple[int, int], Floats]
    belts: dict[int, Belt]
    rougher: float
    usual: dict[int, Floats]
    world: dict[int, tuple[Floats, NDArray[np.bool_]]]

    def second(self, ways: int) -> tuple[Floats, NDArray[np.bool_]]:
        """The second world's cells of tables by so many attributes: what is told of each, and whether it holds somebody."""
        return self.world[ways]

    def bars(self, counts: Floats, variance: Floats, beyond: Floats, spec: Spec) -> tuple[Floats, Floats, Floats]:
        """Standard error, lower and upper end for each cell of a table of shrunk counts, with these raw variances and these of
        `Agreeing.beyond`. The ends are whole, as counts are, and never below nought; an interval that reaches it is one-sided.

        Tables of one attribute, which shrinkage hardly changes, have raw bars; no bar is much wider than the raw one where the raw
        answer says nearly everything."""
        raw = Z * np.sqrt(variance)
        if len(spec) == 1:
            return raw / Z, np.floor(np.maximum(counts - raw, 0.0)), np.ceil(counts + raw)
        points, more, left = of(self.points, counts, spec), np.sqrt(beyond), unheard(counts, variance)
        scale = spread(counts, variance) * np.sqrt(1 + (self.rougher - 1) * left)
        far, most = (HEAVY if len(spec) <= FITTED else Z) * more, raw * (1 + left**2 / 2)
        low = counts - np.minimum(np.hypot(np.minimum(points[..., 0], 0.0) * scale, far), most)
        upper = np.maximum(np.where(low <= 0, points[..., 2], points[..., 1]), 0.0) * scale
        behind = self.belts[min(len(spec), max(self.belts))].highest(counts, variance, self.rougher) - counts
        high = np.floor(counts + np.minimum(np.hypot(np.maximum(upper, behind), far), most))
        return np.hypot(points[..., 3] * scale, more), np.floor(np.maximum(low, 0.0)), np.maximum(high, np.ceil(counts))

    def nobody(self, counts: Floats, spec: Spec) -> Floats:
        """The chance that a cell of this shown count holds nobody."""
        return of(self.points, counts, spec)[..., 4]


def of(points: dict[tuple[int, int], Floats], counts: Floats, spec: Spec) -> Floats:
    """The points of each cell: between the middles of two bands they change with the logarithm of the count."""
    table = points[min(len(spec), max(ways for ways, _ in points)), _size(counts.size)]
    middle = np.log([LEAST / 2, *(np.sqrt(a * b) for a, b in pairwise(BANDS)), 2 * BANDS[-1]])
    where = np.log(np.maximum(counts, 1e-9))
    return np.stack([np.interp(where, middle, table[:, i]) for i in range(table.shape[1])], axis=-1)


def calibrate(sheet: Sheet, prior: Mixture, told: Agreeing, seed: int) -> Calibration:
    """The calibration for one sheet, from second worlds; the same for the same sheet and seed."""
    second = worlds(sheet, prior, told.total, seed)
    specs = [spec for spec in sheet.components if spec]
    points, belts, cells = {(1, s): np.zeros((len(BANDS) + 1, 5)) for s in range(len(SIZES) + 1)}, {}, {}
    for ways in sorted({len(spec) for spec in specs}):
        group = [(world, spec) for world in second for spec in specs if len(spec) == ways]
        counts, exact = flat(world.told.table(spec) for world, spec in group), flat(world.truth[spec] for world, spec in group)
        variance = flat(sheet.variance(spec) for _, spec in group)
        scale = spread(counts, variance)
        size = np.concatenate([np.full(sheet.domain.size(spec), _size(sheet.domain.size(spec))) for _, spec in group])
        cells[ways] = counts.astype(np.float32).astype(float), exact > 0
        for which in range(len(SIZES) + 1):
            points[ways, which] = _points(counts, (exact - counts) / scale, exact, size == which)
        belts[ways] = belt(counts, exact, variance)
    kinds = [world.told.usual() for world in second]
    usual = {ways: np.mean([found[ways] for found in kinds], axis=0) for ways in kinds[0]}
    factor = float(np.clip(rougher(sheet, told, second, BANDS), 1.0, WIDEST))
    return Calibration(points, belts, factor, usual, cells)


def _points(counts: Floats, off: Floats, exact: Floats, own: NDArray[np.bool_]) -> Floats:
    """One row per band: the points of `Calibration`, of cells of tables of the `own` size, leaning on all sizes where these are few."""
    band = _band(counts)
    out = np.zeros((len(BANDS) + 1, 5))
    for at in range(len(out)):
        everyone = _nearest(band, at)
        here = everyone & own
        weight = here.sum() / (here.sum() + FEW)
        out[at] = _five(off[everyone], exact[everyone])
        if here.sum() >= 40:
            out[at] = weight * _five(off[here], exact[here]) + (1 - weight) * out[at]
    return out


def _five(off: Floats, exact: Floats) -> Floats:
    """The points of these cells; where they are few the outer ones are also those of a normal error of the same size."""
    size, few = np.sqrt((off**2).mean()), FEW / (FEW + len(off))
    low, high, one_sided = (1 - few) * np.quantile(off, [TAIL, 1 - TAIL, 1 - 2 * TAIL]) + few * size * np.array([-Z, Z, ONE_SIDED])
    return np.array([low, high, one_sided, size, (exact == 0).mean()])


def _nearest(band: Places, at: int) -> NDArray[np.bool_]:
    """The cells of a band; of as many bands around it as it takes to have FEW."""
    for reach in range(len(BANDS) + 1):
        found: NDArray[np.bool_] = np.abs(band - at) <= reach
        if found.sum() >= FEW:
            return found
    return np.ones(len(band), dtype=bool)


def _band(counts: Floats) -> Places:
    return np.searchsorted(BANDS, counts, side="right")


def _size(cells: int) -> int:
    return int(np.searchsorted(np.array(SIZES), cells))
