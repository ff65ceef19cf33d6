"""A number's status, rounding, rank and share say no more than is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.disclosure import Table, estimate
from havre.disclosure.publication import about, ranks, rounded, rounding_step, shares, statuses, threshold
from tests.unit.disclosure.shrink.sheets import exact, people, sheet, ways


def test_statuses_follow_the_bar_and_the_chance_of_nobody() -> None:
    value, low, high = np.array([100.0, 100.0, 100.0, 5.0, 0.0]), np.array([80.0, 50.0, 80.0, 0.0, 0.0]), np.array([120.0, 160.0, 120.0, 9.0, 3.0])
    found = statuses(value, low, high, np.array([0.0, 0.0, 0.2, 0.01, 0.01]))
    assert found.tolist() == ["shown", "uncertain", "too small", "too small", "too small"]


@pytest.mark.parametrize(("se", "step"), [(0.5, 1), (3.9, 1), (4.0, 2), (10.0, 5), (21.0, 10), (250.0, 100), (float("nan"), 1)])
def test_numbers_are_rounded_to_half_a_standard_error(se: float, step: int) -> None:
    assert rounding_step(se) == step


def test_a_sentence_tells_a_rounded_number_and_bar() -> None:
    assert about(343.2, 21.0, 301.9, 384.1) == (340, 300, 390)
    assert about(2.4, 0.3, 1.9, 2.9) == (2, 1, 3)


@given(st.floats(0, 1e6), st.floats(0.01, 1e4), st.floats(0, 1e4))
def test_a_rounded_bar_holds_the_bar(value: float, se: float, half: float) -> None:
    middle, low, high = about(value, se, max(0.0, value - half), value + half)
    assert low <= max(0.0, value - half) + 1e-6
    assert high >= value + half - 1e-6 * max(1.0, value)
    assert abs(middle - value) <= max(0.5, se / 4) + 1e-6 * max(1.0, value)
    assert middle == rounded(value, se)


def test_counts_are_ranked_only_where_bars_do_not_overlap() -> None:
    best, worst = ranks(np.array([90.0, 60.0, 80.0, 10.0]), np.array([110.0, 85.0, 95.0, 20.0]))
    assert best.tolist() == [1, 2, 1, 4]
    assert worst.tolist() == [2, 3, 3, 4]


def test_shares_have_an_interval_that_covers() -> None:
    planned, hit, wide = ways(2), [], []
    for seed in range(1, 4):
        rows = people(seed=seed)
        estimates = estimate(sheet(planned, rows, seed))
        table = estimates.table("age", "status")
        truth = exact(rows, table.spec)
        share, low, high = shares(table, axis=1, whole=estimates.table("age"))
        exactly = truth / truth.sum(1, keepdims=True)
        assert np.allclose(share.sum(1), 1)
        hit.append((low <= exactly) & (exactly <= high))
        wide.append(high - low)
    assert 0.9 <= np.mean(hit) <= 0.99
    assert np.mean(wide) < 0.2


def test_shares_of_a_sum_that_is_known_exactly_vary_as_their_cells_do() -> None:
    table = estimate(sheet(ways(2), people(1500))).table("sex", "status")
    whole = Table((), (), table.value.sum(keepdims=True), np.zeros((1, 1)), table.low, table.high, table.status)
    share, low, high = shares(table, whole=whole)
    inside = (low > 0) & (high < 1)
    assert np.allclose((high - low)[inside], (2 * 1.959964 * table.se / table.value.sum())[inside])
    assert inside.any()
    assert share.sum() == pytest.approx(1)


def test_a_share_of_nothing_is_blank() -> None:
    rows = people(200)
    table = estimate(sheet(ways(1), rows)).table("age")
    nothing = type(table)(table.spec, table.codes, table.value * 0, table.se, table.low, table.high, table.status)
    assert np.isnan(shares(nothing)[0]).all()


def test_thresholds_are_set_without_the_truth_and_hold() -> None:
    rows = people(4000, seed=3)
    planned = ways()
    estimates = estimate(sheet(planned, rows, 3))
    tables = [s for s in planned.workload.tables if len(s) == 3]
    told = np.concatenate([estimates.values(s).ravel() for s in tables])
    truth = np.concatenate([exact(rows, s).ravel() for s in tables])
    for share in (0.1, 0.4):
        least = threshold(estimates, 3, suppressed=share)
        assert (told[truth > 0] < least).mean() == pytest.approx(share, abs=0.08)
    least = threshold(estimates, 3, false=0.02)
    assert (truth[told >= least] == 0).mean() <= 0.05
    assert (truth[told < least] == 0).mean() > 0.1
    with pytest.raises(ValueError, match="share"):
        threshold(estimates, 3)
