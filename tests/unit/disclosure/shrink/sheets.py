"""Small invented populations with dependence, and their sheets with noise from a seed, so that a test always sees the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from havre.disclosure import Attribute, Domain, Plan, Rows, Sheet, Spec, Workload, count, for_estimates, plan
from havre.disclosure.residual import aggregate, centre

PLACE = Attribute("place", ["P", "Q", "R", "S", "T", "U"], {"region": {"P": "A", "Q": "A", "R": "A", "S": "B", "T": "B", "U": "C"}}, other=None, missing=None)
DOMAIN = Domain((PLACE, *(Attribute(name, [f"{name} {i}" for i in range(size)], other=None, missing=None)
                          for name, size in (("age", 6), ("sex", 2), ("status", 4), ("route", 5)))))


def people(rows: int = 8000, seed: int = 1, domain: Domain = DOMAIN) -> Rows:
    """Rows of four hidden kinds of people; within a kind the attributes are independent."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(4, rows, p=[0.4, 0.3, 0.2, 0.1])
    codes = {}
    for attribute in domain.attributes:
        chances = rng.dirichlet(np.full(len(attribute.codes), 0.6), 4)
        codes[attribute.name] = (chances.cumsum(1)[kind] < rng.random((rows, 1))).sum(1).clip(0, len(attribute.codes) - 1).astype(np.int32)
    return Rows(domain, codes)


def ways(number: int = 3, rho: str = "0.028", domain: Domain = DOMAIN) -> Plan:
    """All tables of up to so many attributes, planned for estimates."""
    return plan(domain, for_estimates(domain, Workload.all_ways(domain, number)), rho)


def sheet(planned: Plan, rows: Rows, seed: int = 1) -> Sheet:
    """What `measure` gives, with Gaussian noise from a seed in place of the system's."""
    rng = np.random.default_rng(seed)
    parts = {}
    for component, sigma in planned.sigma.items():
        counts = exact(rows, component).astype(float)
        parts[component] = centre(counts + rng.normal(0, float(sigma), counts.shape), component, rows.domain)
    return Sheet(planned, parts)


def exact(rows: Rows, spec: Spec) -> NDArray[np.int64]:
    """The exact counts of a table, at any level."""
    fine = rows.domain.spec(*(name for name, _ in spec))
    return aggregate(count(rows, (fine,))[fine], fine, spec, rows.domain)
