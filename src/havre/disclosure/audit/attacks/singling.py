"""Can a description that fits exactly one child be read off what was released?

Each description joins the values of some released row in a few attributes, and fits one released row alone. It succeeds when it fits
exactly one member; the same descriptions are held against as many non-members, for what luck does.
"""

from __future__ import annotations

import numpy as np

from havre.disclosure.audit.attacks.gate import Codes, Comparison


def singled_out(members: Codes, non_members: Codes, released: Codes, *, attempts: int, attributes: int, seed: int = 0) -> Comparison:
    """Up to `attempts` descriptions by `attributes` attributes each. ValueError when nothing in the release is alone."""
    rng = np.random.default_rng(seed)
    sets = [np.sort(rng.choice(released.shape[1], attributes, replace=False)) for _ in range(max(1, attempts // 50))]
    hits: list[list[bool]] = [[], []]
    for columns in sets:
        sizes = [int(max(rows[:, c].max(initial=0) for rows in (members, non_members, released))) + 1 for c in columns]
        packed = [np.ravel_multi_index(rows[:, columns].T, sizes) for rows in (released, members, non_members)]
        values, counts = np.unique(packed[0], return_counts=True)
        alone = rng.permutation(values[counts == 1])[:max(1, attempts // len(sets))]
        for side, inside in zip(hits, packed[1:], strict=True):
            found, held = np.unique(inside, return_counts=True)
            side.extend(np.isin(alone, found[held == 1]).tolist())
    return Comparison.of(np.array(hits[0], np.bool_), np.array(hits[1], np.bool_))
