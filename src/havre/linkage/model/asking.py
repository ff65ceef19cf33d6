"""How much is known, and which question would help most?

A field tells, on average, as many bits about the kind of pair (one person, one family, unrelated) as knowing it would take from
the uncertainty: the mutual information of its level and the kind (Shannon 1948). For a field that is missing on a side this is
what asking is expected to bring, given everything known so far.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from havre.linkage.evidence.base import Evidence
from havre.linkage.model.parameters import FieldModel, Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVEN: Final = (1 / 3, 1 / 3, 1 / 3)
WORTH_ASKING: Final = 0.01  # bits
OPTIONAL: Final = frozenset({"sibling_named"})  # follows from names and brothers and sisters; nobody can be asked for it


class Ask(NamedTuple):
    """A field worth asking about: expected `bits` of information, and whether each side has said something already."""

    field: str
    bits: float
    left_known: bool
    right_known: bool


def _entropy(chances: Iterable[float]) -> float:
    return -math.fsum(p * math.log2(p) for p in chances if p > 0)


def expected_bits(known: FieldModel, chances: tuple[float, float, float]) -> float:
    """Bits about the kind of pair that the field is expected to bring, where (match, family, unrelated) have these chances."""
    return max(0.0, _entropy(chances) - float(_left(np.array(_usual(known)), chances).sum()))


def _usual(known: FieldModel) -> list[tuple[float, float, float]]:
    """How usual each level is, in each kind adding up to 1."""
    triples = [known.levels[name] for name in known.levels if not name.startswith("date_")]
    a, b, c = (math.fsum(t[k] for t in triples) for k in range(3))
    return [(m / a, f / b, u / c) for m, f, u in triples]


def _left(usual: NDArray[np.float64], chances: tuple[float, float, float]) -> NDArray[np.float64]:
    """Bits of uncertainty that remain at each level, times how often it comes; over all levels of a field H(kind, level) - H(level).
    Shapes: (levels, 3) and (levels,)."""
    shares = usual * np.maximum(chances, 1e-300)
    total = shares.sum(axis=1)
    bits: NDArray[np.float64] = total * np.log2(total) - (shares * np.log2(shares)).sum(axis=1)
    return bits


@lru_cache(maxsize=8)
def usual_bits(model: Model) -> Mapping[str, float]:
    """Bits of each field while nothing is known and each kind is as likely: how much the field matters in general."""
    return {name: expected_bits(known, EVEN) for name, known in model.fields.items() if name not in OPTIONAL}


@lru_cache(maxsize=8)
def _levels(model: Model) -> tuple[Mapping[str, int], NDArray[np.float64], NDArray[np.int64]]:
    """Field -> its number; how usual the levels of every field are, one after the other; and where each field starts."""
    usual = {name: levels for name, known in model.fields.items() if (levels := _usual(known))}
    ends = np.cumsum([len(levels) for levels in usual.values()])
    return {name: i for i, name in enumerate(usual)}, np.array([triple for levels in usual.values() for triple in levels]), np.append(0, ends[:-1])


def known_share(evidence: Iterable[Evidence], model: Model) -> float:
    """Share of what could be known of a pair that is known, from 0 to 1; fields count by how much they matter in general."""
    bits = usual_bits(model)
    return math.fsum(bits.get(e.field, 0.0) for e in evidence if not e.missing) / math.fsum(bits.values())


def to_ask(evidence: Iterable[Evidence], model: Model, match: float, family: float) -> tuple[Ask, ...]:
    """The missing fields from which most is to be expected, the most helpful first; those that bring next to nothing are left out."""
    chances = match, family, max(0.0, 1.0 - match - family)
    uncertain = _entropy(chances)
    if uncertain < WORTH_ASKING:
        return ()
    numbers, usual, starts = _levels(model)
    left = np.add.reduceat(_left(usual, chances), starts).tolist()
    missing = [e for e in evidence if e.missing and e.field in numbers and e.field not in OPTIONAL]
    found = [Ask(e.field, uncertain - left[numbers[e.field]], bool(e.left), bool(e.right)) for e in missing]
    return tuple(sorted([ask for ask in found if ask.bits >= WORTH_ASKING], key=lambda ask: (-ask.bits, ask.field)))
