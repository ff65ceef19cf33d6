"""Bars after shrinkage cover the truth as often as they say, learnt from the sheet alone."""

from __future__ import annotations

import numpy as np
import pytest

from havre.disclosure import Estimates, estimate
from havre.disclosure.belt import TRUE, belt, spread
from havre.disclosure.intervals import BANDS
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


def test_bars_cover_whatever_the_truth() -> None:
    """Not only what is shown: of the cells that truly hold a few, or some tens, as many are held by their bars."""
    held = {band: np.zeros(2) for band in ((1, 9), (10, 99))}
    for estimates, seed in _worlds():
        rows = people(1500, seed)
        for spec in (s for s in PLAN.workload.tables if len(s) > 1):
            table, truth = estimates.table(spec), exact(rows, spec)
            inside = (table.low <= truth) & (truth <= table.high)
            for low, high in held:
                band = (truth >= low) & (truth <= high)
                held[low, high] += (inside[band].sum(), band.sum())
    for inside, cells in held.values():
        assert cells > 400
        assert 0.92 <= inside / cells <= 0.99


def test_tables_of_one_attribute_have_raw_bars() -> None:
    table = _worlds(1)[0][0].table("age")
    assert np.allclose(table.se, np.sqrt(_worlds(1)[0][0].sheet.variance("age")))
    assert (table.high - table.value >= 1.95 * table.se).all()
    assert (table.high - table.value <= 1.96 * table.se + 1).all()


def test_a_belt_ends_where_a_true_count_is_shown_so_low_too_rarely() -> None:
    source = np.random.default_rng(5)
    true = np.repeat([0.0, 1, 3, 10, 40, 200], 5_000)
    told = source.gamma(np.maximum(true, 0.2)) * 0.8  # shown too low on average
    found = belt(told, true, np.full(true.shape, 1e6))
    highest = found.highest(told, np.full(true.shape, 1e6), 1.0)
    for count in np.unique(true)[1:]:
        assert 0.945 <= (highest[true == count] >= count).mean() <= 0.98
    rougher = found.highest(told, np.full(true.shape, 1e6), 1.5)
    assert (rougher >= highest).all()
    assert (highest >= told).all()
    assert len(found.points) == len(TRUE)


def test_noise_alone_is_no_rougher_than_it_was() -> None:
    source = np.random.default_rng(6)
    true = np.repeat([20_000.0, 30_000.0], 2_000)
    variance = np.full(true.shape, 100.0)
    told = true + source.normal(0, 10, true.shape)
    found = belt(told, true, variance)
    assert np.abs(found.highest(told, variance, 2.0) - found.highest(told, variance, 1.0)).max() < 2


def test_the_spread_of_an_error_is_the_lesser_of_chance_and_noise() -> None:
    assert spread(np.array([100.0]), np.array([1e12]))[0] == pytest.approx(10)
    assert spread(np.array([1e12]), np.array([25.0]))[0] == pytest.approx(5)


def test_the_chance_of_holding_nobody_falls_with_the_count() -> None:
    estimates = _worlds(1)[0][0]
    spec = next(s for s in PLAN.workload.tables if len(s) == 3)
    chances = estimates.calibration.nobody(np.array([0.01, 1.0, 20.0, 2000.0]), spec)
    assert chances[0] > chances[1] > chances[2] >= chances[3] >= 0
