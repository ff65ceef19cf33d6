"""`python -m bench.statistics.peers.havre_bars FOLDER EPSILON DELTA named|all REPEATS`: how often Havre's bars hold the truth.

By what a cell truly holds, and by what is shown of it, which is all that a reader knows; beside it, how wide bars are next to raw ones.

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
    found = {by: {what: np.zeros((4, len(BANDS))) for what in ("cells", "raw", "shrunk", "width")} for by in ("held", "shown")}

    def add(raw: Table, shrunk: Table, truth: np.ndarray) -> None:
        inside = {"cells": np.ones(truth.shape), "width": (shrunk.high - shrunk.low) / (raw.high - raw.low)}
        inside |= {kind: (table.low <= truth) & (truth <= table.high) for kind, table in (("raw", raw), ("shrunk", shrunk))}
        for by, known in (("held", truth), ("shown", np.rint(shrunk.value))):
            for b, (low, high, _) in enumerate(BANDS):
                band = (known >= low) & (known <= high)
                for what, of in inside.items():
                    found[by][what][len(raw.spec), b] += float(of[band].sum())

    for _ in range(repeats):
        sheet = measure(planned, exact)
        estimates = estimate(sheet)
        for spec, truth in exact.items():
            add(sheet.table(spec), estimates.table(spec), truth)
    tell(**{"bands" if by == "held" else by: [_row(what, by, way, b) for way in range(1, 4) for b in range(len(BANDS)) if what["cells"][way, b]] for by, what in found.items()})


def _row(found: dict[str, np.ndarray], by: str, way: int, band: int) -> dict[str, object]:
    cells = float(found["cells"][way, band])
    return {"way": way, by: BANDS[band][2], "cells": int(cells), **{what: round(float(found[what][way, band]) / cells, 4) for what in ("raw", "shrunk", "width")}}



if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
