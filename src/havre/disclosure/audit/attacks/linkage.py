"""Can two halves of what is known of a child, held apart by two people, be joined through what was released?

Each half is matched to its nearest released row; when both come to the same row they are joined.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from havre.disclosure.audit.attacks.gate import Codes, Comparison
from havre.disclosure.audit.attacks.nearest import nearest


def joined(members: Codes, non_members: Codes, released: Codes, one: Sequence[int], other: Sequence[int], *, seed: int = 0) -> Comparison:
    """`one` and `other` are the columns that each side knows. Among equally near rows each side takes the first of one shuffled order."""
    shuffled = np.random.default_rng(seed).permutation(released)
    return Comparison.of(*(nearest(targets, shuffled, one)[0] == nearest(targets, shuffled, other)[0] for targets in (members, non_members)))
