"""How much is known, and which question would help most?

A field tells, on average, as many bits about the kind of pair (one person, one family, unrelated) as knowing it would take from
the uncertainty: the mutual information of its level and the kind (Shannon 1948). For a field that is missing on a side this is
what asking is expected to bring, given everything known so far.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from havre.linkage.evidence.base import Evidence
from havre.linkage.model.parameters import FieldModel, Model

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
    return max(0.0, _entropy(chances) - _left(_usual(known), chances))


def _usual(known: FieldModel) -> list[tuple[float, float, float]]:
    """How usual each level is, in each kind adding up to 1."""
    triples = [known.levels[name] for name in known.levels if not name.startswith("date_")]
    a, b, c = (math.fsum(t[k] for t in triples) for k in range(3))
    return [(m / a, f / b, u / c) for m, f, u in triples]


def _left(usual: Iterable[tuple[float, float, float]], chances: tuple[float, float, float]) -> float:
    """Bits of uncertainty that remain, on average over the levels: H(kind, level) - H(level)."""
    log, left = math.log2, 0.0
    match, family, unrelated = (max(p, 1e-300) for p in chances)
    for m, f, u in usual:
        a, b, c = match * m, family * f, unrelated * u
        total = a + b + c
        left += total * log(total) - a * log(a) - b * log(b) - c * log(c)
    return left


@lru_cache(maxsize=8)
def usual_bits(model: Model) -> Mapping[str, float]:
    """Bits of each field while nothing is known and each kind is as likely: how much the field matters in general."""
    return {name: expected_bits(known, EVEN) for name, known in model.fields.items() if name not in OPTIONAL}


@lru_cache(maxsize=8)
def _levels(model: Model) -> Mapping[str, list[tuple[float, float, float]]]:
    return {name: _usual(known) for name, known in model.fields.items()}


def known_share(evidence: Iterable[Evidence], model: Model) -> float:
    """Share of what could be known of a pair that is known, from 0 to 1; fields count by how much they matter in general."""
    bits = usual_bits(model)
    return math.fsum(bits.get(e.field, 0.0) for e in evidence if not e.missing) / math.fsum(bits.values())


def to_ask(evidence: Iterable[Evidence], model: Model, match: float, family: float) -> tuple[Ask, ...]:
    """The missing fields from which most is to be expected, the most helpful first; those that bring next to nothing are left out."""
    chances = match, family, max(0.0, 1.0 - match - family)
    uncertain, levels = _entropy(chances), _levels(model)
    if uncertain < WORTH_ASKING:
        return ()
    missing = [e for e in evidence if e.missing and e.field in levels and e.field not in OPTIONAL]
    found = [Ask(e.field, uncertain - _left(levels[e.field], chances), bool(e.left), bool(e.right)) for e in missing]
    return tuple(sorted([ask for ask in found if ask.bits >= WORTH_ASKING], key=lambda ask: (-ask.bits, ask.field)))
