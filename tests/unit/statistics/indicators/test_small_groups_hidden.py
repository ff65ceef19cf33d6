"""Can somebody who may not open the cases work out a small group from what is shown?"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.statistics import indicators
from havre.statistics.counting.indicator import Kind
from havre.statistics.counting.measured import Figure, Measured, Shown
from havre.statistics.counting.period import read_period
from havre.statistics.counting.small import guarded, nearest, step

LEAST = 11
PERIODS = read_period("2026-10", date(2026, 11, 22)).back(2)


def one_way(counts: dict[str, int], kind: Kind = Kind.COUNT) -> Measured:
    whole = Figure(sum(counts.values()))
    indicator = replace(indicators.every()["cases_opened"], kind=kind)
    return Measured(indicator, PERIODS, [Figure(100), whole], "age", "", {code: Figure(n) for code, n in counts.items()}, {})


def test_a_small_group_is_never_hidden_alone() -> None:
    found = guarded(one_way({"a": 40, "b": 3, "c": 30, "d": 20}), LEAST)
    hidden = {code: figure.shown for code, figure in found.rows.items() if not figure.told}
    assert set(hidden.values()) == {Shown.HIDDEN} and "b" in hidden and len(hidden) >= 2
    assert found.now == Figure(90, shown=Shown.ROUNDED)
    assert all(figure.n == 0 for code, figure in found.rows.items() if code in hidden), "a hidden figure must not carry its count"


def test_zero_reads_like_any_small_number() -> None:
    found = guarded(one_way({"a": 40, "b": 0, "c": 30}), LEAST)
    assert found.rows["b"] == guarded(one_way({"a": 40, "b": 5, "c": 30}), LEAST).rows["b"] == Figure(shown=Shown.HIDDEN)


def test_where_all_together_are_too_few_nothing_shows() -> None:
    found = guarded(one_way({"a": 4, "b": 3}), LEAST)
    assert found.now.shown is Shown.SMALL and found.value is None
    assert not any(figure.told for figure in found.rows.values())


def test_where_nothing_is_small_everything_shows_near_the_truth() -> None:
    found = guarded(one_way({"a": 45, "b": 11, "c": 44}), LEAST)
    assert {code: figure.n for code, figure in found.rows.items()} == {"a": 50, "b": 10, "c": 40}
    assert {figure.shown for figure in found.rows.values()} == {Shown.ROUNDED}, "no exact figure leaves"


@pytest.mark.parametrize(("kind", "figure", "value"), [
    (Kind.SHARE, Figure(73, 60), 80), (Kind.SHARE, Figure(40, 11), 30), (Kind.MEAN, Figure(33, total=70), 2.1), (Kind.RATE, Figure(33, total=70), 212.1),
    (Kind.MEDIAN, Figure(33, middle=4.26, ninth=9.99), 4.3)])
def test_shares_and_other_quotients_are_rounded_too(kind: Kind, figure: Figure, value: float) -> None:
    found = guarded(replace(one_way({}, kind), trend=[Figure(100, 50), figure]), LEAST)
    assert found.value == pytest.approx(value) and found.now.shown is Shown.ROUNDED and found.now.n % 10 == 0


@pytest.mark.parametrize(("least", "base"), [(11, 10), (6, 5), (21, 20), (2, 2)])
def test_the_step_follows_the_policy(least: int, base: int) -> None:
    assert step(least) == base and nearest(base * 3 + base / 2, base) == base * 4 and nearest(base * 3 + base / 2 - 0.1, base) == base * 3


@pytest.mark.parametrize(("n", "met", "shown"), [(100, 50, Shown.ROUNDED), (100, 3, Shown.SMALL), (100, 97, Shown.SMALL), (100, 0, Shown.SMALL), (5, 3, Shown.SMALL)])
def test_a_share_says_two_counts(n: int, met: int, shown: Shown) -> None:
    share = replace(one_way({}, Kind.SHARE), trend=[Figure(100, 50), Figure(n, met)])
    assert guarded(share, LEAST).now.shown is shown


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_hidden_cells_look_alike_and_none_follows_from_the_total(counts: list[int]) -> None:
    found = guarded(one_way({f"g{at}": n for at, n in enumerate(counts)}), LEAST)
    hidden = [at for at, figure in enumerate(found.rows.values()) if not figure.told]
    assert all(found.rows[f"g{at}"] == Figure(shown=Shown.HIDDEN) for at in hidden)
    assert all(counts[at] >= LEAST for at in range(len(counts)) if at not in hidden)
    assert not found.now.told or not hidden or (sum(counts[at] for at in hidden) >= LEAST - 1 and len(hidden) > 1)
