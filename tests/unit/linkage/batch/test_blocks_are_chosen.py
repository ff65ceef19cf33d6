"""Which blocks are compared: those that find the most people for the pairs they add."""

from __future__ import annotations

import numpy as np
import pytest

from havre.linkage.batch import choosing
from havre.linkage.batch.choosing import SURE, Tried, limits, needed, tried, worth
from havre.linkage.batch.keys import LARGEST_CLASS, PAIRS_PER_ROW
from havre.linkage.batch.pairs import blocks, met_in, pairs_of


def pairs(*lines: tuple[list[int], int, int, int]) -> Tried:
    """Pairs given as (class in each kind, worth, cost, how many of them)."""
    met = np.array([found for found, _, _, many in lines for _ in range(many)], np.int8)
    return Tried(met, *(np.array([line[k] for line in lines for _ in range(line[3])], np.int64) for k in (1, 2)))


@pytest.fixture
def ten_a_row(monkeypatch):
    monkeypatch.setattr(choosing, "COMPARED", 10)


def test_the_kind_that_finds_more_for_its_pairs_is_raised_first(ten_a_row):
    found = pairs(([6, -1], 1000, 0, 5), ([6, -1], 0, 1, 80), ([-1, 6], 1000, 0, 1), ([-1, 6], 0, 1, 80))
    assert limits(found, 10, 10, 10).tolist() == [6, SURE]


def test_a_kind_that_brings_the_same_pairs_again_is_not_raised(ten_a_row):
    found = pairs(([6, 7], 1000, 0, 5), ([6, -1], 0, 1, 20), ([-1, 7], 0, 1, 10), ([-1, 7], 0, 1, 30))
    assert limits(found, 10, 10, 10).tolist() == [6, SURE]


def test_pairs_that_meet_already_cost_nothing_again(ten_a_row):
    found = pairs(([6, 9], 0, 1, 60), ([6, -1], 1000, 0, 9), ([-1, 9], 1000, 0, 1), ([-1, 9], 0, 1, 30))
    assert limits(found, 10, 10, 10).tolist() == [6, 9]


def test_blocks_that_cost_more_than_there_is_are_left_and_small_ones_always_taken(ten_a_row):
    found = pairs(([9, -1], 1000, 0, 5), ([9, -1], 0, 1, 101), ([-1, SURE], 0, 1, 30), ([-1, 5], 1000, 0, 1), ([-1, 5], 0, 1, 40))
    assert limits(found, 10, 10, 10).tolist() == [SURE, 5]


def test_nothing_is_chosen_where_all_blocks_hold_few_pairs():
    few = np.zeros((2, 64), np.int64)
    few[:, 5] = 50 * PAIRS_PER_ROW
    few[0, LARGEST_CLASS + 1] = 10**12
    assert not needed(few, 100, 100)
    few[0, LARGEST_CLASS] = 1
    assert needed(few, 100, 100)


def test_a_child_is_worth_more_than_one_of_the_family_and_few_rows_are_tried():
    assert worth(np.array([1.0, 0.0, 0.5]), np.array([0.0, 1.0, 0.5])).tolist() == [1000, 250, 625]
    assert [tried(rows) for rows in (100, 100_000, 500_000, 50_000_000)] == [100, 2_500, 10_000, 20_000]


def test_rows_meet_within_the_limits_of_each_kind():
    rng = np.random.default_rng(5)
    left, right = rng.integers(1, 5, (2, 60)).astype(np.uint64), rng.integers(1, 60, (2, 50)).astype(np.uint64)
    right[0] = rng.integers(1, 5, 50)
    found = blocks(left.__getitem__, right.__getitem__, 2, 60, 50).within(np.array([-1, LARGEST_CLASS]))
    a, b, _ = pairs_of(found, 0, 60)
    assert set(zip(a.tolist(), b.tolist(), strict=True)) == {(i, j) for i in range(60) for j in range(50) if left[1, i] == right[1, j]}
    met = met_in(found, a, b)
    assert (met[:, 1] >= 0).all()
    assert ((met[:, 0] >= 0) == (left[0, a] == right[0, b])).all()
    rows = np.array([7, 3])
    c, d, _ = pairs_of(found.of_rows(rows), 0, 2)
    assert set(zip(rows[c].tolist(), d.tolist(), strict=True)) == {(i, j) for i, j in zip(a.tolist(), b.tolist(), strict=True) if i in rows}
    assert found.pairs == len(a)
