"""Which cells of an exact table must be hidden, so that no small group can be worked out from the rest?

Primary: every count below the limit, zero among them (a hidden cell then says nothing, and zero never speaks for a whole group).
Complementary: further cells, as little of the table as possible, until the interval an outsider can compute for any hidden cell is at
least `width` wide. Small tables are solved to the optimum (a master problem over the cells and cuts from the attacker's linear program;
Fischetti and Salazar 2001); large ones cell by cell, each time along the cheapest table that could have been published instead
(Kelly, Golden and Assad 1992; Cox 1995), then trimmed. Whichever way, the result is attacked before it leaves here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, linprog, milp

from havre.disclosure.lp import SLACK, Witnesses, narrow
from havre.disclosure.margins import Margins

RELEASE_LIMIT: Final = 11  # the usual one for people on the move (CTDC)
EXACT_CELLS: Final = 300  # larger tables, with their margins, are not solved to the optimum
EXACT_CELLS_DEEP: Final = 64  # nor are these, where the sums form no network (three axes, or two with levels)
EXACT_ROUNDS: Final = 60
EXACT_NODES: Final = 20_000
TRIMMED: Final = 60  # complementary cells tried for showing again


@dataclass(frozen=True)
class Suppressed:
    """A table as it may be shown: `published` (margins last along each axis) is NaN where `hidden`. It does not tell primary from
    complementary cells, as that would tell which counts are small. `optimal`: no table with less lost is safe."""

    margins: Margins
    published: NDArray[np.float64]
    hidden: NDArray[np.bool_]
    lost: float
    optimal: bool


def suppress(counts: NDArray[np.int64], margins: Margins | None = None, *, below: int = RELEASE_LIMIT, width: int | None = None,
             weights: NDArray[np.float64] | None = None, impossible: NDArray[np.bool_] | None = None,
             exact_cells: int | None = None) -> Suppressed:
    """Hide small cells and what would give them away; margins are those of plain axes unless given.

    `counts` has the shape `margins.leaves`. `width` (people; `below` - 1 unless given) is the least width of the interval of any hidden
    cell. `weights` (shape `margins.shape`, above zero) say what hiding a cell costs: 1 + log2(1 + count) unless given. `impossible`
    (shape of `counts`) marks combinations that everybody knows to be empty: they are shown as 0. Tables of up to `exact_cells` cells are
    solved to the optimum. ValueError on negative counts, limits
    or weights, and on an impossible combination that holds someone.
    """
    layout = Margins.plain(*counts.shape) if margins is None else margins
    table = layout.expand(counts)
    need = below - 1 if width is None else width
    if counts.min(initial=0) < 0 or below < 1 or need < 0:
        raise ValueError("counts and limits cannot be negative")
    possible = np.ones(layout.shape, np.bool_)
    if impossible is not None:
        if counts[impossible].any():
            raise ValueError("an impossible combination holds someone")
        possible = layout.expand((~impossible).astype(np.int64)) > 0
    cost = 1 + np.log2(1 + table) if weights is None else np.asarray(weights, np.float64)
    if cost.shape != layout.shape or cost.min(initial=1.0) <= 0:
        raise ValueError("weights need the shape of the table with its margins, each above zero")
    primary = (table < below) & possible
    task = _Task(layout, table, cost.ravel(), possible.ravel(), float(need))
    small = (EXACT_CELLS if layout.is_network else EXACT_CELLS_DEEP) if exact_cells is None else exact_cells
    hidden, optimal = task.solve(primary.ravel(), layout.size <= small)
    return Suppressed(layout, np.where(hidden, np.nan, table.ravel()).reshape(layout.shape), hidden.reshape(layout.shape),
                      float(cost.ravel()[hidden].sum()), optimal)


@dataclass(frozen=True)
class _Task:
    """One table to protect; every array is flat."""

    margins: Margins
    table: NDArray[np.int64]
    cost: NDArray[np.float64]
    possible: NDArray[np.bool_]
    need: float

    def solve(self, primary: NDArray[np.bool_], small: bool) -> tuple[NDArray[np.bool_], bool]:
        """The cells to hide, attacked with whole numbers; and whether nothing cheaper withstands."""
        if not primary.any() or not self.need:
            return primary, True
        hidden = self._optimum(primary) if small else None
        optimal = hidden is not None
        if hidden is None:
            hidden = self._trim(*self._cover(primary), primary)
        while len(weak := self._narrow(hidden, integer=not self.margins.is_network)):
            optimal = False
            for cell in weak:
                hidden[self._open_path(int(cell))] = True
        return hidden, optimal

    def _narrow(self, hidden: NDArray[np.bool_], *, seen: Witnesses | None = None, integer: bool = False, first: bool = False) -> NDArray[np.int64]:
        return narrow(self.margins, self.table, hidden.reshape(self.margins.shape), self.need, witnesses=seen, integer=integer, first=first)

    def _open_path(self, cell: int) -> NDArray[np.int64]:
        """One leaf of the cell and all that holds it: with these hidden, more children there are never ruled out, whole numbers or not."""
        leaves = self.margins.held(cell)
        return self.margins.above(int(leaves[self.possible[leaves]][0]))

    # -- to the optimum --------------------------------------------------------------------------------------------------

    def _optimum(self, primary: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
        """Cheapest cells by cuts, or None when that takes too many rounds."""
        fixed = Box(primary.astype(float), self.possible.astype(float))
        cuts = [self._first_cuts()]
        for _ in range(EXACT_ROUNDS):
            matrix = sparse.vstack(cuts, format="csr")
            solved = milp(self.cost, integrality=np.ones(len(self.cost)), bounds=fixed, options={"node_limit": EXACT_NODES, "mip_rel_gap": 0.0},
                          constraints=LinearConstraint(matrix, np.zeros(matrix.shape[0]), np.inf))
            if solved.status != 0:
                return None
            hidden = np.asarray(solved.x > 0.5)
            fresh = self._cuts(hidden)
            if not fresh:
                return hidden
            cuts.extend(fresh)
        return None

    def _first_cuts(self) -> sparse.csr_matrix:
        """No equation with exactly one hidden cell: for each cell of each sum, the others hidden together at least as much as it."""
        relations = sparse.csr_matrix(abs(self.margins.relations))
        entries = relations.tocoo()
        selected = sparse.csr_matrix(relations[entries.row])
        own = sparse.csr_matrix((np.full(entries.nnz, 2.0), (np.arange(entries.nnz), entries.col)), shape=selected.shape)
        return sparse.csr_matrix(selected - own)

    def _cuts(self, hidden: NDArray[np.bool_]) -> list[sparse.csr_matrix]:
        """For each cell the attacker pins down: what every safe choice hides beside it."""
        seen = Witnesses(self.table)
        return [cut for cell in np.flatnonzero(hidden) if not seen.proven(self.need)[cell]
                if (cut := self._cut(int(cell), hidden, seen)) is not None]

    def _cut(self, cell: int, hidden: NDArray[np.bool_], seen: Witnesses) -> sparse.csr_matrix | None:
        """From the dual of the attacker's program: sum of coefficients over hidden cells >= need, whenever this cell is hidden."""
        down = self.table.ravel().astype(np.float64)
        most = self.need * len(down)
        width, price = 0.0, np.zeros(len(down))
        for sign in (1.0, -1.0):
            goal = np.zeros(len(down))
            goal[cell] = -sign
            solved = linprog(goal, A_eq=self.margins.relations, b_eq=np.zeros(self.margins.relations.shape[0]), method="highs",
                             bounds=np.column_stack([np.where(hidden, -np.minimum(down, most), 0.0), np.where(hidden, most, 0.0)]))
            seen.add(np.arange(len(down)), down + solved.x)
            width -= solved.fun
            price += np.maximum(-solved.upper.marginals - solved.lower.marginals, 0.0) * most
            price += np.maximum(solved.upper.marginals + solved.lower.marginals, 0.0) * np.minimum(down, most)
        if width >= self.need - SLACK:
            return None
        price[cell] = 0.0
        row = np.where(price > SLACK, np.minimum(price, self.need), 0.0) / self.need
        row[cell] = -1.0
        return sparse.csr_matrix(row)

    # -- cell by cell ----------------------------------------------------------------------------------------------------

    def _cover(self, hidden: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Witnesses]:
        """Hide, for each cell that is not yet wide enough, the cheapest table that could stand in place of this one; and those tables."""
        hidden, seen, everywhere = hidden.copy(), Witnesses(self.table), np.arange(len(hidden))
        while len(weak := np.flatnonzero(hidden & ~seen.proven(self.need))):
            cell = int(weak[np.argmin(self.cost[weak])])
            shift = self._cheapest(cell, hidden)
            seen.add(everywhere, self.table.ravel() + shift)
            hidden |= np.abs(shift) > SLACK
        return hidden, seen

    def _cheapest(self, cell: int, hidden: NDArray[np.bool_]) -> NDArray[np.float64]:
        """A change of the table that adds up, with as many more in `cell` as the width asks, along the cells that cost least to hide."""
        relations = self.margins.relations
        down = np.where(self.possible, self.table.ravel(), 0).astype(np.float64)
        up = np.where(self.possible, np.inf, 0.0)
        limits = np.column_stack([np.zeros(2 * len(down)), np.concatenate([up, down])])
        limits[[cell, len(down) + cell]] = [[self.need, self.need], [0.0, 0.0]]
        price = np.tile(np.where(hidden, 0.0, self.cost), 2)
        x = linprog(price, A_eq=sparse.hstack([relations, -relations]), b_eq=np.zeros(relations.shape[0]), bounds=limits, method="highs").x
        return np.asarray(x[:len(down)] - x[len(down):], np.float64)

    def _trim(self, hidden: NDArray[np.bool_], seen: Witnesses, primary: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Show again what is not needed, the costliest first."""
        extra, sums = np.flatnonzero(hidden & ~primary), sparse.csc_matrix(abs(self.margins.relations))
        for cell in extra[np.argsort(-self.cost[extra], kind="stable")][:TRIMMED]:
            without, left = hidden.copy(), seen.agreeing(int(cell))
            without[cell] = False
            rows = sums.indices[sums.indptr[cell]:sums.indptr[cell + 1]]
            if (self.margins.relations[rows].astype(bool) @ without.astype(np.int64) == 1).any():
                continue  # one hidden cell alone in a sum would be told at once
            if not len(self._narrow(without, seen=left, first=True)):
                hidden, seen = without, left
            else:
                seen.learn(left)  # tables with this cell shown are possible with it hidden
        return hidden
