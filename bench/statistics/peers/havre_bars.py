"""`python -m bench.statistics.peers.havre_bars FOLDER EPSILON DELTA named|all REPEATS`: how often Havre's bars hold the truth.

`named` plans twenty tables, as a release would; `all` every table of up to three attributes. Every repeat measures the same rows anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bench.linkage.peers.figures import tell
from bench.statistics.havre import domain, encoded, every_table, named, named_tables
from bench.statistics.peers.folder import read_question
from havre.disclosure import Table, count, estimate, measure

BANDS = ((0, 0, "nobody"), (1, 9, "1 to 9"), (10, 99, "10 to 99"), (100, 999, "100 to 999"), (1000, 10**12, "1,000 and more"))


def main(folder: Path, epsilon: str, delta: str, plan: str, repeats: int) -> None:
    """Measure again and again; tell the shares by number of attributes and by count."""
    attributes, codes = read_question(folder)
    book = domain(attributes)
    planned = every_table(book, epsilon, delta) if plan == "all" else named_tables(book, named(book.names), epsilon, delta)
    exact = count(encoded(book, codes), planned.workload.tables)
    cells = np.zeros((4, len(BANDS)))
    held = {kind: np.zeros_like(cells) for kind in ("raw", "shrunk")}

    def add(kind: str, table: Table, truth: np.ndarray) -> None:
        inside = (table.low <= truth) & (truth <= table.high)
        for b, (low, high, _) in enumerate(BANDS):
            band = (truth >= low) & (truth <= high)
            held[kind][len(table.spec), b] += int((inside & band).sum())
            if kind == "raw":
                cells[len(table.spec), b] += int(band.sum())

    for _ in range(repeats):
        sheet = measure(planned, exact)
        estimates = estimate(sheet)
        for spec, truth in exact.items():
            add("raw", sheet.table(spec), truth)
            add("shrunk", estimates.table(spec), truth)
    tell(bands=[{"way": way, "held": BANDS[b][2], "cells": int(cells[way, b]), **{kind: round(float(held[kind][way, b] / cells[way, b]), 4) for kind in held}}
                for way in range(1, 4) for b in range(len(BANDS)) if cells[way, b]])  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
