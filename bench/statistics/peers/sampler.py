"""Rows from a graphical model of mbi 1.1.0, whose own sampler is faulty.

Its `synthetic_data` gives the rows of one group of parents' codes their new codes in the order in which the rows stand, so that columns
that the model holds independent given their parents come out ordered alike; and it takes as parents the attributes that were measured
together, not those of the triangulated graph. Here every group is put in random order, and parents are those earlier attributes that
share a clique of the junction tree with the new one, which makes the product of the conditionals the model itself (Koller and Friedman,
Probabilistic Graphical Models, 2009, chapter 10).
"""

from __future__ import annotations

from typing import Any

import numpy as np


def shared_out(weights: np.ndarray, rows: int, draw: np.random.Generator) -> np.ndarray:
    """`rows` codes with shares as near to the weights as whole numbers are, the remainders drawn, in random order."""
    total = float(weights.sum())
    exact = weights * rows / total if total > 0 else np.full(weights.size, rows / weights.size)
    whole = np.floor(exact).astype(int)
    rest = rows - int(whole.sum())
    if rest > 0:
        part = np.maximum(exact - whole, 1e-12)
        whole[draw.choice(part.size, rest, replace=False, p=part / part.sum())] += 1
    return draw.permutation(np.repeat(np.arange(weights.size), whole))


def drawn(model: Any, rows: int | None = None, method: str = "round") -> Any:
    """In the place of `MarkovRandomField.synthetic_data`."""
    from mbi import Dataset, junction_tree

    count = max(1, int(rows or model.total))
    tree, elimination = junction_tree.make_junction_tree(model.domain, [tuple(c) for c in model.cliques])
    cliques = [set(clique) for clique in junction_tree.maximal_cliques(tree)]
    draw = np.random.default_rng()
    out: dict[str, np.ndarray] = {}
    for name in elimination[::-1]:
        parents = tuple(p for p in out if any({p, name} <= clique for clique in cliques))
        marginal = model.project((*parents, name)).transpose((*parents, name))
        weights = np.asarray(marginal.datavector(flatten=False), float).clip(0)
        if not parents:
            out[name] = shared_out(weights, count, draw)
            continue
        group = np.ravel_multi_index(tuple(out[p] for p in parents), weights.shape[:-1])
        by_group = weights.reshape(-1, weights.shape[-1])
        out[name] = np.empty(count, int)
        order = np.argsort(group, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
            out[name][members] = shared_out(by_group[group[members[0]]], len(members), draw)
    return Dataset({name: out[name] for name in model.domain.attributes}, model.domain)
