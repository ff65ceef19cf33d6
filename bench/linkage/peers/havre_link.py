"""`python -m bench.linkage.peers.havre_link FOLDER OUT [WITHOUT]`: link two registers with Havre, by its public function. No child stands twice
in an invented register, and that is said."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from bench.linkage.peers.figures import peak_mb, tell
from bench.linkage.without import columns_left_out, switched_off


def true_compared(folder: Path, ignored: dict[str, str]) -> int:
    """How many true pairs are among those that were compared; worked out again, outside the time measured."""
    from pyarrow import parquet

    from havre.linkage.batch import engine
    from havre.linkage.batch.pairs import pairs_of
    from havre.linkage.files import read_table
    from havre.linkage.model.parameters import load_model

    work = engine.prepare(read_table(folder / "left.parquet"), read_table(folder / "right.parquet"), ignored, ignored, lambda _: None)
    work = work.within(work.limits(work.scorer(work.learn(load_model()))))
    truth = parquet.read_table(folder / "truth.parquet")
    rows = [{value: row for row, value in enumerate(side.ids.to_pylist())} for side in (work.left, work.right)]
    width = work.right.count
    true = np.sort(np.array([rows[0][a] * width + rows[1][b] for a, b in zip(truth["left_id"].to_pylist(), truth["right_id"].to_pylist(), strict=True)]))
    found = 0
    for low, high in work.stretches():
        a, b, _ = pairs_of(work.blocks, low, high, one_file=False)
        found += int(np.isin(true, a.astype(np.int64) * width + b).sum())
    return found


def main(folder: Path, out: Path, without: str) -> None:
    """Link, write the pairs; tell seconds and memory."""
    from havre.linkage import link
    from havre.linkage.files import write_table

    ignored = dict.fromkeys(columns_left_out(without), "ignore")
    with switched_off(without):
        start = time.perf_counter()
        links = link(folder / "left.parquet", folder / "right.parquet", map_left=ignored, map_right=ignored, one_to_one=without != "rivals",
                     minimum=0.001)  # fmt: skip
        table = links.table
        write_table(out, {name: table[column] for name, column in (("left_id", "left_id"), ("right_id", "right_id"), ("score", "probability"),
                                                                  ("family", "family_probability"))})  # fmt: skip
        seconds, peak = time.perf_counter() - start, peak_mb()
        tell(wall_s=seconds, peak_of_run_mb=peak, compared=links.compared, true_compared=true_compared(folder, ignored))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
