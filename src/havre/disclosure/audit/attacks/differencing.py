"""Who came between two releases? Subtract one from the other and look at the cells."""

from __future__ import annotations

import numpy as np

from havre.disclosure.audit.attacks.gate import Codes, Comparison
from havre.disclosure.audit.attacks.membership import Tables


def came_between(members: Codes, non_members: Codes, before: Tables, after: Tables) -> Comparison:
    """`members` came between, `non_members` did not. The attacker says "came" when every table holds more in the child's cell."""
    def says(targets: Codes) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        more = [(after[columns] - before[columns])[tuple(targets[:, list(columns)].T)] > 0.5 for columns in before]
        return np.asarray(np.all(more, axis=0))
    return Comparison.of(says(members), says(non_members))
