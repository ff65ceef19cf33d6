"""`python -m bench.statistics.peers.havre_asked SHEET [ORDER]`: the digest of every answer that a stored sheet gives, asked for in some order."""

from __future__ import annotations

import hashlib
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

from bench.linkage.peers.figures import tell
from havre.disclosure import Sheet, estimate, from_bytes


def digests(sheet: Sheet, order: int) -> dict[str, str]:
    """Of each table, raw and estimated, and of the rows. `order` shuffles the questions and the names in them."""
    draw = np.random.default_rng(order)
    names = sheet.domain.names
    asked = [c for way in (1, 2, 3) for c in combinations(names, way)]
    estimates = estimate(sheet)
    found = {}
    for k in draw.permutation(len(asked)).tolist():
        words = [str(name) for name in draw.permutation(asked[k])]
        for kind, table in (("raw", sheet.table(*words)), ("estimated", estimates.table(*words))):
            parts = b"".join(np.ascontiguousarray(part).tobytes() for part in (table.value, table.se, table.low, table.high))
            found[f"{kind} {' '.join(asked[k])}"] = hashlib.sha256(parts + repr((table.spec, table.codes, table.status.tolist())).encode()).hexdigest()
    rows = estimates.microdata()
    found["rows"] = hashlib.sha256(b"".join(np.ascontiguousarray(rows.codes[name]).tobytes() for name in names)).hexdigest()
    return found


def main(path: Path, order: int) -> None:
    """Read the sheet, ask it everything."""
    tell(digests=digests(from_bytes(path.read_bytes()), order))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
