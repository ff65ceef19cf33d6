"""What would a sheet tell, had the truth been one that is known? A second world: rows drawn from the prior, measured and estimated again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Spec
from havre.disclosure.residual import centre, reconstruct
from havre.disclosure.sheet import Sheet
from havre.disclosure.shrinkage.mixture import Mixture, fit
from havre.disclosure.shrinkage.rows import draw, tables
from havre.disclosure.shrinkage.tables import Agreeing

Floats = NDArray[np.float64]

ENOUGH, MOST = 6_000, 4  # cells of second worlds, and how many of these at most
SEEN = 20  # cells of a band below which its residues say nothing


@dataclass(frozen=True, eq=False)
class World:
    """What is true there, its sheet, and what is told of it."""

    truth: dict[Spec, Floats]
    sheet: Sheet
    told: Agreeing


def worlds(sheet: Sheet, prior: Mixture, rows: int, seed: int) -> list[World]:
    """Second worlds of a sheet: one, or several where the sheet is small, to have ENOUGH cells; the same for the same arguments."""
    specs = [spec for spec in sheet.components if spec]
    cells = sum(sheet.domain.size(spec) for spec in specs)
    return [_world(sheet, specs, prior, rows, seed, number) for number in range(min(MOST, -(-ENOUGH // max(1, cells))))]


def _world(sheet: Sheet, specs: Sequence[Spec], prior: Mixture, rows: int, seed: int, number: int) -> World:
    source = np.random.default_rng([seed, 1, number])
    truth = tables(draw(prior, rows, source), prior.leaves, specs, sheet.domain)
    again = Sheet(sheet.plan, {c: centre(truth[c] + source.normal(0, float(s), truth[c].shape), c, sheet.domain) for c, s in sheet.plan.sigma.items()})
    return World(truth, again, Agreeing(again, fit(again, seed + number)))


def rougher(sheet: Sheet, told: Agreeing, second: Sequence[World], bands: Floats) -> float:
    """How many times larger the mean squared error of the real sheet is than the second worlds', learnt from its residues.

    In each band of told counts the mean square of (raw - told) exceeds that of the second world by (f - 1) times the second world's mean
    squared error; f is the least-squares answer of all bands, each weighed by how exactly it is known (4 / cells). 1 where nothing is known.
    """
    above = below = 0.0
    specs = [spec for spec in sheet.components if spec]
    for ways in sorted({len(spec) for spec in specs}):
        group = [spec for spec in specs if len(spec) == ways]
        noise = [sheet.variance(spec) for spec in group]
        first, residue = _residue(sheet, told, group, noise)
        found = [_residue(world.sheet, world.told, group, noise) for world in second]
        other, known = np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])
        error = flat((world.truth[s] - world.told.table(s)) ** 2 / n for world in second for s, n in zip(group, noise, strict=True))
        here, there = np.searchsorted(bands, first, side="right"), np.searchsorted(bands, other, side="right")
        cells, cells_there = (np.bincount(b, minlength=len(bands) + 1) for b in (here, there))
        with np.errstate(invalid="ignore", divide="ignore"):
            wrong = np.bincount(there, error, len(bands) + 1) / cells_there
            more = np.bincount(here, residue, len(bands) + 1) / cells - np.bincount(there, known, len(bands) + 1) / cells_there
        exactness = np.minimum(cells, cells_there) / 4
        seen = exactness > SEEN / 4
        above += float((exactness * wrong * more)[seen].sum())
        below += float((exactness * wrong**2)[seen].sum())
    return 1 + above / below if below else 1.0


def _residue(sheet: Sheet, told: Agreeing, group: Sequence[Spec], noise: Sequence[Floats]) -> tuple[Floats, Floats]:
    """The counts told, and the squares of (raw - told) over the variance of the noise."""
    pairs = list(zip(group, noise, strict=True))
    return flat(told.table(s) for s in group), flat((reconstruct(sheet.components, s, sheet.domain) - told.table(s)) ** 2 / n for s, n in pairs)


def flat(arrays: Iterable[Floats]) -> Floats:
    """All cells of all tables in one row."""
    return np.concatenate([a.ravel() for a in arrays])
