"""What do a row and a pair cost a worker of a cluster, and what would two registers of 50 million need?

The stages of `havre.linkage.spark` run here one after the other on one core, as a worker runs them; a line through Spark is
measured by a join of Spark itself where it is installed, and taken from `LINE` where it is not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, Final

import numba
import numpy as np

from bench.linkage.setting import Setting, goal, say
from havre.linkage.batch.engine import prepare
from havre.linkage.batch.keys import agreement, anchors, kinds_of
from havre.linkage.batch.pairs import pairs_of
from havre.linkage.batch.rows import add_counts, count_values
from havre.linkage.files import read_table
from havre.linkage.model.parameters import load_model
from havre.linkage.spark.session import ARROW_ROWS
from havre.linkage.spark.sizing import Costs, need
from havre.linkage.spark.stages import Canonical, Keys, Reader, Scores, Usual, Values, row_columns

LINE: Final = 1.5e-6  # seconds; told as assumed where Spark is not there to be measured
LARGE: Final = 50_000_000
SCORED: Final = 300_000  # pairs scored to measure


class _Sent:
    """Stands where Spark puts what it sends to every worker."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _timed(work: Callable[[], Iterator[Any]]) -> tuple[list[Any], float]:
    list(work())  # compiled and warm
    start = time.process_time()
    found = list(work())
    return found, time.process_time() - start


def _line() -> tuple[float, bool]:
    """Seconds of one core for a line that Spark sends and joins; whether it was measured."""
    try:
        from pyspark.sql import functions as F

        from havre.linkage.spark import start

        session = start("local[1]", {"spark.sql.shuffle.partitions": "4"})
    except (ImportError, ValueError):
        return LINE, False
    lines = 1_000_000
    one, two = (session.range(lines).select(F.xxhash64("id").alias("key"), F.col("id").alias(name)) for name in ("a", "b"))
    spent = []
    for _ in range(2):
        begin = time.perf_counter()
        one.hint("merge").join(two, "key").groupBy("a", "b").count().write.format("noop").mode("overwrite").save()
        spent.append(time.perf_counter() - begin)
    session.stop()
    return min(spent) / (3 * lines), True


def run(setting: Setting) -> dict[str, Any]:
    """Measure on two registers of 20,000 (quick) or 200,000 rows, with one thread."""
    import pyarrow as pa

    threads = numba.get_num_threads()
    numba.set_num_threads(1)
    rows = 20_000 if setting.quick else 200_000
    register = setting.pair(rows)
    tables = [read_table(register.path(side)) for side in ("left", "right")]
    work = prepare(tables[0], tables[1], {}, {}, say)
    mapping = {name: name for name in tables[0].columns}
    columns = row_columns(work.fields, mapping)
    reader = Reader(work.fields, columns)
    whole = pa.table({name: tables[0].arrow(name) for name in mapping}).to_batches(max_chunksize=ARROW_ROWS)
    read, reading = _timed(lambda: Canonical(mapping, work.fields)(iter(whole)))
    _, counting = _timed(lambda: Values(reader)(iter(read)))
    found = [anchors(side, work.fields, work.vocabulary) for side in (work.left, work.right)]
    shared = [name for name in found[0] if name in found[1]]
    kinds = kinds_of({name: agreement(found[0][name], found[1][name]) for name in shared}, work.left.count, work.right.count)
    keyed, keying = _timed(lambda: Keys(reader, kinds)(iter(read)))
    usual = {}
    for name, (values, counts) in add_counts(count_values(work.left), count_values(work.right)).items():
        often, total = counts > 1, counts.sum()
        usual[name] = Usual(values[often], np.log(counts[often] / total).astype(np.float32), np.float32(np.log(1 / total)),
                            float(np.log(((counts / total) ** 2).sum())))  # fmt: skip
    learned = work.learn(load_model())
    work = work.within(work.limits(work.scorer(learned)))
    pairs = sum(len(pairs_of(work.blocks, low, high).a) for low, high in work.stretches())
    low, high = work.stretches()[0]
    a, b, _ = (column[:SCORED] for column in pairs_of(work.blocks, low, high))
    right = pa.table({name: tables[1].arrow(name) for name in mapping}).to_batches(max_chunksize=ARROW_ROWS)
    sides = [pa.Table.from_batches(part) for part in (read, list(Canonical(mapping, work.fields)(iter(right))))]
    valued: dict[str, Any] = {}
    for prefix, side, which in zip(("left_", "right_"), sides, (a, b), strict=True):
        valued |= {prefix + name: side.column(name).take(pa.array(which)).combine_chunks() for name in side.column_names}
    batches = pa.table(valued).to_batches(max_chunksize=ARROW_ROWS)
    readers = [Reader(work.fields, columns, prefix) for prefix in ("left_", "right_")]
    scores = Scores(*readers, _Sent(usual), learned, 0.05)
    _, scoring = _timed(lambda: scores(iter(batches)))
    numba.set_num_threads(threads)
    line, measured = _line()
    larger = max(work.left.count, work.right.count)
    costs = Costs(
        read=(reading + counting + keying) / work.left.count, score=scoring / len(a), line=line,
        keys_each=sum(batch.num_rows for batch in keyed) / work.left.count, meetings_each=work.blocks.pairs / larger,
        pairs_each=pairs / larger, row_bytes=sum(batch.nbytes for batch in read) / work.left.count,
    )  # fmt: skip
    likely, most = need(LARGE, LARGE, costs), need(LARGE, LARGE, costs, most=True)
    told = {name: {"core_hours": round(n.core_hours), "terabytes": round(n.terabytes, 1), "hours_on_400_cores": round(n.hours(400), 1)}
            for name, n in (("likely", likely), ("most", most))}  # fmt: skip
    return {
        "goals": [goal("linkage.cluster.sizing", "core hours for 50 M x 50 M, told without a target", told["most"]["core_hours"], None)],
        "rows": rows, "costs": {name: float(f"{value:.3g}") for name, value in asdict(costs).items()}, "line_measured": measured,
        "fifty_million": told,
    }  # fmt: skip
