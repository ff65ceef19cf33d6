"""How much noise does each part need, and how well will each table read? Answered before any data is touched: there is no data here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import ceil, frexp, sqrt

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.budget import Budget, exact
from havre.disclosure.domain import Component, Domain, Spec
from havre.disclosure.problems import BadBudget, NotPlanned, PlanTooPoor
from havre.disclosure.residual import mean_loading, sensitivity2, variance
from havre.disclosure.workload import Workload, below

Floats = NDArray[np.float64]
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
        cells = self.variance(spec)
        return Expected(spec, cells.size, sqrt(float(cells.max())), sqrt(float(cells.mean())))

    def variance(self, spec: Spec) -> Floats:
        """The exact variance of each cell of a table that the plan covers; worked out once, and not to be written to."""
        if spec not in self._variances:
            self._variances[spec] = variance(self.sigma2, spec, self.domain)
            self._variances[spec].setflags(write=False)
        return self._variances[spec]

    @cached_property
    def _variances(self) -> dict[Spec, Floats]:
        """What `variance` has found."""
        return {}

    def expectations(self) -> tuple[Expected, ...]:
        """The error of every planned table."""
        return tuple(self.expected(spec) for spec in self.workload.tables)

    def must_read(self, count: int) -> None:
        """PlanTooPoor, naming the worst planned table, unless counts from `count` up can be read everywhere."""
        worst = max(self.expectations(), key=lambda e: e.worst)
        if worst.smallest_readable > count:
            raise PlanTooPoor(table=self.domain.title(worst.spec), readable=worst.smallest_readable, most=count)

    def titles(self, most: int = 12) -> str:
        """The planned tables for a sentence; no more than `most` of them."""
        named = [self.domain.title(spec) for spec in self.workload.tables]
        return "; ".join(named[:most]) + ("; …" if len(named) > most else "")


class Aim(StrEnum):
    """What a plan makes as small as it can: the weighted sum of the variances of all cells, or the worst table's weighted variance
    (the mean over its cells)."""

    TOTAL = "total"
    WORST = "worst"


def plan(domain: Domain, workload: Workload, rho: Budget | Fraction | float | str, *, rows_per_child: int = 1, aim: Aim | str = Aim.TOTAL) -> Plan:
    """The best plan for a workload within rho.

    With W_c the sum over tables of weight x variance their cells take from one unit of sigma_c^2, and Delta_c the sensitivity, the
    sum of sigma_c^2 W_c under sum Delta_c^2 / (2 sigma_c^2) = rho is smallest at sigma_c^2 = Delta_c / sqrt(W_c) x sum_k
    Delta_k sqrt(W_k) / (2 rho) (Cauchy-Schwarz; ResidualPlanner, section 4.2). For the worst table the weights are sought by
    multiplicative updates, to within one part in a thousand. Rounded up, so that the exact sum stays within rho.
    """
    whole = rho.rho if isinstance(rho, Budget) else exact(rho)
    if whole <= 0:
        raise BadBudget(hint="it must be more than nothing")
    if rows_per_child < 1:
        raise BadBudget(hint="a child stands in at least one row")
    closure = workload.closure(domain)
    delta = rows_per_child * np.sqrt([float(sensitivity2(domain, component)) for component in closure])
    loads = _loads(domain, workload, closure)
    if Aim(aim) is Aim.TOTAL:
        weights = np.array([weight * domain.size(spec) for spec, weight in workload.weights.items()])
    else:
        weights = _worst(loads, delta, np.array(list(workload.weights.values())))
    variances = _cheapest(weights @ loads, delta) / (2 * float(whole))
    slack = 1.0
    while True:
        sigma = {c: round_up(sqrt(v) * slack) for c, v in zip(closure, variances, strict=True)}
        made = Plan(domain, workload, whole, rows_per_child, sigma)
        if made.spent <= whole:
            return made
        slack += 2.0**-BITS


def _loads(domain: Domain, workload: Workload, closure: tuple[Component, ...]) -> Floats:
    """tables x components: the mean variance that a table's cells take from one unit of each component's."""
    at = {component: i for i, component in enumerate(closure)}
    loads = np.zeros((len(workload.tables), len(closure)))
    for row, spec in zip(loads, workload.tables, strict=True):
        for component in below(domain, spec):
            row[at[component]] = mean_loading(component, spec, domain)
    return loads


def _cheapest(load: Floats, delta: Floats) -> Floats:
    """2 rho sigma^2 of every component."""
    root = np.sqrt(load)
    return np.asarray(delta / root * (delta @ root))


def _worst(loads: Floats, delta: Floats, asked: Floats) -> Floats:
    """The weights of tables under which the cheapest plan makes the largest weighted variance smallest: the larger a table's share of
    the largest, the more it gains, until the bound of duality is met."""
    shares = np.full(len(asked), 1 / len(asked))
    for _ in range(5_000):
        found = asked * (loads @ _cheapest((shares * asked) @ loads, delta))
        if found.max() <= 1.001 * (shares @ found):
            break
        shares = shares * np.sqrt(found / found.max())
        shares /= shares.sum()
    return shares * asked


def round_up(number: float) -> Fraction:
    """The number rounded up to BITS binary digits."""
    unit = Fraction(2) ** (frexp(number)[1] - BITS)
    return ceil(Fraction(number) / unit) * unit
