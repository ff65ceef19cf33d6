"""What was measured, once: noisy answers from which every table, filter and synthetic row is derived and nothing is drawn again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Component, Domain, Item, Spec
from havre.disclosure.plan import READABLE, Plan, Z
from havre.disclosure.problems import NotPlanned
from havre.disclosure.residual import loading, reconstruct
from havre.disclosure.workload import below

Floats = NDArray[np.float64]


class Status(StrEnum):
    """How a cell may be read."""

    SHOWN = "shown"
    UNCERTAIN = "uncertain"
    TOO_SMALL = "too small"
    NOT_PLANNED = "not planned"


@dataclass(frozen=True, eq=False)
class Table:
    """A table: one axis per pair of `spec`, `codes` along each. `value` is a count of rows, `se` its standard error, `low` and
    `high` a 95 % interval, `status` a Status per cell. Where it is "not planned" the numbers are NaN: a blank is no zero."""

    spec: Spec
    codes: tuple[tuple[str, ...], ...]
    value: Floats
    se: Floats
    low: Floats
    high: Floats
    status: NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Sheet:
    """The centred noisy answer of every component of a plan, axes in the order of the domain. Holds no number of rows."""

    plan: Plan
    components: Mapping[Component, Floats]

    @property
    def domain(self) -> Domain:
        """The codebooks."""
        return self.plan.domain

    @property
    def sigma2(self) -> Mapping[Component, Fraction]:
        """The variance of the noise of each component: its covariance is this times the projector on centred arrays."""
        return self.plan.sigma2

    @cached_property
    def id(self) -> str:
        """SHA-256 of the canonical bytes, in hexadecimal."""
        from havre.disclosure.sheetfile import digest
        return digest(self)

    def table(self, *items: Item | Spec) -> Table:
        """The unbiased table by these attributes ("age", "place@region", ("place", 1), or one spec), exactly consistent with every
        other table of the sheet; all cells "not planned" where the sheet does not hold it.

        Raw statuses: shown when the 95 % bar is within 30 % of the value, too small when the interval reaches nought, else uncertain.
        """
        spec = self.spec(*items)
        codes, shape = self.domain.codes(spec), self.domain.shape(spec)
        if not self.plan.covers(spec):
            blank = np.full(shape, np.nan)
            return Table(spec, codes, blank, blank, blank, blank, np.full(shape, Status.NOT_PLANNED.value))
        value, se = reconstruct(self.components, spec, self.domain), np.sqrt(self.variance(spec))
        status = np.where(Z * se <= READABLE * value, Status.SHOWN.value, np.where(value > Z * se, Status.UNCERTAIN.value, Status.TOO_SMALL.value))
        return Table(spec, codes, value, se, value - Z * se, value + Z * se, status)

    def spec(self, *items: Item | Spec) -> Spec:
        """The table that these words name."""
        if len(items) == 1 and isinstance(items[0], tuple) and (not items[0] or isinstance(items[0][0], tuple)):
            return self.domain.spec(*items[0])
        return self.domain.spec(*items)  # type: ignore[arg-type]  # names and pairs

    def variance(self, *items: Item | Spec) -> Floats:
        """The exact variance of each cell of a table; NotPlanned if the sheet does not hold it."""
        spec = self.spec(*items)
        self._must_cover(spec)
        return self.plan.variance(spec)

    def covariance(self, *items: Item | Spec) -> Floats:
        """The exact covariance between all cells of a table, in C order: cells x cells. For small tables; NotPlanned as above."""
        spec = self.spec(*items)
        self._must_cover(spec)
        cells = self.domain.size(spec)
        total = np.zeros((cells, cells))
        for component in below(self.domain, spec):
            total += float(self.sigma2[component]) * _pairs(component, spec, self.domain)
        return total

    def _must_cover(self, spec: Spec) -> None:
        if not self.plan.covers(spec):
            raise NotPlanned(table=self.domain.title(spec), planned=self.plan.titles())


def _pairs(component: Component, spec: Spec, domain: Domain) -> Floats:
    """How much one unit of sigma^2 of a component makes each two cells of the table vary together."""
    levels = dict(component)
    out: Floats = np.ones((1, 1))
    for name, fine in spec:
        attribute, at = domain.attribute(name), levels.get(name, 0)
        own = np.sqrt(loading(((name, at),) if at else (), ((name, fine),), domain))
        if at == 0:
            block = np.outer(own, own)
        else:
            level, above = attribute.level(at), attribute.ancestors(fine, at)
            projector = np.equal.outer(np.arange(len(level.codes)), np.arange(len(level.codes))) - \
                np.equal.outer(np.asarray(level.parents), np.asarray(level.parents)) / level.sizes[:, None]
            kept = np.sqrt(np.maximum(1 - 1 / level.sizes, 1e-300))[above]
            block = projector[np.ix_(above, above)] * np.outer(own / kept, own / kept)
        out = np.kron(out, block)
    return out
