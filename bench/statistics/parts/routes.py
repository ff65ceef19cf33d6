"""Is the same question answered with the same bytes by whatever route? Tables, bars and rows of one sheet, by processes that know of each
other only the sheet's file, asked in another order and with the attributes in another order. That no two requests together spend more
than there is belongs to the application's tests."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.linkage.contest import run as run_process
from bench.linkage.setting import goal
from bench.statistics.havre import domain, encoded, every_table
from bench.statistics.setting import DELTA, EPSILON, Setting
from havre.disclosure import from_bytes, measure, to_bytes

ROWS, ATTRIBUTES, PROCESSES = 14_000, 8, 3


def run(setting: Setting) -> dict[str, Any]:
    """One sheet, several readers."""
    rows = setting.question("cases", ROWS).rows
    book = domain({name: rows.attributes[name] for name in rows.names[:ATTRIBUTES]})
    sheet = measure(every_table(book, EPSILON, DELTA), encoded(book, rows.codes[:, :ATTRIBUTES]))
    stored = to_bytes(sheet)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        path.write_bytes(stored)
        told = [run_process([sys.executable, "-m", "bench.statistics.peers.havre_asked", str(path), str(order)])["digests"] for order in range(PROCESSES)]
    different = sorted({name for answers in told for name in told[0] if answers.get(name) != told[0][name]})
    again = to_bytes(from_bytes(stored)) == stored and from_bytes(stored).id == sheet.id
    return {
        "goals": [goal("statistics.routes", f"{len(told[0]):,} questions put to one sheet by {PROCESSES} processes in different orders: answers that differ in a byte",
                       len(different), not different and again)],
        "questions": len(told[0]), "different": different[:20], "stored_bytes": len(stored),
    }  # fmt: skip
