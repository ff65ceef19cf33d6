"""How large a cluster do two registers need? And what is said where there is no Spark?"""

from __future__ import annotations

import sys

import pytest

from havre.linkage.batch.choosing import COMPARED
from havre.linkage.spark import Costs, link, need

COSTS = Costs(read=40e-6, score=8e-6, line=2e-6, keys_each=50, meetings_each=100, pairs_each=60, row_bytes=150)


def test_the_need_is_the_sum_of_what_rows_keys_meetings_and_pairs_take() -> None:
    found = need(1_000_000, 2_000_000, COSTS)
    keys, meetings, pairs = 150e6, 200e6, 120e6
    assert found.core_hours * 3600 == pytest.approx(3e6 * 40e-6 + (keys + meetings + 2 * pairs) * 2e-6 + pairs * 8e-6)
    assert found.terabytes * 1e12 == pytest.approx(keys * 16 + meetings * 24 + pairs * 300)


def test_twice_the_rows_need_twice_as_much() -> None:
    one, two = need(10**6, 10**6, COSTS), need(2 * 10**6, 2 * 10**6, COSTS)
    assert two.core_hours == pytest.approx(2 * one.core_hours) and two.terabytes == pytest.approx(2 * one.terabytes)


def test_the_most_is_bound_by_the_rule_of_blocks() -> None:
    likely, most = (need(10**6, 10**6, COSTS, most=m) for m in (False, True))
    assert most.core_hours / likely.core_hours < COMPARED / COSTS.pairs_each
    assert most.core_hours > likely.core_hours


def test_more_cores_take_less_time() -> None:
    assert need(10**6, 10**6, COSTS).hours(100) == pytest.approx(4 * need(10**6, 10**6, COSTS).hours(400))


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ValueError, match=r"install havre\[spark\]"):
        link("left.csv", "right.csv")
