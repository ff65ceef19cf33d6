"""Does an attack learn more of the children in the data than of children who are not?

Whatever can be said of a population can be said of anyone in it: that is what statistics are for. Only what succeeds oftener on members
than on as many non-members of the same population comes from a child's own row (the comparison of Giomi et al. 2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

Codes = NDArray[np.int64]
"""Rows as places in codebooks: (children, attributes)."""
Successes = NDArray[np.bool_]
"""Target by target: was the attacker right (or, for membership, did the attacker say "in")?"""


@dataclass(frozen=True)
class Comparison:
    """An attack on as many members as non-members."""

    members: int
    non_members: int
    each: int

    @classmethod
    def of(cls, members: Successes, non_members: Successes) -> Comparison:
        """From the successes; ValueError unless there are as many of each, as unequal numbers fake a risk."""
        if len(members) != len(non_members) or not len(members):
            raise ValueError("as many members as non-members are needed")
        return cls(int(members.sum()), int(non_members.sum()), len(members))

    @property
    def difference(self) -> float:
        """Success on members less success on non-members."""
        return (self.members - self.non_members) / self.each

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Where the difference may lie (Newcombe 1998, method 10, from Wilson's intervals)."""
        first, second = _wilson(self.members, self.each, confidence), _wilson(self.non_members, self.each, confidence)
        p, q = self.members / self.each, self.non_members / self.each
        return (self.difference - sqrt((p - first[0])**2 + (second[1] - q)**2), self.difference + sqrt((first[1] - p)**2 + (q - second[0])**2))

    def gives_nothing(self, confidence: float = 0.95) -> bool:
        """Does the interval hold zero?"""
        low, high = self.interval(confidence)
        return low <= 0 <= high


def _wilson(successes: int, trials: int, confidence: float) -> tuple[float, float]:
    z = float(norm.ppf((1 + confidence) / 2))
    centre = (successes + z * z / 2) / (trials + z * z)
    half = z / (trials + z * z) * sqrt(successes * (trials - successes) / trials + z * z / 4)
    return centre - half, centre + half
