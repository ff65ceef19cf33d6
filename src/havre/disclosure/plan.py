"""How much noise does each part need, and how well will each table read? Answered before any data is touched: there is no data here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, frexp, sqrt

from havre.disclosure.budget import Budget, exact
from havre.disclosure.domain import Component, Domain, Spec
from havre.disclosure.problems import BadBudget, NotPlanned
from havre.disclosure.residual import mean_loading, sensitivity2, variance
from havre.disclosure.workload import Workload, below

Z = 1.959963984540054
"""The standard normal's 97.5 % point."""
READABLE = 0.3
"""A count can be read when its 95 % bar is within this share of it."""
BITS = 20
"""Standard deviations are kept to this many binary digits, so that multiples of them are exact in a float."""


@dataclass(frozen=True)
class Expected:
    """What a planned table will be like: its cells, the standard error of the worst and of the average cell (root mean square),
    and the smallest count whose 95 % bar is within 30 % of it everywhere in the table."""

    spec: Spec
    cells: int
    worst: float
    average: float

    @property
    def smallest_readable(self) -> int:
        """1.96 standard errors of the worst cell are 30 % of this count."""
        return ceil(Z * self.worst / READABLE)


@dataclass(frozen=True)
class Plan:
    """The noise of every component, for a workload within rho. Two data sets are neighbours when one holds one child more: at most
    `rows_per_child` rows. `sigma` holds exact standard deviations; `spent` never exceeds `rho`."""

    domain: Domain
    workload: Workload
    rho: Fraction
    rows_per_child: int
    sigma: Mapping[Component, Fraction]

    @cached_property
    def sigma2(self) -> Mapping[Component, Fraction]:
        """The variance of the noise of each component, before centring."""
        return {component: s * s for component, s in self.sigma.items()}

    def cost(self, component: Component) -> Fraction:
        """The rho of one component: Delta^2 / (2 sigma^2)."""
        return sensitivity2(self.domain, component) * self.rows_per_child**2 / (2 * self.sigma2[component])

    @cached_property
    def spent(self) -> Fraction:
        """The rho of all components together, exactly."""
        return sum((self.cost(component) for component in self.sigma), start=Fraction(0))

    def covers(self, spec: Spec) -> bool:
        """Whether this table can be made of the planned components."""
        return all(component in self.sigma for component in below(self.domain, spec))

    def expected(self, spec: Spec) -> Expected:
        """The error of one table, planned or held by a planned one; NotPlanned otherwise."""
        if not self.covers(spec):
            raise NotPlanned(table=self.domain.title(spec), planned=self.titles())
        cells = variance(self.sigma2, spec, self.domain)
        return Expected(spec, cells.size, sqrt(float(cells.max())), sqrt(float(cells.mean())))

    def expectations(self) -> tuple[Expected, ...]:
        """The error of every planned table."""
        return tuple(self.expected(spec) for spec in self.workload.tables)

    def titles(self, most: int = 12) -> str:
        """The planned tables for a sentence; no more than `most` of them."""
        named = [self.domain.title(spec) for spec in self.workload.tables]
        return "; ".join(named[:most]) + ("; …" if len(named) > most else "")


def plan(domain: Domain, workload: Workload, rho: Budget | Fraction | float | str, *, rows_per_child: int = 1) -> Plan:
    """The plan that makes the weighted sum of the variances of the workload's cells smallest, in closed form.

    With W_c the sum over tables of weight x variance their cells take from one unit of sigma_c^2, and Delta_c the sensitivity, the
    sum of sigma_c^2 W_c under sum Delta_c^2 / (2 sigma_c^2) = rho is smallest at sigma_c^2 = Delta_c / sqrt(W_c) x sum_k
    Delta_k sqrt(W_k) / (2 rho) (Cauchy-Schwarz; ResidualPlanner, section 4.2). Rounded up, so that the exact sum stays within rho.
    """
    whole = rho.rho if isinstance(rho, Budget) else exact(rho)
    if whole <= 0:
        raise BadBudget(hint="it must be more than nothing")
    if rows_per_child < 1:
        raise BadBudget(hint="a child stands in at least one row")
    loads = _loads(domain, workload)
    delta = {component: rows_per_child * sqrt(sensitivity2(domain, component)) for component in loads}
    total = sum(delta[c] * sqrt(load) for c, load in loads.items())
    variances = {c: delta[c] / sqrt(load) * total / (2 * float(whole)) for c, load in loads.items()}
    slack = 1.0
    while True:
        made = Plan(domain, workload, whole, rows_per_child, {c: _up(sqrt(v) * slack) for c, v in variances.items()})
        if made.spent <= whole:
            return made
        slack += 2.0**-BITS


def _loads(domain: Domain, workload: Workload) -> dict[Component, float]:
    loads: dict[Component, float] = dict.fromkeys(workload.closure(domain), 0.0)
    for spec, weight in workload.weights.items():
        for component in below(domain, spec):
            loads[component] += weight * domain.size(spec) * mean_loading(component, spec, domain)
    return loads


def _up(number: float) -> Fraction:
    """The number rounded up to BITS binary digits."""
    unit = Fraction(2) ** (frexp(number)[1] - BITS)
    return ceil(Fraction(number) / unit) * unit
