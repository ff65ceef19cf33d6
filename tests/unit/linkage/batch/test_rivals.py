"""Where no child stands twice in one file, a pair is as probable as the ways of matching all rows that hold it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from havre.linkage.batch.linking import among_rivals
from havre.linkage.batch.rivals import each_once, least
from havre.linkage.batch.scoring import KEPT_FROM, Scored

ROWS = (1_000_000, 1_000_000)  # so many that hardly any is matched: odds stay as they are
Pairs = dict[tuple[int, int], float]


def _told(pairs: Pairs, rows: tuple[int, int] = ROWS, matches: float = 1e9, family: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    a, b = (np.array([pair[side] for pair in pairs], np.int32) for side in range(2))
    return each_once(a, b, np.array(list(pairs.values())), np.full(len(pairs), family), rows, matches)


def _by_counting(pairs: Pairs, scale: float = 1.0) -> list[float]:
    """The share of all ways of matching that holds each pair, every one of them written out."""
    odds = {pair: scale * p / (1 - p) for pair, p in pairs.items()}
    ways = [chosen for size in range(len(pairs) + 1) for chosen in combinations(pairs, size)
            if len({a for a, _ in chosen}) == len({b for _, b in chosen}) == len(chosen)]  # fmt: skip
    weights = [float(np.prod([odds[pair] for pair in chosen])) for chosen in ways]
    return [sum(w for w, chosen in zip(weights, ways, strict=True) if pair in chosen) / sum(weights) for pair in pairs]


def _freely(pairs: Pairs, rows: tuple[int, int], matches: float) -> tuple[np.ndarray, float]:
    """What `each_once` gives, and how far it raised the odds: by the number of matches that came out."""
    found = _told(pairs, rows, matches)[0]
    expected = min(max(found.sum(), 1.0), matches)
    return found, expected / matches / ((1 - expected / rows[0]) * (1 - expected / rows[1]))


@pytest.mark.parametrize("pairs", [
    {(0, 0): 0.7},
    {(0, 0): 0.7, (1, 1): 0.2},
    {(0, 0): 0.7, (0, 1): 0.6, (0, 2): 0.1},
    {(0, 0): 0.9, (0, 1): 0.6, (1, 1): 0.8, (1, 2): 0.4, (2, 2): 0.99, (3, 2): 0.3},
    {(0, 0): 0.99, (1, 0): 0.5, (2, 0): 0.3, (2, 1): 0.2, (2, 2): 0.7, (3, 1): 0.9},
])  # fmt: skip
def test_a_pair_among_rivals_is_as_probable_as_the_ways_of_matching_that_hold_it(pairs: Pairs) -> None:
    rows, matches = (40, 50), 6.0
    found, scale = _freely(pairs, rows, matches)
    assert found.tolist() == pytest.approx(_by_counting(pairs, scale), abs=1e-5)


def test_candidates_in_a_circle_are_nearly_as_probable_as_by_counting() -> None:
    pairs = {(0, 0): 0.9, (0, 1): 0.4, (1, 1): 0.8, (1, 0): 0.3}
    found, scale = _freely(pairs, (40, 50), 6.0)
    assert found.tolist() == pytest.approx(_by_counting(pairs, scale), abs=0.02)


def test_the_likeliest_candidate_is_taken_from_the_others() -> None:
    found, _ = _told({(0, 0): 0.999, (0, 1): 0.6, (1, 1): 0.6}, ROWS, 2.2)
    assert found[0] > 0.99
    assert found[1] < 0.01  # its left row's child is found
    assert found[2] > found[1] * 50


def test_no_row_is_matched_more_than_once_in_sum() -> None:
    rng = np.random.default_rng(3)
    a, b = (rng.integers(0, 60, 400).astype(np.int32) for _ in range(2))
    _, once = np.unique(a.astype(np.int64) * 60 + b, return_index=True)
    a, b = a[once], b[once]
    match = rng.choice((0.001, 0.2, 0.9, 0.9999, 1.0), len(a))
    found, _ = each_once(a, b, match, np.zeros(len(a)), (60, 60), 40.0)
    assert ((found >= 0) & (found <= 1)).all() and not np.isnan(found).any()
    assert np.bincount(a, found).max() < 1.02 and np.bincount(b, found).max() < 1.02


def test_odds_rise_with_the_share_of_rows_that_are_matched() -> None:
    pairs = {(k, k): 0.999 for k in range(80)} | {(90, 90): 0.2}
    few, many = (_told(pairs, (rows, rows), 80.2)[0][-1] for rows in (10_000, 100))
    assert few == pytest.approx(0.2, abs=0.01)
    assert many > 0.7


def test_what_is_taken_from_a_match_is_left_to_the_family() -> None:
    match, family = _told({(0, 0): 0.999, (0, 1): 0.6}, ROWS, 1.6, family=0.0005)
    assert match[1] < 0.02
    assert family[1] == pytest.approx(0.0005 * (1 - match[1]) / 0.4)
    assert (match + family <= 1 + 1e-12).all()


@pytest.mark.parametrize(("rows", "matches"), [((100, 100), 40.0), ((1000, 50), 30.0), ((10, 10), 10.0)])
def test_no_pair_below_the_least_probability_reaches_the_minimum(rows: tuple[int, int], matches: float) -> None:
    alone = least(0.05, rows, matches)
    assert 0 < alone < 0.05
    sure = {(k + 1, k + 1): 1.0 for k in range(int(matches))}
    assert _told(sure | {(0, 0): alone * 0.999}, rows, matches)[0][-1] < 0.05
    assert least(0.0, rows, matches) == 0.0 and least(1.0, rows, matches) == 1.0


def test_pairs_that_lose_to_a_rival_are_left_out_and_the_rest_stands_in_order() -> None:
    a, b = np.array([0, 0, 1], np.int32), np.array([0, 1, 2], np.int32)
    weights = np.zeros((2, 3), np.float32)
    found = Scored(a, b, np.array([0.9999, 0.3, 0.99999]), np.array([0.0, 0.0, 0.0]), np.zeros((2, 3), np.int8), weights)
    kept = among_rivals(found, ROWS, 2.3, KEPT_FROM)
    assert list(zip(kept.a.tolist(), kept.b.tolist(), strict=True)) == [(1, 2), (0, 0)]
    assert kept.levels.shape == kept.weights.shape == (2, 2)
