"""Bars after shrinkage cover the truth as often as they say, learnt from the sheet alone."""

from __future__ import annotations

import numpy as np
import pytest

from havre.disclosure import Estimates, estimate
from havre.disclosure.intervals import BANDS, spread
from tests.unit.disclosure.shrink.sheets import exact, people, sheet, ways

PLAN, WORLDS = ways(), 3


def _worlds(number: int = WORLDS) -> list[tuple[Estimates, int]]:
    return [(estimate(sheet(PLAN, people(1500, seed), seed)), seed) for seed in range(1, number + 1)]


def test_bars_cover_and_are_shorter_than_raw_ones() -> None:
    band, covered, ways_of, narrower = [], [], [], []
    for estimates, seed in _worlds():
        rows = people(1500, seed)
        for spec in PLAN.workload.tables:
            table, truth = estimates.table(spec), exact(rows, spec)
            band.append(np.searchsorted(BANDS, table.value.ravel()))
            covered.append(((table.low <= truth) & (truth <= table.high)).ravel())
            ways_of.append(np.full(truth.size, len(spec)))
            narrower.append(((table.high - table.low) / (3.92 * np.sqrt(estimates.sheet.variance(spec)))).ravel())
            assert (table.low >= 0).all()
            assert (table.low <= table.value).all()
            assert (table.value <= table.high).all()
    hit, number, where, width = np.concatenate(covered), np.concatenate(ways_of), np.concatenate(band), np.concatenate(narrower)
    for ways_shown in (2, 3):
        assert 0.92 <= hit[number == ways_shown].mean() <= 0.99
    for at in np.unique(where[number == 3]):
        here = (number == 3) & (where == at)
        if here.sum() > 300:
            assert hit[here].mean() >= 0.9
    assert np.median(width[number == 3]) < 0.5


def test_the_spread_of_an_error_is_the_lesser_of_chance_and_noise() -> None:
    assert spread(np.array([100.0]), np.array([1e12]))[0] == pytest.approx(10)
    assert spread(np.array([1e12]), np.array([25.0]))[0] == pytest.approx(5)


def test_the_chance_of_holding_nobody_falls_with_the_count() -> None:
    estimates = _worlds(1)[0][0]
    spec = next(s for s in PLAN.workload.tables if len(s) == 3)
    chances = estimates.calibration.nobody(np.array([0.01, 1.0, 20.0, 2000.0]), spec)
    assert chances[0] > chances[1] > chances[2] >= chances[3] >= 0
