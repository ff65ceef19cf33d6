"""Among whom is an audit made? Invented children, thinly documented as most are, and one who is not."""

from __future__ import annotations

import numpy as np

from havre.disclosure.audit.mechanism import Person
from havre.disclosure.domain import Attribute, Domain

CODES = ("a", "b", "c", "d")
SHARES = (0.6, 0.25, 0.13, 0.02)
KNOWN = 0.45  # of the attributes of a child, on average
UNLISTED = "held by one"


def domain(attributes: int) -> Domain:
    """So many attributes of four codes, with “other” and “not known”."""
    return Domain(tuple(Attribute(name, CODES) for name in _names(attributes)))


def people(children: int, attributes: int, seed: int) -> list[Person]:
    """Children of whom about half is known, never everything; the rare code is held by few, never twice by one child."""
    rng = np.random.default_rng(seed)
    names = _names(attributes)
    made: list[Person] = []
    for _ in range(children):
        known = 1 + rng.binomial(max(1, attributes - 2), KNOWN)
        chosen = rng.choice(attributes, size=min(known, max(1, attributes - 1)), replace=False)
        codes = rng.choice(len(CODES), p=SHARES, size=len(chosen))
        codes[1:][codes[1:] == len(CODES) - 1] = 0
        made.append({names[at]: CODES[code] for at, code in zip(sorted(chosen), codes, strict=True)})
    return made


def canary(attributes: int) -> Person:
    """Everything is known of this child, and all of it is rare."""
    return dict.fromkeys(_names(attributes), CODES[-1])


def _names(attributes: int) -> list[str]:
    return [f"q{i + 1}" for i in range(attributes)]
