"""`python -m bench.linkage.peers.splink_link FOLDER OUT default|strong`: link two prepared registers with Splink on DuckDB."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import parquet
from splink import DuckDBAPI, Linker, block_on

from bench.linkage.peers import splink_model
from bench.linkage.peers.figures import tell

LABELS = 50_000  # true pairs that the strong one learns from
KEPT_FROM = 0.001


def main(folder: Path, out: Path, kind: str) -> None:
    """Train, predict, write the pairs; tell seconds, memory and the share of true pairs among those compared."""
    start = time.perf_counter()
    link = duckdb.connect()
    link.execute("set threads to 2").fetchall()
    api = DuckDBAPI(link)
    settings = splink_model.strong() if kind == "strong" else splink_model.default()
    sides = [api.register(parquet.read_table(folder / f"{s}_peers.parquet"), dataset_display_name=f"{s}_side") for s in ("left", "right")]
    linker = Linker(sides, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given", "father", "mother")] if kind == "default" else [block_on("given_key", "father_key", "mother_key")], recall=0.3)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    if kind == "strong":
        true = parquet.read_table(folder / "truth.parquet").slice(0, LABELS)
        linker.training.estimate_m_from_pairwise_labels(api.register(pa.table({
            "source_dataset_l": ["left_side"] * true.num_rows, "unique_id_l": true["left_id"],
            "source_dataset_r": ["right_side"] * true.num_rows, "unique_id_r": true["right_id"],
            "clerical_match_score": [1.0] * true.num_rows})))  # fmt: skip
    else:
        for rule in (block_on("given", "father"), block_on("mother", "born_year", "sex")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
    trained = time.perf_counter()
    found = linker.inference.predict(threshold_match_probability=KEPT_FROM).physical_name
    predicted = time.perf_counter()
    link.execute(f"copy (select unique_id_l as left_id, unique_id_r as right_id, match_probability as score, match_weight as weight from {found}) "
                 f"to '{out}' (format parquet)").fetchall()  # fmt: skip
    ended = time.perf_counter()
    blocked = linker.inference.compute_blocked_pairs_for_predict().physical_name
    compared, complete = link.sql(
        f"select (select count(*) from {blocked}), (select count(*) from {blocked} b join read_parquet('{folder}/truth.parquet') t "
        f"on b.join_key_l = 'left_side-__-' || t.left_id and b.join_key_r = 'right_side-__-' || t.right_id)").fetchall()[0]
    tell(wall_s=ended - start, train_s=trained - start, predict_s=predicted - trained, compared=compared, true_compared=complete)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
