"""What is learned without labels: strangers of one community, the same numbers from the same sample, groups of rows."""

from __future__ import annotations

import numpy as np
import pytest

from havre.linkage.batch.clusters import clusters
from havre.linkage.batch.learning import Learned, pair_hashes, random_pairs, random_rows, sampled
from havre.linkage.model.mixture import LevelModel, fit
from havre.linkage.model.strangers import strangers


def test_strangers_of_one_community_are_told_from_strangers_of_two():
    rng = np.random.default_rng(3)
    one = rng.random(60_000) < 0.1
    chance = np.where(one, 0.2, 0.01)
    levels = [np.where(rng.random(60_000) < chance, 0, 1).astype(np.int8) for _ in range(6)]
    usual = [np.bincount(level, minlength=2) / 60_000 for level in levels]
    found = strangers(levels, usual)
    assert found.near == pytest.approx(0.1, abs=0.02)
    assert np.mean([p[0] for p in found.of_one]) == pytest.approx(0.2, abs=0.03)
    assert np.mean([p[0] for p in found.of_two]) == pytest.approx(0.01, abs=0.004)


def test_a_people_of_one_community_is_not_split():
    rng = np.random.default_rng(3)
    levels = [np.where(rng.random(1_000) < 0.05, 0, 1).astype(np.int8) for _ in range(4)]
    found = strangers(levels, [np.array([0.05, 0.95])] * 4)
    assert found.near == 1.0


def test_the_mixture_finds_how_many_matches_there_are():
    rng = np.random.default_rng(5)
    match = rng.random(40_000) < 0.05
    levels = [np.where(rng.random(40_000) < np.where(match, 0.9, 0.03), 0, 1).astype(np.int8) for _ in range(6)]
    start = LevelModel(np.log([0.8, 0.2]), np.log([0.5, 0.5]), np.log([0.03, 0.97]))
    fitted = fit(levels, [start] * 6, [None] * 6, 40_000.0, [(500.0, 100.0)])
    assert fitted.matches_expected == pytest.approx(match.sum(), rel=0.1)
    assert ((fitted.match >= 0.5) == match).mean() > 0.99
    drawn = np.arange(40_000) % 4 == 0
    part = fit([level[drawn] for level in levels], [start] * 6, [None] * 6, 40_000.0, [(500.0, 100.0)], counted=np.full(drawn.sum(), 4.0))
    assert part.matches_expected == pytest.approx(fitted.matches_expected, rel=0.1)


def test_a_sample_is_drawn_pair_by_pair_whatever_the_order():
    rng = np.random.default_rng(1)
    left, right = (rng.integers(1, 2**63, 50_000).astype(np.uint64) for _ in range(2))
    hashes = pair_hashes(left, right)
    assert (hashes == pair_hashes(right, left)).all()
    shared = rng.integers(1, 5, 50_000).astype(np.uint8)
    drawn, stands = sampled(hashes, shared, 4_000_000, 1.0)
    turned, _ = sampled(hashes[::-1], shared[::-1], 4_000_000, 1.0)
    assert (drawn[::-1] == turned).all()
    assert stands[drawn].sum() == pytest.approx(50_000, rel=0.1)
    assert sampled(hashes, shared, 10, 1.0)[0].all()


def test_rows_paired_at_random_do_not_depend_on_their_order():
    hashes = np.random.default_rng(2).integers(1, 2**63, 9_000).astype(np.uint64)
    chosen = hashes[random_rows(hashes)]
    assert (chosen == hashes[::-1][random_rows(hashes[::-1])]).all()
    a, b = random_pairs(len(chosen), 70)
    assert a.max() == len(chosen) - 1 and b.max() == 69


def test_what_was_learned_can_be_written_and_read():
    model = LevelModel(*(np.log([p, 1 - p]) for p in (0.9, 0.5, 0.01, 0.001)))
    learned = Learned({"given": model}, 12.0, 3.0, 1e6, 0.2)
    again = Learned.from_json(learned.to_json())
    assert again.to_json() == learned.to_json()


def test_rows_are_grouped_along_sure_pairs():
    a, b = np.array([0, 1, 4]), np.array([1, 2, 5])
    found = clusters(6, a, b, np.array([0.99, 0.98, 0.9]))
    assert len({int(found[k]) for k in (0, 1, 2)}) == 1
    assert len({int(k) for k in found}) == 3


def test_a_group_is_not_joined_where_its_pairs_speak_against_it():
    trio = [(0, 1, 0.999), (1, 2, 0.999), (0, 2, 0.999), (3, 4, 0.999), (4, 5, 0.999), (3, 5, 0.999)]
    against = [(2, 3, 0.6), (0, 3, 0.001), (1, 3, 0.001), (0, 4, 0.001), (1, 4, 0.001), (2, 4, 0.001)]
    a, b, p = (np.array(c) for c in zip(*trio, *against, strict=True))
    found = clusters(6, a, b, p)
    assert len(set(found[:3].tolist())) == len(set(found[3:].tolist())) == 1
    assert found[0] != found[3]
