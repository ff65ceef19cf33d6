"""How are rows in memory counted? By packed codes, a piece at a time so that memory stays that of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Domain, Rows, Spec

Whole = NDArray[np.int64]
Counts = Mapping[Spec, Whole]
"""Exact tables of counts, axes in the order of the domain."""
PIECE = 1 << 15


def count(rows: Rows, specs: Iterable[Spec]) -> dict[Spec, Whole]:
    """The exact table of each spec."""
    tally = Tally(rows.domain, specs)
    tally.add(rows)
    return tally.tables()


class Tally:
    """Tables that grow by pieces of rows; memory is that of the tables alone."""

    def __init__(self, domain: Domain, specs: Iterable[Spec]) -> None:
        self.domain = domain
        self.rows = 0
        self._counts = {spec: np.zeros(domain.size(spec), dtype=np.int64) for spec in specs}
        place = {name: i for i, name in enumerate(domain.names)}
        self._order = sorted(self._counts, key=lambda spec: [(place[name], at) for name, at in spec])

    def add(self, rows: Rows) -> None:
        """Count more rows."""
        for start in range(0, len(rows), PIECE):
            self._piece(self._columns(rows, slice(start, start + PIECE)), min(PIECE, len(rows) - start))
        self.rows += len(rows)

    def _columns(self, rows: Rows, piece: slice) -> dict[tuple[str, int], Whole]:
        """One piece of the rows at every level that is counted by."""
        columns = {}
        for name, at in {pair for spec in self._counts for pair in spec}:
            attribute, finest = self.domain.attribute(name), rows.codes[name][piece]
            columns[name, at] = attribute.ancestors(attribute.depth, at)[finest].astype(np.int64)
        return columns

    def _piece(self, columns: Mapping[tuple[str, int], Whole], n: int) -> None:
        """Tables are visited so that those that begin alike follow each other and share what was packed."""
        packed: list[Whole] = [np.zeros(n, dtype=np.int64)]
        done: Spec = ()
        for spec in self._order:
            alike = next((i for i, (one, other) in enumerate(zip(done, spec, strict=False)) if one != other), min(len(done), len(spec)))
            del packed[alike + 1:]
            for name, at in spec[alike:]:
                packed.append(packed[-1] * len(self.domain.attribute(name).level(at).codes) + columns[name, at])
            found = np.bincount(packed[-1])
            self._counts[spec][:len(found)] += found
            done = spec

    def tables(self) -> dict[Spec, Whole]:
        """The tables so far."""
        return {spec: counts.reshape(self.domain.shape(spec)) for spec, counts in self._counts.items()}
