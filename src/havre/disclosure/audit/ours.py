"""Which of our own ways to tell numbers are audited? The tables of a sheet, as they leave `measure`, and rows invented from it."""

from __future__ import annotations

from itertools import product
from math import sqrt

import numpy as np

from havre.disclosure.audit.canary import Declared
from havre.disclosure.audit.mechanism import Cells, Mechanism, People, Release, combination
from havre.disclosure.budget import epsilon_of
from havre.disclosure.counting import count
from havre.disclosure.domain import Domain, Spec
from havre.disclosure.measure import measure
from havre.disclosure.plan import Plan
from havre.disclosure.residual import reconstruct
from havre.disclosure.sheet import Sheet
from havre.disclosure.shrinkage.estimates import estimate


def measured(plan: Plan) -> Mechanism:
    """Every planned table and what it is made of, measured anew for each release; chance is OpenDP's, seeds are not heard."""
    def mechanism(people: People) -> Release:
        counts = count(plan.domain.encode(columns(plan.domain, people)), plan.workload.widest())
        return lambda _seed: told(measure(plan, counts))
    return mechanism


def synthesized(plan: Plan) -> Mechanism:
    """Rows invented from a sheet that is measured anew for each release, told as the combinations they hold; chance as above."""
    def mechanism(people: People) -> Release:
        counts = count(plan.domain.encode(columns(plan.domain, people)), plan.workload.widest())
        return lambda seed: held(measure(plan, counts), seed)
    return mechanism


def held(sheet: Sheet, seed: int) -> Cells:
    """How many of the rows invented from a sheet hold each combination that it measured; none is named that no row holds."""
    rows = estimate(sheet).microdata(seed=seed)
    cells: dict[tuple[tuple[str, str], ...], float] = {(): float(len(rows))}
    for spec in (spec for spec in _finest(sheet) if spec):
        names = [name for name, _ in spec]
        for codes, number in zip(*np.unique(np.column_stack([rows.codes[name] for name in names]), axis=0, return_counts=True), strict=True):
            labels = [sheet.domain.attribute(name).codes[code] for name, code in zip(names, codes, strict=True)]
            cells[combination(zip(names, labels, strict=True))] = float(number)
    return cells


def told(sheet: Sheet) -> Cells:
    """Every number that a sheet can be asked for at the finest levels, by combination."""
    cells: dict[tuple[tuple[str, str], ...], float] = {}
    for spec in _finest(sheet):
        names = [name for name, _ in spec]
        values = reconstruct(sheet.components, spec, sheet.domain)
        for codes, value in zip(product(*sheet.domain.codes(spec)), values.ravel(), strict=True):
            cells[combination(zip(names, codes, strict=True))] = float(value)
    return cells


def _finest(sheet: Sheet) -> list[Spec]:
    depth = {name: sheet.domain.attribute(name).depth for name in sheet.domain.names}
    return [spec for spec in sheet.components if all(at == depth[name] for name, at in spec)]


def columns(domain: Domain, people: People) -> dict[str, list[str]]:
    """People as columns of a domain."""
    return {name: [person.get(name, "") for person in people] for name in domain.names}


def declared(plan: Plan, delta: float) -> Declared:
    """What a plan promises: Gaussian noise worth rho in all is sqrt(2 rho)-Gaussian-private."""
    return Declared(epsilon_of(plan.rho, delta), delta, sqrt(2 * float(plan.rho)))
