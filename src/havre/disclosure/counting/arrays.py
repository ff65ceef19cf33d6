"""How are rows in memory counted? By packed codes, a piece at a time so that they stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Domain, Rows, Spec

Whole = NDArray[np.int64]
Counts = Mapping[Spec, Whole]
"""Exact tables of counts, axes in the order of the domain."""
PIECE = 1 << 16


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

    def add(self, rows: Rows) -> None:
        """Count more rows."""
        for start in range(0, len(rows), PIECE):
            self._piece(rows, slice(start, start + PIECE))
        self.rows += len(rows)

    def _piece(self, rows: Rows, piece: slice) -> None:
        finest = {name: codes[piece].astype(np.int64) for name, codes in rows.codes.items()}
        columns: dict[tuple[str, int], Whole] = {}
        packed: dict[Spec, Whole] = {(): np.zeros(len(next(iter(finest.values()))), dtype=np.int64)}

        def column(name: str, at: int) -> Whole:
            if (name, at) not in columns:
                attribute = self.domain.attribute(name)
                columns[name, at] = finest[name] if at == attribute.depth else attribute.ancestors(attribute.depth, at)[finest[name]]
            return columns[name, at]

        def pack(spec: Spec) -> Whole:
            if spec not in packed:
                name, at = spec[-1]
                packed[spec] = pack(spec[:-1]) * len(self.domain.attribute(name).level(at).codes) + column(name, at) if spec[:-1] else column(name, at)
            return packed[spec]

        for spec, counts in self._counts.items():
            front = pack(spec[:-1]) if spec else packed[()]
            if spec:
                name, at = spec[-1]
                front = front * len(self.domain.attribute(name).level(at).codes) + column(name, at)
            found = np.bincount(front)
            counts[:len(found)] += found

    def tables(self) -> dict[Spec, Whole]:
        """The tables so far."""
        return {spec: counts.reshape(self.domain.shape(spec)) for spec, counts in self._counts.items()}
