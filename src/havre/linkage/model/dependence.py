"""Which fields repeat one another, and how is what they say together kept from being counted twice?

Whoever comes from one village mostly speaks its language and belongs to its people: three fields that agree say less than
three times as much. Fields are put in groups; within a group the strongest field for and the strongest against count in full,
the others with the group's weight. More agreement therefore never lowers a score. That names and places repeat within a family
needs no damping: it is what the family class is for.

The weight can be learned without labels. Of any likelihood ratio r of one person against unrelated people, the mean over
unrelated pairs is 1; where fields of a group agree together more often than each alone, the mean of the product of their
ratios exceeds 1 by so much. `learned_weight` gives the largest weight at which the mean over random pairs is 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Piece: TypeAlias = tuple[str, float, float]
"""A field with its llr and family llr."""

LEAST_WEIGHT: Final = 0.1
STEPS: Final = 24


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that repeat one another, and how much all but the strongest count, from 0 to 1."""

    fields: frozenset[str]
    weight: float


def damped(values: Sequence[float], weight: float) -> list[float]:
    """Evidence of one group: the highest above 0 and the lowest below 0 in full, the first of equals, the rest times `weight`."""
    high, low = max(values), min(values)
    full = {values.index(high)} if high > 0 else set()
    if low < 0:
        full.add(values.index(low))
    return [value if i in full else weight * value for i, value in enumerate(values)]


def dampen(pieces: list[Piece], groups: Iterable[Group]) -> list[Piece]:
    """The same pieces of evidence in the same order, those of a group damped."""
    for group in groups:
        places = [i for i, piece in enumerate(pieces) if piece[0] in group.fields]
        if len(places) > 1:
            llr = damped([pieces[i][1] for i in places], group.weight)
            family = damped([pieces[i][2] for i in places], group.weight)
            pieces = list(pieces)
            for i, x, y in zip(places, llr, family, strict=True):
                pieces[i] = (pieces[i][0], x, y)
    return pieces


def learned_weight(pairs: Sequence[Sequence[float]]) -> float:
    """The weight of a group from the llr of its fields in each of many random pairs (fields not known left out).

    Between `LEAST_WEIGHT` and 1; 1 where no pair knows two of the fields.
    """
    several = [values for values in pairs if len(values) > 1]
    if not several or _mean_ratio(several, 1.0) <= 1.0:
        return 1.0
    low, high = LEAST_WEIGHT, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _mean_ratio(several, middle) <= 1.0 else (low, middle)
    return low


def _mean_ratio(pairs: Sequence[Sequence[float]], weight: float) -> float:
    return math.fsum(math.exp(math.fsum(damped(values, weight))) for values in pairs) / len(pairs)
