"""Was this child in the data?

`by_rows`: the nearest released row is nearer than the median over all targets. `by_tables`: the child's cells are fuller than a
reference of the same population says, summed over all tables (Homer et al. 2008; the likelihood ratio to first order), again against the
median. Each says "in" of half the targets, so that only telling members from the others counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.audit.attacks.gate import Codes, Comparison
from havre.disclosure.audit.attacks.nearest import nearest

Tables = Mapping[tuple[int, ...], NDArray[np.float64]]
"""Tables by the columns they count."""


def by_rows(members: Codes, non_members: Codes, released: Codes, *, seed: int = 0) -> Comparison:
    """Released rows against all attributes of the targets."""
    known = range(members.shape[1])
    return _above_median(-nearest(members, released, known)[1].astype(np.float64), -nearest(non_members, released, known)[1].astype(np.float64), seed)


def by_tables(members: Codes, non_members: Codes, released: Tables, reference: Codes, *, seed: int = 0) -> Comparison:
    """Released tables against a sample of the population that the attacker has."""
    return _above_median(_fullness(members, released, reference), _fullness(non_members, released, reference), seed)


def _fullness(targets: Codes, released: Tables, reference: Codes) -> NDArray[np.float64]:
    score = np.zeros(len(targets))
    for columns, table in released.items():
        usual = np.zeros(table.shape)
        np.add.at(usual, tuple(reference[:, list(columns)].T), 1.0)
        usual = (usual + 0.5) / (usual + 0.5).sum()
        excess = (table / max(float(table.sum()), 1.0) - usual) / usual
        score += excess[tuple(targets[:, list(columns)].T)]
    return score


def _above_median(inside: NDArray[np.float64], outside: NDArray[np.float64], seed: int) -> Comparison:
    """Ties at the median fall by lot."""
    lot = np.random.default_rng(seed).random(len(inside) + len(outside))
    order = np.lexsort((lot, np.concatenate([inside, outside])))
    says_in = np.zeros(len(order), np.bool_)
    says_in[order[len(order) // 2:]] = True
    return Comparison.of(says_in[:len(inside)], says_in[len(inside):])
