"""How can an exact table be rounded so that it still adds up, and says the same each time it is asked?

Zero-restricted controlled rounding (Cox 1987): every cell, margins too, goes to one of the two multiples of the base beside it (a
multiple stays), and the rounded table adds up. The path is a random walk inside the box of those multiples, along directions in which
all sums hold, each step as likely to go up as down in the mean, until no cell can move (the flight phase of the cube method, Deville and
Tillé 2004): the expected result is the table itself. Where the sums form a network the walk ends on multiples. Elsewhere it may end
between some; these are settled by an integer program, nearest to where the walk ended, and the mean is only nearly kept.

Chance comes from a key and from the table, so that the same question never gets a second answer to average with the first.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, milp

from havre.disclosure.margins import Margins
from havre.disclosure.problems import RoundingImpossible, TooLarge

LARGEST: Final = 6_000  # cells with margins; the walk keeps a dense tableau
EPSILON: Final = 1e-9
KEY_BYTES: Final = 16


@dataclass(frozen=True)
class Rounded:
    """Multiples of `base` that add up, in the shape of the margins; `unbiased`: each cell's expectation is its count."""

    margins: Margins
    values: NDArray[np.int64]
    base: int
    unbiased: bool


def controlled_round(counts: NDArray[np.int64], margins: Margins | None = None, *, base: int, key: bytes, name: str) -> Rounded:
    """Round a table and all its margins to multiples of `base`, adding up, each to one of the two beside it.

    `key` (16 bytes or more) is a secret of the instance and `name` the table's: the same table under the same name and key is always
    rounded alike. ValueError on a bad base or key. Raises RoundingImpossible when no such rounding exists (possible with three axes or
    more), TooLarge above 6,000 cells.
    """
    if base < 2 or len(key) < KEY_BYTES:
        raise ValueError("a base of at least 2 and a key of at least 16 bytes are needed")
    layout = Margins.plain(*counts.shape) if margins is None else margins
    if layout.size > LARGEST:
        raise TooLarge(table=" × ".join(axis.name for axis in layout.axes))
    table = layout.expand(counts).ravel()
    chances = _chances(key, name, base, layout, table)
    floor = np.floor_divide(table, base)
    fraction = _walk(layout.relations, (table - floor * base) / base, chances)
    steps = np.rint(fraction).astype(np.int64)
    unbiased = bool(np.abs(fraction - steps).max(initial=0.0) < EPSILON)
    if not unbiased:
        steps = _settle(layout, floor, table % base != 0, fraction)
    return Rounded(layout, ((floor + steps) * base).reshape(layout.shape), base, unbiased)


def _chances(key: bytes, name: str, base: int, margins: Margins, table: NDArray[np.int64]) -> Iterator[float]:
    """Numbers in [0, 1) that only the key, the name and the table decide (HMAC-SHA-256 in counter mode)."""
    shape = repr([(axis.name, axis.labels, axis.parents) for axis in margins.axes]).encode()
    question = hashlib.sha256(b"\0".join([name.encode(), str(base).encode(), shape, table.astype("<i8").tobytes()])).digest()
    block = 0
    while True:
        digest = hmac.new(key, question + block.to_bytes(8, "big"), hashlib.sha256).digest()
        for at in range(0, len(digest), 8):
            yield (int.from_bytes(digest[at:at + 8], "big") >> 11) / 2.0**53
        block += 1


def _walk(relations: sparse.csr_matrix, start: NDArray[np.float64], chances: Iterator[float]) -> NDArray[np.float64]:
    """Where the walk from `start` ends: a corner of {0 <= x <= 1, relations @ (x - start) == 0}, with mean `start`.

    A simplex tableau: each row writes one cell through the cells that are still free to move.
    """
    x = start.copy()
    moving = np.flatnonzero((x > EPSILON) & (x < 1 - EPSILON))
    tableau, written = _reduce(relations[:, moving].toarray())
    free = [j for j in range(len(moving)) if j not in set(written)]
    places = dict(zip(written, range(len(written)), strict=True))
    x = x[moving]
    while free:
        j = free[-1]
        step = np.zeros(len(moving))
        step[j] = 1.0
        step[written] = -tableau[:, j]
        step[np.abs(step) < EPSILON] = 0.0
        ahead, back = _reach(x, step), _reach(x, -step)
        move = ahead if next(chances) < back / (ahead + back) else -back
        x = x + move * step
        x[np.abs(x) < EPSILON] = 0.0
        x[np.abs(x - 1) < EPSILON] = 1.0
        at_end = (x == 0.0) | (x == 1.0)
        free = [c for c in free if not at_end[c]]
        for cell in [c for c in written if at_end[c]]:
            free = _give_up(tableau, written, places, cell, free)
    ended = start.copy()
    ended[moving] = x
    return ended


def _reach(x: NDArray[np.float64], step: NDArray[np.float64]) -> float:
    """How far x may go along the step before a cell leaves [0, 1]."""
    up, down = step > 0, step < 0
    return float(min(((1 - x[up]) / step[up]).min(initial=np.inf), (x[down] / -step[down]).min(initial=np.inf)))


def _give_up(tableau: NDArray[np.float64], written: list[int], places: dict[int, int], cell: int, free: list[int]) -> list[int]:
    """A written cell has come to an end: its row now writes a free cell in its stead, or says nothing more."""
    row = places.pop(cell)
    options = [c for c in free if abs(tableau[row, c]) > EPSILON]
    if not options:
        written[row] = cell  # every other cell of this row has ended too
        places[cell] = row
        return free
    pivot = max(options, key=lambda c: (abs(tableau[row, c]), c))
    _pivot(tableau, row, pivot)
    written[row] = pivot
    places[pivot] = row
    return [c for c in free if c != pivot]


def _pivot(tableau: NDArray[np.float64], row: int, column: int) -> None:
    tableau[row] /= tableau[row, column]
    others = np.flatnonzero(np.abs(tableau[:, column]) > EPSILON)
    others = others[others != row]
    across = np.flatnonzero(np.abs(tableau[row]) > EPSILON)
    tableau[np.ix_(others, across)] -= np.outer(tableau[others, column], tableau[row, across])


def _reduce(matrix: NDArray[np.float64]) -> tuple[NDArray[np.float64], list[int]]:
    """Rows in reduced echelon form without those that say nothing new, and the column each row writes."""
    rows, written = matrix.copy(), []
    used = 0
    for column in range(matrix.shape[1]):
        if used == len(rows):
            break
        best = used + int(np.argmax(np.abs(rows[used:, column])))
        if abs(rows[best, column]) < EPSILON:
            continue
        rows[[used, best]] = rows[[best, used]]
        _pivot(rows, used, column)
        written.append(column)
        used += 1
    return rows[:used], written


def _settle(margins: Margins, floor: NDArray[np.int64], may_rise: NDArray[np.bool_], fraction: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole steps nearest to where the walk ended, so that all sums hold. Raises RoundingImpossible."""
    cost = 1 - 2 * fraction  # |1 - f| - |0 - f|
    right = -(margins.relations @ floor)
    solved = milp(cost, integrality=np.ones(len(cost)), bounds=Box(0, may_rise.astype(float)),
                  constraints=LinearConstraint(margins.relations, right, right))
    if solved.x is None:
        raise RoundingImpossible(table=" × ".join(axis.name for axis in margins.axes))
    return np.asarray(np.rint(solved.x), np.int64)
