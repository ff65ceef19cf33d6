"""`python -m bench.statistics.peers.havre_release FOLDER OUT EPSILON DELTA [--no-rows]`: what Havre tells of the rows in FOLDER.

The plan is made before any data, and timed apart; then every table is measured, estimated and drawn from one sheet.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bench.linkage.peers.figures import tell
from bench.statistics.errors import WAYS, tables
from bench.statistics.havre import domain as codebook
from bench.statistics.havre import encoded, every_table
from bench.statistics.network import Rows as Encoded
from bench.statistics.peers.cost import counted
from bench.statistics.peers.folder import read_question, write_answer
from havre.disclosure import estimate, measure


def main(folder: Path, out: Path, epsilon: str, delta: str, *, rows: bool) -> None:
    """Plan, measure, estimate every table, draw rows; tell the costs."""
    attributes, codes = read_question(folder)
    book = codebook(attributes)
    given = encoded(book, codes)
    costs: dict[str, float] = {}
    with counted(costs, "plan"):
        planned = every_table(book, epsilon, delta)
    chosen = [columns for way in WAYS for columns in tables(Encoded("", {n: tuple(c) for n, c in attributes.items()}, codes), way)]
    with counted(costs, "measure"):
        sheet = measure(planned, given)
    with counted(costs, "estimate"):
        estimates = estimate(sheet)
        told = {columns: estimates.table(*(book.names[j] for j in columns)) for columns in chosen}
    costs["fit_s"] = round(costs["measure_s"] + costs["estimate_s"], 2)
    costs["fit_extra_mb"] = max(costs["measure_extra_mb"], costs["estimate_extra_mb"])
    drawn = None
    if rows:
        with counted(costs, "rows"):
            made = estimates.microdata()
        drawn = np.stack([made.codes[name] for name in book.names], axis=1).astype(np.int16)
    write_answer(out, {c: t.value for c, t in told.items()}, drawn, {c: estimates.shown(t) for c, t in told.items() if len(c) == max(WAYS)})
    tell(**costs)


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if not a.startswith("--")]
    main(Path(given[0]), Path(given[1]), given[2], given[3], rows="--no-rows" not in sys.argv)
