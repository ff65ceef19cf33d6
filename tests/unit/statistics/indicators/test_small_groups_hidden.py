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
from havre.statistics.counting.small import guarded

LEAST = 11
PERIODS = read_period("2026-10", date(2026, 11, 22)).back(2)


def one_way(counts: dict[str, int], kind: Kind = Kind.COUNT) -> Measured:
    whole = Figure(sum(counts.values()))
    indicator = replace(indicators.every()["cases_opened"], kind=kind)
    return Measured(indicator, PERIODS, [Figure(100), whole], "age", "", {code: Figure(n) for code, n in counts.items()}, {})


def test_a_small_group_is_never_hidden_alone() -> None:
    found = guarded(one_way({"a": 40, "b": 3, "c": 30, "d": 20}), LEAST)
    hidden = {code: figure.shown for code, figure in found.rows.items() if figure.shown is not Shown.EXACT}
    assert set(hidden.values()) == {Shown.HIDDEN} and "b" in hidden and len(hidden) >= 2
    assert found.now.n == 93
    assert all(figure.n == 0 for code, figure in found.rows.items() if code in hidden), "a hidden figure must not carry its count"


def test_zero_reads_like_any_small_number() -> None:
    found = guarded(one_way({"a": 40, "b": 0, "c": 30}), LEAST)
    assert found.rows["b"] == guarded(one_way({"a": 40, "b": 5, "c": 30}), LEAST).rows["b"] == Figure(shown=Shown.HIDDEN)


def test_where_all_together_are_too_few_nothing_shows() -> None:
    found = guarded(one_way({"a": 4, "b": 3}), LEAST)
    assert found.now.shown is Shown.SMALL and found.value is None
    assert all(figure.shown is not Shown.EXACT for figure in found.rows.values())


def test_where_nothing_is_small_everything_shows() -> None:
    found = guarded(one_way({"a": 40, "b": 11}), LEAST)
    assert {code: figure.n for code, figure in found.rows.items()} == {"a": 40, "b": 11}


@pytest.mark.parametrize(("n", "met", "shown"), [(100, 50, Shown.EXACT), (100, 3, Shown.SMALL), (100, 97, Shown.SMALL), (100, 0, Shown.SMALL), (5, 3, Shown.SMALL)])
def test_a_share_says_two_counts(n: int, met: int, shown: Shown) -> None:
    share = replace(one_way({}, Kind.SHARE), trend=[Figure(100, 50), Figure(n, met)])
    assert guarded(share, LEAST).now.shown is shown


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_hidden_cells_look_alike_and_none_follows_from_the_total(counts: list[int]) -> None:
    found = guarded(one_way({f"g{at}": n for at, n in enumerate(counts)}), LEAST)
    hidden = [at for at, figure in enumerate(found.rows.values()) if figure.shown is not Shown.EXACT]
    assert all(found.rows[f"g{at}"] == Figure(shown=Shown.HIDDEN) for at in hidden)
    assert all(counts[at] >= LEAST for at in range(len(counts)) if at not in hidden)
    assert found.now.shown is not Shown.EXACT or not hidden or (sum(counts[at] for at in hidden) >= LEAST - 1 and len(hidden) > 1)
