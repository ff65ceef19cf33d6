"""Small invented populations for the tests of the sheet."""

from __future__ import annotations

import numpy as np

from havre.disclosure import Attribute, Domain, Rows

SEX = Attribute("sex", ["f", "m"], other=None)
AGE = Attribute("age", [f"{i}" for i in range(7)], {"band": {f"{i}": "0-3" if i < 4 else "4-6" for i in range(7)}}, other=None)
PLACE = Attribute("place", ["P", "Q", "R", "S", "T", "U"], {
    "region": {"P": "A", "Q": "A", "R": "A", "S": "B", "T": "B", "U": "C"}, "country": {"A": "X", "B": "X", "C": "Y"}})
DOMAIN = Domain((SEX, AGE, PLACE))


def people(domain: Domain = DOMAIN, n: int = 2000, seed: int = 1) -> Rows:
    """n rows, unevenly spread."""
    rng = np.random.default_rng(seed)
    codes = {}
    for attribute in domain.attributes:
        size = len(attribute.codes)
        codes[attribute.name] = rng.choice(size, n, p=rng.dirichlet(np.full(size, 0.7))).astype(np.int32)
    return Rows(domain, codes)
