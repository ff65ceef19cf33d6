"""`python -m bench.linkage.peers.trigrams_ask FOLDER`: PostgreSQL's trigrams (GIN, threshold 0.3) on names as written (`name`) and in Latin letters (`latin`)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psycopg
from pyarrow import parquet

from bench.linkage.peers import cluster
from bench.linkage.peers.answering import Answer, answer

COLUMNS = {"name": "whole", "latin": "whole_latin"}


def main(folder: Path) -> None:
    """Load a cluster of its own, then answer."""
    people = parquet.read_table(folder / "left_peers.parquet", columns=["id", *COLUMNS.values()])
    questions = parquet.read_table(folder / "right_peers.parquet", columns=list(COLUMNS.values())).to_pydict()
    with cluster.running() as address, psycopg.connect(address, autocommit=True) as link:
        start = time.perf_counter()
        link.execute("create extension pg_trgm")
        link.execute("create table people (id text, whole text, whole_latin text)")
        with link.cursor().copy("copy people from stdin") as copy:
            for row in zip(*(column.to_pylist() for column in people.columns), strict=True):
                copy.write_row(row)
        for column in COLUMNS.values():
            link.execute(f"create index on people using gin ({column} gin_trgm_ops)")
        link.execute("analyze people")
        link.execute("set pg_trgm.similarity_threshold = 0.3")

        def ask(fields: str, number: int) -> Answer:
            column = COLUMNS[fields]
            rows = link.execute(f"select id from people where {column} %% %s order by similarity({column}, %s) desc limit 10", [questions[column][number]] * 2)
            return [(row[0], 0.0, 0.0) for row in rows]

        size = link.execute("select pg_total_relation_size('people')").fetchone()
        answer(ask, build_s=time.perf_counter() - start, disk_mb=(size or (0,))[0] >> 20)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
