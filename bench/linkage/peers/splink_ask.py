"""`python -m bench.linkage.peers.splink_ask FOLDER`: Splink's `predict_between` of one question against the register, the strong model."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import parquet
from splink import DuckDBAPI, Linker, block_on

from bench.linkage.peers import splink_model
from bench.linkage.peers.answering import Answer, answer


def main(folder: Path) -> None:
    """Train on the questions and their answers, then answer (which it may then well)."""
    start = time.perf_counter()
    link = duckdb.connect()
    link.execute("set threads to 2").fetchall()
    api = DuckDBAPI(link)
    people = api.register(parquet.read_table(folder / "left_peers.parquet"), dataset_display_name="left_side")
    questions = parquet.read_table(folder / "right_peers.parquet")
    linker = Linker([people, api.register(questions, dataset_display_name="right_side")], splink_model.strong(), log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("given_key", "father_key", "mother_key")], recall=0.3)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    true = parquet.read_table(folder / "truth.parquet")
    linker.training.estimate_m_from_pairwise_labels(api.register(pa.table({
        "source_dataset_l": ["left_side"] * true.num_rows, "unique_id_l": true["left_id"],
        "source_dataset_r": ["right_side"] * true.num_rows, "unique_id_r": true["right_id"],
        "clerical_match_score": [1.0] * true.num_rows})))  # fmt: skip
    for name in (*splink_model.NAMES, "village"):
        linker.table_management.register_term_frequency_lookup(linker.table_management.compute_tf_table(f"{name}_latin"), f"{name}_latin")

    def ask(fields: str, number: int) -> Answer:
        one = api.register(questions.slice(number, 1), dataset_display_name="right_side", table_name=f"question_{number}")
        found = linker.inference.predict_between(people, one).physical_name
        rows = link.execute(f"select case when source_dataset_l = 'left_side' then unique_id_l else unique_id_r end, match_probability "
                            f"from {found} order by match_weight desc limit 10").fetchall()  # fmt: skip
        link.execute(f"drop table {found}").fetchall()
        return [(row[0], float(row[1]), 0.0) for row in rows]

    answer(ask, build_s=time.perf_counter() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
