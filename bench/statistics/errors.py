"""How far are told tables from the exact ones? And which cells were told that hold nobody?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bench.statistics.network import Rows

WAYS = (1, 2, 3)
Numbers = NDArray[np.float64]
Told = Callable[[tuple[int, ...]], Numbers]
"""The table that a system tells of these attributes, by their places."""


def tables(rows: Rows, way: int) -> Iterator[tuple[int, ...]]:
    """Every choice of `way` attributes."""
    return combinations(range(len(rows.sizes)), way)


def by_way(rows: Rows, told: Told, ways: Sequence[int] = WAYS) -> dict[int, float]:
    """nL1 by number of attributes: total absolute error over total count, of all tables of so many attributes."""
    found = {}
    for way in ways:
        wrong = total = 0.0
        for columns in tables(rows, way):
            exact = rows.counts(columns)
            wrong += float(np.abs(told(columns) - exact).sum())
            total += float(exact.sum())
        found[way] = round(wrong / total, 4)
    return found


def of_tables(rows: Rows, found: dict[tuple[int, ...], Numbers]) -> Told:
    """Tables as they were told; a table that was not told holds nobody."""

    def told(columns: tuple[int, ...]) -> Numbers:
        return found.get(columns, np.zeros([rows.sizes[j] for j in columns]))

    return told


def of_rows(rows: Rows, drawn: NDArray[np.int16]) -> Told:
    """The tables of synthetic rows. A row counts where none of the table's attributes was left empty (-1)."""

    def told(columns: tuple[int, ...]) -> Numbers:
        chosen = drawn[:, columns]
        return Rows("", {rows.names[j]: rows.attributes[rows.names[j]] for j in columns}, chosen[(chosen >= 0).all(1)]).counts(range(len(columns))).astype(float)

    return told


@dataclass(frozen=True, slots=True)
class Shown:
    """Cells of all tables of one number of attributes: how many are shown, how many of those hold nobody, and the share of the cells that
    hold somebody which are not shown."""

    shown: int
    false: int
    suppressed: float


def told_cells(rows: Rows, value: Told, way: int = 3) -> tuple[Numbers, NDArray[np.int64]]:
    """What is told of every cell of all tables of `way` attributes, and the truth, in one order. Shapes: (cells,)."""
    chosen = list(tables(rows, way))
    return np.concatenate([value(c).ravel() for c in chosen]), np.concatenate([rows.counts(c).ravel() for c in chosen])


def shown_cells(shown: NDArray[np.bool_], exact: NDArray[np.int64]) -> Shown:
    """The figures of cells that are shown."""
    held = exact > 0
    return Shown(int(shown.sum()), int((shown & ~held).sum()), round(float((~shown & held).sum() / max(1, held.sum())), 4))
