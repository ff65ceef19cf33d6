"""Who knows all of a child but one answer: can they read it off what was released?"""

from __future__ import annotations

import numpy as np

from havre.disclosure.audit.attacks.gate import Codes, Comparison, Successes
from havre.disclosure.audit.attacks.nearest import distances


def inferred(members: Codes, non_members: Codes, released: Codes, secret: int) -> Comparison:
    """The guess is the answer most of the nearest released rows give, nearest by all other attributes."""
    return Comparison.of(_guessed(members, released, secret), _guessed(non_members, released, secret))


def _guessed(targets: Codes, released: Codes, secret: int) -> Successes:
    known = [c for c in range(targets.shape[1]) if c != secret]
    codes = int(max(targets[:, secret].max(), released[:, secret].max())) + 1
    answers = np.eye(codes, dtype=np.float32)[released[:, secret]]
    right = np.empty(len(targets), np.bool_)
    for block, apart in distances(targets, released, known):
        votes = (apart == apart.min(axis=1, keepdims=True)).astype(np.float32) @ answers
        right[block] = votes.argmax(axis=1) == targets[block, secret]
    return right
