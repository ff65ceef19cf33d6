"""Which rows meet: the same pairs as comparing every row with every other, each pair once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from havre.linkage.batch.fields import plan
from havre.linkage.batch.keys import LARGEST_CLASS, PAIRS_PER_ROW, SMALLEST_LIMIT, anchors, kinds_of, largest_block, size_class
from havre.linkage.batch.pairs import blocks, pairs_of, stretches
from havre.linkage.batch.rows import Vocabulary, read_rows
from havre.linkage.batch.texts import hashes_of


@pytest.fixture
def keys() -> tuple[np.ndarray, np.ndarray]:
    """Keys of 60 and 50 rows in three kinds; some rows have none."""
    rng = np.random.default_rng(4)
    return rng.integers(0, 25, (3, 60)).astype(np.uint64), rng.integers(0, 25, (3, 50)).astype(np.uint64)


def _every(left: np.ndarray, right: np.ndarray) -> dict[tuple[int, int], int]:
    out: dict[tuple[int, int], int] = {}
    for kind in range(len(left)):
        for i, x in enumerate(left[kind].tolist()):
            for j, y in enumerate(right[kind].tolist()):
                if x == y != 0:
                    out[i, j] = out.get((i, j), 0) + 1
    return out


def test_rows_with_an_equal_key_meet_once_and_count_what_they_share(keys):
    left, right = keys
    found = blocks(left.__getitem__, right.__getitem__, 3, 60, 50)
    pairs = pairs_of(found, 0, 60)
    got = {(i, j): n for i, j, n in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.shared.tolist(), strict=True)}
    assert got == _every(left, right)
    assert len(pairs.a) == len(got)


def test_stretches_give_the_same_pairs_as_all_rows_at_once(keys):
    left, right = keys
    found = blocks(left.__getitem__, right.__getitem__, 3, 60, 50)
    parts = stretches(found, 40)
    assert len(parts) > 3
    assert parts[0][0] == 0 and parts[-1][1] == 60
    together = [pair for low, high in parts for pair in zip(*(c.tolist() for c in pairs_of(found, low, high)[:2]), strict=True)]
    assert set(together) == set(_every(left, right))


def test_in_one_file_a_pair_is_given_once_and_no_row_meets_itself(keys):
    left, _ = keys
    found = blocks(left.__getitem__, left.__getitem__, 3, 60, 60)
    pairs = pairs_of(found, 0, 60, one_file=True)
    assert (pairs.a < pairs.b).all()
    assert {(i, j) for i, j in _every(left, left) if i < j} == set(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True))


def test_blocks_that_are_too_large_are_left_out():
    crowd = np.ones((1, 3000), np.uint64)
    crowd[0, :3] = 7
    found = blocks(crowd.__getitem__, crowd.__getitem__, 1, 3000, 3000)
    assert found.pairs == 9
    assert set(pairs_of(found, 0, 3000).a.tolist()) == {0, 1, 2}


def test_the_largest_block_follows_from_counts_alone():
    assert size_class(1, 1) == 0
    assert size_class(3, 3) == 4
    assert largest_block(np.array([10, 10, 10]), 100, 100) >= SMALLEST_LIMIT
    few = np.zeros(30, np.int64)
    few[12] = 100 * PAIRS_PER_ROW - 1
    assert largest_block(few, 100, 50) == 1 << LARGEST_CLASS
    few[12] += 2
    assert largest_block(few, 100, 50) == 1 << 11


def test_anchors_that_are_too_common_are_joined_with_a_third():
    kinds = kinds_of({"given": 0.004, "father": 0.004, "sex": 0.5, "phone": 1e-7}, 100_000, 100_000)
    assert ("phone",) in kinds
    assert ("father", "given") in kinds
    assert ("given", "sex") not in kinds  # a fifth of a thousand for each row
    assert ("father", "given", "sex") not in kinds  # two are enough
    assert ("father", "given", "sex") in kinds_of({"given": 0.02, "father": 0.02, "sex": 0.5}, 200_000, 200_000)


def test_a_text_has_the_same_number_wherever_it_stands():
    assert hashes_of(["Selam", None, "ሰላም"]).tolist() == [*hashes_of(["Selam"]).tolist(), 0, *hashes_of(["ሰላም"]).tolist()]
    assert len({int(h) for h in hashes_of([str(i) for i in range(10_000)])}) == 10_000


def _anchors(**columns: list[str]) -> dict[str, np.ndarray]:
    fields, vocabulary = plan(dict.fromkeys(columns, ""), dict.fromkeys(columns, "")), Vocabulary()
    rows = len(next(iter(columns.values())))
    read = read_rows({name: pa.array(values, pa.string()) for name, values in columns.items()}, pa.array([str(k) for k in range(rows)]), fields, vocabulary)
    return anchors(read, fields, vocabulary)


def test_a_region_meets_itself_whether_or_not_a_village_follows():
    found = _anchors(origin=["Ethiopia > Tigray", "Ethiopia > Tigray > Adi Beles", "Ethiopia > Afar > Adi Beles", "Ethiopia"])
    region, place = found["origin region"], found["origin"]
    assert region[0] == region[1] != 0 and region[2] not in (region[0], 0) and region[3] == 0
    assert place[1] == place[2] != place[0]


def test_two_years_that_follow_one_another_lie_in_a_band_together():
    years = [str(year) for year in range(2001, 2020)]
    found = _anchors(given=["Selam"] * len(years), birth_date=years)
    for k in range(len(years) - 1):
        assert sum(found[band][k] == found[band][k + 1] for band in ("birth_band", "birth_between")) == 1
        assert all(found[band][k] != found[band][(k + 2) % len(years)] for band in ("birth_band", "birth_between"))
