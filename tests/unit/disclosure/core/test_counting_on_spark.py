"""Does a cluster count as a file is counted?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from havre.disclosure import Workload, count
from havre.disclosure.contributions import bound
from havre.disclosure.counting import count_frame
from havre.disclosure.problems import MissingAttribute, TooManyRows, UnknownCode
from tests.unit.disclosure.core.worlds import DOMAIN, people

pytest.importorskip("pyspark", reason="pyspark is not installed (havre[spark])")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java on this machine"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark", "ignore::FutureWarning:pyspark", "ignore::ResourceWarning"),
]

SPECS = Workload.of(DOMAIN, [("sex", "age", "place"), ("age@band", "place@region"), ("place@country",), ()]).tables


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession
    built = (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
             .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.memory", "512m"))
    running = built.getOrCreate()
    running.sparkContext.setLogLevel("ERROR")
    yield running
    running.stop()


def test_a_cluster_counts_as_arrays_do_and_refuses_alike(session: Any) -> None:
    rows = people(n=300)
    table = {name: rows.labels(name) for name in DOMAIN.names}
    table["place"] = [None if i % 11 == 0 else "Élsewhere, 'far'" if i % 10 == 0 else v for i, v in enumerate(table["place"])]
    whose = [f"child {i % 120}" for i in range(300)]
    frame = session.createDataFrame(list(zip(*table.values(), whose, strict=True)), "sex string, age string, `place of` string, who string")
    named = {"place": "place of"}
    encoded = DOMAIN.encode(table)

    everyone = count_frame(frame, DOMAIN, SPECS, columns=named)
    one_each = count_frame(frame, DOMAIN, SPECS, columns=named, child="who", most=1, drop=True)
    for counted, expected in ((everyone, count(encoded, SPECS)), (one_each, count(bound(encoded, whose, 1, drop=True).rows, SPECS))):
        for spec in SPECS:
            np.testing.assert_array_equal(counted.counts[spec], expected[spec])
    assert (everyone.rows, everyone.dropped, one_each.rows, one_each.dropped) == (300, 0, 120, 180)

    with pytest.raises(TooManyRows):
        count_frame(frame, DOMAIN, SPECS, columns=named, child="who", most=2)
    with pytest.raises(UnknownCode):
        count_frame(frame, DOMAIN, SPECS, columns={**named, "sex": "who"})
    with pytest.raises(MissingAttribute):
        count_frame(frame, DOMAIN, SPECS)
    assert [view.name for view in session.catalog.listTables()] == []
