"""Which of our own ways to tell numbers are audited? The tables of a sheet, as they leave `measure`."""

from __future__ import annotations

from itertools import product
from math import sqrt

from havre.disclosure.audit.canary import Declared
from havre.disclosure.audit.mechanism import Cells, Mechanism, People, Release, combination
from havre.disclosure.budget import epsilon_of
from havre.disclosure.counting import count
from havre.disclosure.domain import Domain
from havre.disclosure.measure import measure
from havre.disclosure.plan import Plan
from havre.disclosure.residual import reconstruct
from havre.disclosure.sheet import Sheet


def measured(plan: Plan) -> Mechanism:
    """Every planned table and what it is made of, measured anew for each release; chance is OpenDP's, seeds are not heard."""
    def mechanism(people: People) -> Release:
        counts = count(plan.domain.encode(columns(plan.domain, people)), plan.workload.widest())
        return lambda _seed: told(measure(plan, counts))
    return mechanism


def told(sheet: Sheet) -> Cells:
    """Every number that a sheet can be asked for at the finest levels, by combination."""
    cells: dict[tuple[tuple[str, str], ...], float] = {}
    finest = {name: sheet.domain.attribute(name).depth for name in sheet.domain.names}
    for spec in sheet.components:
        if any(at < finest[name] for name, at in spec):
            continue
        names = [name for name, _ in spec]
        values = reconstruct(sheet.components, spec, sheet.domain)
        for codes, value in zip(product(*sheet.domain.codes(spec)), values.ravel(), strict=True):
            cells[combination(zip(names, codes, strict=True))] = float(value)
    return cells


def columns(domain: Domain, people: People) -> dict[str, list[str]]:
    """People as columns of a domain."""
    return {name: [person.get(name, "") for person in people] for name in domain.names}


def declared(plan: Plan, delta: float) -> Declared:
    """What a plan promises: Gaussian noise worth rho in all is sqrt(2 rho)-Gaussian-private."""
    return Declared(epsilon_of(plan.rho, delta), delta, sqrt(2 * float(plan.rho)))
