"""What may a hidden cell have been, given all that was published?

The attack on suppression: every margin is a linear equation, every count is at least zero, so linear programming gives the least and
the greatest value each hidden cell can have (Fellegi 1972; Fischetti and Salazar 2001). Solved by HiGHS through scipy, group by group
of hidden cells that share equations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csgraph

from havre.disclosure.margins import Margins

SLACK: Final = 1e-6  # of a solver that works in floating point
OPTIMAL, INFEASIBLE, UNBOUNDED = 0, 2, 3  # statuses of scipy's solvers


@dataclass(frozen=True)
class Bounds:
    """What is possible, cell by cell, in the shape of the table; a published cell has its value on both sides, `high` may be infinite."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def width(self) -> NDArray[np.float64]:
        """How far apart the two sides are."""
        return self.high - self.low


class Contradiction(ValueError):
    """No table has the published values: they do not add up, or leave the limits."""


@dataclass(frozen=True)
class System:
    """Hidden cells that share equations: `matrix @ x == right`, lower <= x <= upper; `cells` are flat indices."""

    cells: NDArray[np.int64]
    matrix: sparse.csr_matrix
    right: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]

    def extreme(self, goal: NDArray[np.float64], *, integer: bool = False) -> NDArray[np.float64] | None:
        """A table with the greatest goal @ x, or None when the goal has no end. Raises Contradiction."""
        found = self._solve(-goal, integer)
        if found.status == INFEASIBLE:
            raise Contradiction("no table has these values")
        if found.status == UNBOUNDED:
            return None
        if found.status != OPTIMAL:
            raise ArithmeticError(found.message)  # never taken for an answer: a cell would pass as safe
        return np.asarray(found.x, np.float64)

    def _solve(self, cost: NDArray[np.float64], integer: bool) -> Any:
        limits = np.column_stack([self.lower, self.upper])
        solved = linprog(cost, A_eq=self.matrix, b_eq=self.right, bounds=limits, method="highs")
        if solved.status not in (OPTIMAL, INFEASIBLE, UNBOUNDED):  # presolve cannot tell the last two apart
            solved = linprog(cost, A_eq=self.matrix, b_eq=self.right, bounds=limits, method="highs", options={"presolve": False})
        if integer and solved.x is not None and np.abs(solved.x - np.rint(solved.x)).max(initial=0.0) > SLACK:
            return milp(cost, integrality=np.ones(len(cost)), bounds=Box(self.lower, self.upper),
                        constraints=LinearConstraint(self.matrix, self.right, self.right))
        return solved


def systems(margins: Margins, published: NDArray[np.float64], lower: NDArray[np.float64] | float = 0.0,
            upper: NDArray[np.float64] | float = np.inf) -> Iterator[System]:
    """The equations that are left, apart where they share no hidden cell. `published` holds NaN where a cell is hidden.

    Raises Contradiction when published cells alone do not add up.
    """
    values = np.asarray(published, np.float64).ravel()
    hidden = np.isnan(values)
    relations = margins.relations
    right = -(relations[:, ~hidden] @ values[~hidden])
    left = sparse.csr_matrix(relations[:, hidden])
    empty = np.diff(left.indptr) == 0
    if np.abs(right[empty]).max(initial=0.0) > SLACK * max(1.0, np.abs(values[~hidden]).max(initial=0.0)):
        raise Contradiction("the published cells do not add up")
    left, right = left[~empty], right[~empty]
    cells = np.flatnonzero(hidden)
    low = np.broadcast_to(np.asarray(lower, np.float64), margins.shape).ravel()[cells]
    high = np.broadcast_to(np.asarray(upper, np.float64), margins.shape).ravel()[cells]
    touching = abs(left).T @ abs(left)
    count, group = csgraph.connected_components(touching, directed=False) if len(cells) else (0, cells)
    rows = group[left.indices[left.indptr[:-1]]] if left.shape[0] else np.empty(0, np.int64)
    for g in range(count):
        inside, held = group == g, rows == g
        yield System(cells[inside], sparse.csr_matrix(left[held][:, inside]), right[held], low[inside], high[inside])


def lp_bounds(margins: Margins, published: NDArray[np.float64], *, lower: NDArray[np.float64] | float = 0.0,
              upper: NDArray[np.float64] | float = np.inf, integer: bool = False) -> Bounds:
    """The least and greatest value of every cell of a published table with margins (NaN where hidden), as an outsider finds them.

    `lower` and `upper` are what is known of a hidden cell beforehand (a number, or one per cell). With `integer` the attacker also uses
    that people are whole (slower; the same bounds where `margins.is_network`). Raises Contradiction when no table fits.
    """
    low = np.asarray(published, np.float64).ravel().copy()
    high = low.copy()
    for system in systems(margins, published, lower, upper):
        for i, cell in enumerate(system.cells):
            goal = np.zeros(len(system.cells))
            goal[i] = 1.0
            greatest, least = system.extreme(goal, integer=integer), system.extreme(-goal, integer=integer)
            high[cell] = np.inf if greatest is None else greatest[i]
            low[cell] = -np.inf if least is None else least[i]
    return Bounds(_whole(low).reshape(margins.shape), _whole(high).reshape(margins.shape))


def _whole(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Whole numbers where the solver missed them by its tolerance."""
    near = np.rint(values)
    return np.where(np.isclose(values, near, rtol=SLACK, atol=SLACK), near, values)


class Witnesses:
    """Tables that would have been published alike, met so far; they prove widths without solving for every cell.

    `least` and `greatest` hold, per cell (flat), the extremes over those tables and the truth.
    """

    def __init__(self, truth: NDArray[np.int64] | NDArray[np.float64]) -> None:
        self.truth = truth.ravel().astype(np.float64)
        self.least, self.greatest = self.truth.copy(), self.truth.copy()
        self._shifts: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
        self._had = 0

    def add(self, cells: NDArray[np.int64], values: NDArray[np.float64]) -> None:
        """One more table, given where it may differ from the truth."""
        moved = np.abs(values - self.truth[cells]) > SLACK
        cells, values = cells[moved], values[moved]
        self._shifts.append((cells, values))
        self.least[cells] = np.minimum(self.least[cells], values)
        self.greatest[cells] = np.maximum(self.greatest[cells], values)

    def agreeing(self, cell: int) -> Witnesses:
        """Those that have the true count in this cell: what is left when it is shown."""
        left = Witnesses(self.truth)
        for cells, values in self._shifts:
            if cell not in cells:
                left.add(cells, values)
        left._had = len(left._shifts)
        return left

    def learn(self, other: Witnesses) -> None:
        """Whatever the other has met beside the tables that it had from here."""
        for cells, values in other._shifts[other._had:]:
            self.add(cells, values)

    def proven(self, need: float) -> NDArray[np.bool_]:
        """Cells whose width is known to be `need` at least."""
        return self.greatest - self.least >= need - SLACK


def narrow(margins: Margins, truth: NDArray[np.int64], hidden: NDArray[np.bool_], need: float, *,
           witnesses: Witnesses | None = None, integer: bool = False, first: bool = False) -> NDArray[np.int64]:
    """Flat indices of hidden cells that an outsider can pin down to an interval narrower than `need`; with `first`, only the first
    that is found.

    The same answer as `lp_bounds`, for its owner: knowing the truth, and every other table met on the way, most cells need no solving.
    """
    seen = Witnesses(truth) if witnesses is None else witnesses
    published = np.where(hidden, np.nan, truth.astype(np.float64))
    found = []
    for system in systems(margins, published):
        for i, cell in enumerate(system.cells):
            if not _wide(system, i, seen, need, integer):
                found.append(int(cell))
                if first:
                    return np.array(found, np.int64)
    return np.array(found, np.int64)


def _wide(system: System, i: int, seen: Witnesses, need: float, integer: bool) -> bool:
    cell = system.cells[i]
    for sign in (1.0, -1.0):
        if seen.greatest[cell] - seen.least[cell] >= need - SLACK:
            return True
        goal = np.zeros(len(system.cells))
        goal[i] = sign
        table = system.extreme(goal, integer=integer)
        if table is None:
            return True
        seen.add(system.cells, table)
    return bool(seen.greatest[cell] - seen.least[cell] >= need - SLACK)
