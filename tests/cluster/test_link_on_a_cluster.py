"""Does a cluster of machines link two files, and find the duplicates of one, as one machine does?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from havre.linkage import Groups, Links
from havre.linkage.batch import choosing
from havre.linkage.batch import dedupe as dedupe_here
from havre.linkage.batch import link as link_here
from havre.linkage.batch.engine import prepare
from havre.linkage.files import read_table
from havre.linkage.model.parameters import load_model
from tests.cluster.people import registers, together
from tests.cluster.standalone import HOST, LIGHT, cluster_of_two

pytest.importorskip("pyspark", reason="pyspark is not installed (havre[spark])")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java on this machine"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark", "ignore::FutureWarning:pyspark", "ignore::ResourceWarning"),
]

SMALL = {
    "spark.driver.host": HOST, "spark.driver.bindAddress": HOST, "spark.executor.memory": "640m", "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false", "spark.cores.max": "2", "spark.scheduler.minRegisteredResourcesRatio": "1", "spark.scheduler.maxRegisteredResourcesWaitingTime": "120s",
    "spark.driver.extraJavaOptions": LIGHT, "spark.executor.extraJavaOptions": LIGHT, "spark.sql.codegen.wholeStage": "false",
}  # fmt: skip
LEAST = 40  # pairs that the two registers give, at the least


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from havre.linkage.spark import start

    with cluster_of_two(tmp_path_factory.mktemp("cluster")) as address:
        running = start(address, SMALL)
        running.sparkContext.setLogLevel("ERROR")
        yield running
        running.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A CSV file, and a Parquet file in which ages and dates have types of their own."""
    from pyarrow import csv, parquet

    left, right = registers(tmp_path_factory.mktemp("registers"), 40)
    whole = right.with_suffix(".parquet")
    parquet.write_table(csv.read_csv(right), whole)
    return left, whole


@pytest.fixture(scope="module")
def here(files: tuple[Path, Path]) -> Links:
    return link_here(*files, one_to_one=True)


@pytest.fixture(scope="module")
def there(session: Any, files: tuple[Path, Path], here: Links) -> Links:  # after `here`, so that workers find compiled code
    from havre.linkage.spark import link

    return link(*files, one_to_one=True)


@pytest.fixture(scope="module")
def one_file(files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both registers in one file, their rows mixed."""
    return together(tmp_path_factory.mktemp("together"), *files)


@pytest.fixture(scope="module")
def groups_there(session: Any, one_file: Path) -> Groups:
    from havre.linkage.spark import dedupe

    return dedupe(one_file)


def by_ids(links: Links) -> dict[tuple[str, str], Any]:
    return {(p.left_id, p.right_id): p for p in links.pairs}


def test_both_workers_take_part(session: Any) -> None:
    def processes(batches: Iterator[Any]) -> Iterator[Any]:  # in here, so that workers need no module of the tests
        import os

        import pyarrow as pa

        for batch in batches:
            yield pa.RecordBatch.from_pydict({"process": [os.getppid()] * batch.num_rows})

    assert session.range(0, 64, 1, 16).mapInArrow(processes, "process bigint").distinct().count() == 2


def assert_the_same(there: Links, here: Links) -> None:
    """The same pairs, as probable and of the same levels, from as many comparisons."""
    one, other = by_ids(here), by_ids(there)
    assert one.keys() == other.keys()
    assert there.fields == here.fields and there.compared == here.compared
    assert there.matches_expected == pytest.approx(here.matches_expected, abs=1e-6)
    for ids, pair in one.items():
        assert other[ids].probability == pytest.approx(pair.probability, abs=1e-6)
        assert other[ids].family_probability == pytest.approx(pair.family_probability, abs=1e-6)
        assert other[ids].levels == pair.levels
        assert other[ids].verdict == pair.verdict or {other[ids].verdict, pair.verdict} == {"match", "lookalike"}  # see below
        assert other[ids].weights == pytest.approx(pair.weights, abs=0.011)  # told to two decimals
    assert [p.probability for p in there.pairs] == sorted((p.probability for p in there.pairs), reverse=True)


def test_a_cluster_finds_the_same_pairs_with_the_same_probabilities(there: Links, here: Links) -> None:
    assert len(here.pairs) > LEAST
    assert_the_same(there, here)


def test_a_cluster_finds_the_same_duplicates_in_the_same_groups(groups_there: Groups, one_file: Path) -> None:
    here = dedupe_here(one_file)
    assert len(here.several) > LEAST / 2
    assert_the_same(groups_there.links, here.links)
    assert groups_there.columns() == here.columns()  # every row in the order of the file, its group, and how many rows it has


def test_each_row_matches_once_where_asked(there: Links, here: Links) -> None:
    wanted, found = ({(p.left_id, p.right_id) for p in links.matches()} for links in (here, there))
    for side in (0, 1):
        assert len({pair[side] for pair in found}) == len(found)
    assert len(wanted & found) >= 0.99 * len(wanted)  # equally probable pairs may stand in another order
    likely = {(p.left_id, p.right_id) for p in there.pairs if p.probability >= 0.5}
    assert found <= likely


def test_rows_without_an_id_of_their_own_are_refused(session: Any, files: tuple[Path, Path]) -> None:
    from havre.linkage.spark import link

    with pytest.raises(ValueError, match="needs an id of its own"):
        link(*files, map_left={"id": "ignore"})
    with pytest.raises(ValueError, match=r"names .* rows twice"):
        link(*files, map_left={"id": "ignore", "sex": "id"})


@pytest.mark.parametrize("one", [False, True], ids=["two files", "one file"])
def test_the_same_blocks_are_chosen(session: Any, files: tuple[Path, Path], one_file: Path, one: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from havre.linkage.spark.choosing import limits
    from havre.linkage.spark.counting import counted, meetings
    from havre.linkage.spark.learning import learned_from
    from havre.linkage.spark.linking import _sides

    monkeypatch.setattr(choosing, "PAIRS_PER_ROW", 1)
    monkeypatch.setattr(choosing, "COMPARED", 4)
    monkeypatch.setattr(choosing, "SURE", -1)  # in so small files the smallest blocks bring everything
    paths = (one_file, None) if one else files
    tables = [None if path is None else read_table(path) for path in paths]
    work = prepare(tables[0], tables[1], {}, {}, lambda _: None)
    here = work.limits(work.scorer(work.learn(load_model())))
    left, right = _sides(session, *paths, (None, None), lambda _: None)
    said = counted(left, right)
    where = meetings(left, right, said.kinds)
    there = limits(session, left, right, where, said, learned_from(session, left, right, where, said, load_model()))
    assert (where.by_class == work.blocks.by_class).all()
    assert there.tolist() == here.tolist()
    assert len(set(here.tolist())) > 1, "no limit was raised, so nothing is shown"
