"""May this exact table be shown beside those that were shown before?

Two tables that are each safe can give a small group away together: subtract last week's from today's and the new children stand alone;
subtract one grouping of ages from another and one year of age stands alone. So a new table is refused when, with any earlier one, it
leaves a group of fewer than the limit: by plain subtraction of cells that lie within each other, or by the linear program over all
published cells at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from havre.disclosure.lp import SLACK, System
from havre.disclosure.problems import SmallDifference
from havre.disclosure.suppression import RELEASE_LIMIT, Suppressed


@dataclass(frozen=True)
class Publication:
    """A shown table in terms of atoms, the groups that no table of the comparison splits: `cells` (cells, atoms) says which atoms each
    cell counts, `values` (cells) what was shown, NaN where hidden."""

    name: str
    cells: sparse.csr_matrix
    values: NDArray[np.float64]

    @classmethod
    def of(cls, name: str, table: Suppressed, leaves: NDArray[np.int64]) -> Publication:
        """`leaves[i]` is the finest cell of the table (flat index in `margins.leaves`) that atom i belongs to, -1 when it is not in this
        table's population (entered later, another place)."""
        held = sparse.csr_matrix(np.ones((1, 1)))
        for axis in table.margins.axes:
            held = sparse.csr_matrix(sparse.kron(held, axis.ancestors.astype(float)))
        inside = np.flatnonzero(leaves >= 0)
        count = int(np.prod(table.margins.leaves))
        belongs = sparse.csr_matrix((np.ones(len(inside)), (leaves[inside], inside)), shape=(count, len(leaves)))
        return cls(name, sparse.csr_matrix(held @ belongs), table.published.ravel())


def refuse_differences(new: Publication, earlier: Sequence[Publication], atoms: NDArray[np.int64], *, below: int = RELEASE_LIMIT,
                       width: int | None = None) -> None:
    """Raise SmallDifference when the new table and the earlier ones single out a group of fewer than `below` children.

    `atoms` are the true counts of the atoms now. `width` is the least width of the interval that must remain for every small group
    (`below` - 1 unless given). Where earlier values no longer hold (corrections), only pairs are compared.
    """
    for old in earlier:
        if _subtraction(new, old, below):
            raise SmallDifference(table=new.name, earlier=old.name, limit=below)
    for old in earlier:
        if _together([new, old], atoms, below, below - 1 if width is None else width):
            raise SmallDifference(table=new.name, earlier=old.name, limit=below)
    if len(earlier) > 1 and _together([new, *earlier], atoms, below, below - 1 if width is None else width):
        raise SmallDifference(table=new.name, earlier=", ".join(old.name for old in earlier), limit=below)


def _subtraction(new: Publication, old: Publication, below: int) -> bool:
    """Does a shown cell lie within one of the other table, and leave few?"""
    common = (new.cells @ old.cells.T).toarray()
    within = (common == np.asarray(old.cells.sum(axis=1)).ravel()) | (common == np.asarray(new.cells.sum(axis=1)).ravel()[:, None])
    left = np.abs(new.values[:, None] - old.values)
    return bool((within & (common > 0) & (left > 0) & (left < below)).any())


def _together(shown: Iterable[Publication], atoms: NDArray[np.int64], below: int, width: int) -> bool:
    """Does the linear program over all shown cells pin down a small group?"""
    matrix = sparse.vstack([p.cells for p in shown], format="csr")
    values = np.concatenate([p.values for p in shown])
    hidden = np.isnan(values)
    _, first, group = np.unique(matrix.toarray(), axis=1, return_index=True, return_inverse=True)
    truth = np.asarray(np.bincount(group.ravel(), weights=atoms, minlength=len(first)), np.float64)
    matrix = matrix[:, first]
    empty = np.asarray((matrix[~hidden][values[~hidden] == 0] > 0).sum(axis=0)).ravel() > 0  # shown as impossible: no secret
    system = System(np.arange(len(first)), sparse.csr_matrix(matrix[~hidden]), values[~hidden], np.zeros(len(first)), np.full(len(first), np.inf))
    targets = np.vstack([np.eye(len(first))[(truth < below) & ~empty], matrix[hidden].toarray()])
    targets = targets[(targets @ ~empty) > 0]
    if np.abs(system.matrix @ truth - system.right).max(initial=0.0) > SLACK:
        return False
    seen = [truth]
    return any(not _wide(system, target, seen, width) for target in np.unique(targets, axis=0))


def _wide(system: System, target: NDArray[np.float64], seen: list[NDArray[np.float64]], width: int) -> bool:
    for goal in (target, -target):
        reached = np.array(seen) @ target
        if np.ptp(reached) >= width - SLACK:
            return True
        table = system.extreme(goal)
        if table is None:
            return True
        seen.append(table)
    return bool(np.ptp(np.array(seen) @ target) >= width - SLACK)
