"""Files in which nobody is there twice: brothers, sisters and namesakes are not taken for one person."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from bench.linkage.families import write_pair
from havre.linkage import dedupe, link

ROOT = Path(__file__).resolve().parents[4]
DATA = next((Path(d) for d in (os.environ.get("HAVRE_DATA"), ROOT.parent / "shared" / "data") if d and (Path(d) / "names").is_dir()), None)
pytestmark = pytest.mark.skipif(DATA is None, reason="the public data sets are not here")


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two pairs of registers of 2,000 rows; nobody of one pair is in the other."""
    assert DATA is not None
    places = tuple(tmp_path_factory.mktemp(f"register{seed}") for seed in (11, 12))
    for seed, place in zip((11, 12), places, strict=True):
        write_pair(place, DATA, 2_000, seed=seed)
    return places[0], places[1]


def test_brothers_and_sisters_are_no_duplicates(registers: tuple[Path, Path]) -> None:
    found = dedupe(registers[0] / "left.parquet")
    assert len(found.links.matched_ids()) <= 2
    assert found.links.table["verdict"].to_pylist().count("family") > 500


def test_a_few_duplicates_are_found_among_many_brothers_and_sisters(registers: tuple[Path, Path], tmp_path: Path) -> None:
    truth = pq.read_table(registers[0] / "truth.parquet").slice(0, 40)
    again = pq.read_table(registers[0] / "right.parquet")
    again = again.filter(pc.is_in(again["id"], truth["right_id"].combine_chunks()))
    both = pa.concat_tables([pq.read_table(registers[0] / "left.parquet"), again])
    pq.write_table(both, tmp_path / "both.parquet")
    true = {frozenset(pair) for pair in zip(truth["left_id"].to_pylist(), truth["right_id"].to_pylist(), strict=True)}
    found = {frozenset(pair) for pair in dedupe(tmp_path / "both.parquet").links.matched_ids()}
    assert len(found & true) >= 30 and len(found - true) <= 15


def test_registers_with_nobody_in_common_have_no_matches(registers: tuple[Path, Path]) -> None:
    links = link(registers[0] / "left.parquet", registers[1] / "right.parquet")
    assert len(links.matched_ids()) <= 2
