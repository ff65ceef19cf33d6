"""How wide must a bar be after shrinkage? Learnt from the sheet alone, by doing it all again where the truth is known.

Rows are drawn from the fitted mixture, measured with the plan's own noise, and estimated from that as the sheet was (parametric
bootstrap). How far those estimates are from the drawn rows gives, for tables of so many attributes and so many cells and for each band
of shown counts, the points between which 95 % of the truth lies. What is real is rougher than what was fitted; by how much shows
in the sheet itself: its answers lie further from their estimates than the second ones do from theirs, and the bars are widened by that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Spec
from havre.disclosure.plan import Z
from havre.disclosure.residual import centre, reconstruct
from havre.disclosure.sheet import Sheet
from havre.disclosure.shrinkage.mixture import Mixture, fit
from havre.disclosure.shrinkage.rows import draw, tables
from havre.disclosure.shrinkage.tables import FITTED, Agreeing

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

BANDS = (0.5, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 5000.0)  # of shown counts
SIZES = (60, 400)  # cells of a table: small, middling, large
TAIL = 0.025  # left out at each end
HEAVY = 2.5  # standard errors of what is left where the prior is wrong: most cells are nearly right, a few are far off
FEW = 150  # with so many cells a group counts as much as all sizes of table together
ONE_SIDED = 1.6449  # the standard normal's 95 % point
ENOUGH, MOST_WORLDS = 6_000, 4  # cells of second worlds, and how many of these at most
WIDEST = 2.0  # bars are never widened more than this for roughness
LEAST = 0.5  # counts below this have the spread of this


@dataclass(frozen=True, eq=False)
class Calibration:
    """For tables of each number of attributes, size and band: the 2.5 %, 97.5 % and 95 % points and the root mean square of
    (truth - estimate) / `spread`, and the share of cells that hold nobody. `rougher`: by how much the real sheet's errors are larger.
    `usual`: which kinds of residue the second world's components had, by number of attributes. `world`: see `second`."""

    points: dict[tuple[int, int], Floats]
    rougher: float
    usual: dict[int, Floats]
    world: dict[int, tuple[Floats, NDArray[np.bool_]]]

    def second(self, ways: int) -> tuple[Floats, NDArray[np.bool_]]:
        """The second world's cells of tables by so many attributes: what is told of each, and whether it holds somebody."""
        return self.world[ways]

    def bars(self, counts: Floats, variance: Floats, beyond: Floats, spec: Spec) -> tuple[Floats, Floats, Floats]:
        """Standard error, lower and upper end for each cell of a table of shrunk counts, with these raw variances and these of
        `Agreeing.beyond`. The ends are whole, as counts are, and never below nought; an interval that reaches it is one-sided."""
        points, scale, more = self.of(counts, spec), spread(counts, variance) * self.rougher, np.sqrt(beyond)
        far = HEAVY if len(spec) <= FITTED else Z
        low = counts - np.hypot(np.minimum(points[..., 0], 0.0) * scale, far * more)
        upper = np.where(low <= 0, points[..., 2], points[..., 1])
        high = counts + np.hypot(np.maximum(upper, 0.0) * scale, far * more)
        return np.hypot(points[..., 3] * scale, more), np.floor(np.maximum(low, 0.0)), np.ceil(high)

    def nobody(self, counts: Floats, spec: Spec) -> Floats:
        """The chance that a cell of this shown count holds nobody."""
        return self.of(counts, spec)[..., 4]

    def of(self, counts: Floats, spec: Spec) -> Floats:
        """The points of each cell: between the middles of two bands they change with the logarithm of the count."""
        table = self.points[min(len(spec), max(ways for ways, _ in self.points)), _size(counts.size)]
        middle = np.log([LEAST / 2, *(np.sqrt(a * b) for a, b in pairwise(BANDS)), 2 * BANDS[-1]])
        where = np.log(np.maximum(counts, 1e-9))
        return np.stack([np.interp(where, middle, table[:, i]) for i in range(table.shape[1])], axis=-1)


def spread(counts: Floats, variance: Floats) -> Floats:
    """The scale of the error of a shrunk count: its own (Poisson) variance and the noise's, the smaller of which decides."""
    own = np.maximum(counts, LEAST)
    return np.sqrt(own * variance / (own + variance))


@dataclass(frozen=True, eq=False)
class World:
    """A second world: what is true there, its sheet, and what is told of it."""

    truth: dict[Spec, Floats]
    sheet: Sheet
    told: Agreeing


def calibrate(sheet: Sheet, prior: Mixture, told: Agreeing, seed: int) -> Calibration:
    """The calibration for one sheet, from a second world (small sheets: several, to have ENOUGH cells); the same for the same sheet and seed."""
    specs = [spec for spec in sheet.components if spec]
    cells = sum(sheet.domain.size(spec) for spec in specs)
    worlds = [_second(sheet, prior, told.total, seed, number) for number in range(min(MOST_WORLDS, -(-ENOUGH // max(1, cells))))]
    points, second = {(1, s): np.zeros((len(BANDS) + 1, 5)) for s in range(len(SIZES) + 1)}, {}
    for ways in sorted({len(spec) for spec in specs}):
        group = [(world, spec) for world in worlds for spec in specs if len(spec) == ways]
        counts, exact = _flat(world.told.table(spec) for world, spec in group), _flat(world.truth[spec] for world, spec in group)
        scale = _flat(spread(world.told.table(spec), sheet.variance(spec)) for world, spec in group)
        size = np.concatenate([np.full(sheet.domain.size(spec), _size(sheet.domain.size(spec))) for _, spec in group])
        second[ways] = counts.astype(np.float32).astype(float), exact > 0
        for which in range(len(SIZES) + 1):
            points[ways, which] = _points(counts, (exact - counts) / scale, exact, size == which)
    kinds = [world.told.usual() for world in worlds]
    usual = {ways: np.mean([found[ways] for found in kinds], axis=0) for ways in kinds[0]}
    return Calibration(points, _rougher(sheet, told, worlds), usual, second)


def _second(sheet: Sheet, prior: Mixture, rows: int, seed: int, number: int) -> World:
    source, specs = np.random.default_rng([seed, 1, number]), [spec for spec in sheet.components if spec]
    truth = tables(draw(prior, rows, source), prior.leaves, specs, sheet.domain)
    again = Sheet(sheet.plan, {c: centre(truth[c] + source.normal(0, float(s), truth[c].shape), c, sheet.domain) for c, s in sheet.plan.sigma.items()})
    return World(truth, again, Agreeing(again, fit(again, seed + number)))


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


def _rougher(sheet: Sheet, told: Agreeing, worlds: list[World]) -> float:
    """By how much the errors of the real sheet are larger: what its residues are larger by, set against the errors known in the second world.

    In each band the mean square of (raw - estimate) exceeds that of the second world by (f^2 - 1) times the second world's mean
    squared error; f^2 is the least-squares answer of all bands, each weighed by how exactly it is known (4 / cells).
    """
    above = below = 0.0
    specs = [spec for spec in sheet.components if spec]
    for ways in sorted({len(spec) for spec in specs}):
        group = [spec for spec in specs if len(spec) == ways]
        noise = [sheet.variance(spec) for spec in group]
        first, residue = _residue(sheet, told, group, noise)
        found = [_residue(world.sheet, world.told, group, noise) for world in worlds]
        other, known = np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])
        error = _flat((world.truth[s] - world.told.table(s)) ** 2 / n for world in worlds for s, n in zip(group, noise, strict=True))
        for at in range(len(BANDS) + 1):
            here, there = _band(first) == at, _band(other) == at
            if min(here.sum(), there.sum()) > 20:
                exactness, wrong = min(here.sum(), there.sum()) / 4, error[there].mean()
                above += exactness * wrong * (residue[here].mean() - known[there].mean())
                below += exactness * wrong**2
    return float(np.sqrt(np.clip(1 + above / below, 1.0, WIDEST**2))) if below else 1.0


def _residue(sheet: Sheet, told: Agreeing, group: list[Spec], noise: list[Floats]) -> tuple[Floats, Floats]:
    """The counts told, and the squares of (raw - told) over the variance of the noise."""
    pairs = list(zip(group, noise, strict=True))
    return _flat(told.table(s) for s in group), _flat((reconstruct(sheet.components, s, sheet.domain) - told.table(s)) ** 2 / n for s, n in pairs)


def _flat(arrays: Iterable[Floats]) -> Floats:
    return np.concatenate([a.ravel() for a in arrays])


def _band(counts: Floats) -> Places:
    return np.searchsorted(np.array(BANDS), counts, side="right")


def _size(cells: int) -> int:
    return int(np.searchsorted(np.array(SIZES), cells))
