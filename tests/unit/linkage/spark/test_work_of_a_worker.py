"""Does a worker, given any cut of the rows, count, key and score as one machine does with the whole file? No Spark needed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from havre.linkage.batch.engine import Work, prepare
from havre.linkage.batch.learning import random_rows
from havre.linkage.batch.rows import add_counts, count_values
from havre.linkage.batch.scoring import score
from havre.linkage.files import read_table
from havre.linkage.model.parameters import load_model
from havre.linkage.spark.stages import Canonical, Reader, Scores, Usual, Values, earlier_first, row_columns
from tests.cluster.people import registers


class Shared:
    """Stands where Spark puts what it sends to every worker."""

    def __init__(self, value: Any) -> None:
        self.value = value


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return registers(tmp_path_factory.mktemp("registers"), 60)


@pytest.fixture(scope="module")
def work(files: tuple[Path, Path]) -> Work:
    return prepare(*(read_table(path) for path in files), {}, {}, lambda _: None)


def batches(path: Path, work: Work, size: int) -> list[pa.RecordBatch]:
    table = read_table(path)
    mapping = {name: name for name in table.columns}
    cut = pa.table({name: table.arrow(name) for name in table.columns}).to_batches(max_chunksize=size)
    return list(Canonical(mapping, work.fields)(iter(cut)))


def reader(path: Path, work: Work, prefix: str = "") -> Reader:
    return Reader(work.fields, row_columns(work.fields, {name: name for name in read_table(path).columns}), prefix)


def usual_of(work: Work) -> dict[str, Usual]:
    out = {}
    for name, (values, counts) in add_counts(count_values(work.left), count_values(work.right)).items():
        share = counts / counts.sum()
        often = counts > 1
        once, typical = np.float32(np.log(1 / counts.sum())), float(np.log((share * share).sum()))
        out[name] = Usual(values[often], np.log(share[often]).astype(np.float32), once, typical)
    return out


def test_values_are_counted_alike_however_the_rows_are_cut(files: tuple[Path, Path], work: Work) -> None:
    def counted(size: int) -> Counter[tuple[str, int]]:
        total: Counter[tuple[str, int]] = Counter()
        for batch in Values(reader(files[0], work))(iter(batches(files[0], work, size))):
            for line in batch.to_pylist():
                total[line["what"], line["value"]] += line["count"]
        return total

    whole = counted(10_000)
    assert counted(7) == whole
    for name, (values, counts) in count_values(work.left).items():
        assert {v: whole[name, v] for v in values.view(np.int64).tolist()} == dict(zip(values.view(np.int64).tolist(), counts.tolist(), strict=True))


def test_a_batch_of_pairs_scores_as_the_files_do(files: tuple[Path, Path], work: Work) -> None:
    learned = work.learn(load_model())
    a, b = (grid.ravel().astype(np.int32) for grid in np.meshgrid(np.arange(40), np.arange(40)))
    here = score(work.fields, work.left, work.right, a, b, learned, work.vocabulary)
    sides = [pa.Table.from_batches(batches(path, work, 10_000)) for path in files]
    columns: dict[str, Any] = {}
    for prefix, side, rows in zip(("left_", "right_"), sides, (a, b), strict=True):
        columns |= {prefix + name: side.column(name).take(pa.array(rows)).combine_chunks() for name in side.column_names}
    order = np.random.default_rng(3).permutation(len(a))
    pairs = pa.table(columns).take(pa.array(order)).to_batches(max_chunksize=300)
    readers = [reader(path, work, prefix) for path, prefix in zip(files, ("left_", "right_"), strict=True)]
    told = [line for batch in Scores(*readers, Shared(usual_of(work)), learned, 0.05)(iter(pairs)) for line in batch.to_pylist()]
    found = {(line["left_id"], line["right_id"]): (line["match"], line["given_level"]) for line in told}
    ids = work.left.ids.to_pylist(), work.right.ids.to_pylist()
    wanted = {(ids[0][i], ids[1][j]): p for i, j, p in zip(here.a.tolist(), here.b.tolist(), here.match.tolist(), strict=True)}
    assert found.keys() == wanted.keys() and len(wanted) > 10
    for pair, probability in wanted.items():
        assert found[pair][0] == pytest.approx(probability, abs=1e-6)


def test_the_rows_paired_at_random_follow_from_the_ids_alone(work: Work) -> None:
    ids = work.left.ids.to_pylist()
    order = np.random.default_rng(1).permutation(work.left.count)
    chosen = [ids[i] for i in random_rows(work.left.hashes)]
    assert [ids[order[i]] for i in random_rows(work.left.hashes[order])] == chosen


def test_of_two_rows_of_one_file_the_earlier_stands_left() -> None:
    met = pa.RecordBatch.from_pydict({"left_row": [1, 2, 3], "right_row": [4, 5, 6], "left_id": ["a", "b", "c"], "left_c0": ["Ali", None, "Omar"],
                                      "left_place": [9, 1, 7], "right_id": ["d", "e", "f"], "right_c0": [None, "Sara", "Huda"], "right_place": [2, 8, 3]})  # fmt: skip
    turned = earlier_first(met).to_pydict()
    assert turned["left_id"] == ["d", "b", "f"] and turned["right_id"] == ["a", "e", "c"]
    assert turned["left_c0"] == [None, None, "Huda"] and turned["right_c0"] == ["Ali", "Sara", "Omar"]
    assert turned["left_row"] == [4, 2, 6] and turned["left_place"] == [2, 1, 3]
