"""Can the rows be rebuilt from many tables at once?

The attacker knows everything about the targets but one answer, yes or no, and looks for the answers that fit all released tables best:
least total absolute misfit, by linear programming (Dinur and Nissim 2003; Dwork, McSherry and Talwar 2007).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from havre.disclosure.audit.attacks.gate import Codes, Comparison, Successes
from havre.disclosure.audit.attacks.membership import Tables


def rebuilt(members: Codes, non_members: Codes, released: Tables, secret: int) -> Comparison:
    """`released` are tables that count the column `secret` (codes 0 and 1; the last axis) beside others. The same attack on
    non-members says how far the population alone leads."""
    return Comparison.of(_fitted(members, released, secret), _fitted(non_members, released, secret))


def _fitted(targets: Codes, released: Tables, secret: int) -> Successes:
    """Which answers come out right when the attacker takes the released tables to be about these targets."""
    rows, right = [], []
    for columns, table in released.items():
        if columns[-1] != secret:
            raise ValueError("the secret is the last axis of each table")
        shape = table.shape[:-1]
        cells = np.ravel_multi_index(targets[:, list(columns[:-1])].T, shape)
        rows.append(sparse.csr_matrix((np.ones(len(targets)), (cells, np.arange(len(targets)))), shape=(int(np.prod(shape)), len(targets))))
        right.append(table[..., 1].ravel())
    system = sparse.vstack(rows, format="csr")
    answers = _least_misfit(system, np.concatenate(right))
    return np.asarray((answers > 0.5) == (targets[:, secret] == 1))


def _least_misfit(system: sparse.csr_matrix, right: NDArray[np.float64]) -> NDArray[np.float64]:
    sums, people = system.shape
    slack = sparse.identity(sums)
    cost = np.concatenate([np.zeros(people), np.ones(2 * sums)])
    limits = np.column_stack([np.zeros(len(cost)), np.concatenate([np.ones(people), np.full(2 * sums, np.inf)])])
    solved = linprog(cost, A_eq=sparse.hstack([system, slack, -slack]), b_eq=right, bounds=limits, method="highs")
    return np.asarray(solved.x[:people], np.float64)
