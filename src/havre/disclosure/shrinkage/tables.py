"""What counts, never below nought and with sums that agree, are nearest to what is believed?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.domain import Component, Domain, Spec
from havre.disclosure.residual import aggregate, centre, reconstruct
from havre.disclosure.sheet import Sheet
from havre.disclosure.shrinkage.mixture import Mixture
from havre.disclosure.shrinkage.residue import KINDS, NEVER, Residue, believe, variance

Floats = NDArray[np.float64]

LEAST = 0.05  # a cell keeps at least this share of its prior count
FITTED = 2  # attributes of the components that the prior is fitted to: where it is wrong there, it is wrong for small cells too
ROUNDS, NEAR = 200, 1e-9  # of proportional fitting: at most so many, or until every sum is this near, as a share of the total


class Agreeing:
    """Tables of one sheet, each made to sum to the tables one level coarser, so that any two agree in what they share.

    Agree means to within NEAR of the total. Tables of three attributes whose sums no counts from nought up can have at once are left
    where proportional fitting leaves them, a fraction of one row off. The total is the measured one, rounded to a whole number.
    """

    def __init__(self, sheet: Sheet, prior: Mixture) -> None:
        self._domain = sheet.domain
        self._prior = prior
        self.total = max(0, round(float(sheet.components[()])))
        parts = [c for c in sheet.components if c]
        counts = {c: self.total * prior.table(c) for c in parts}
        centred = {c: centre(counts[c], c, self._domain) for c in parts}
        self.residues: dict[Component, Residue] = believe(counts, {c: sheet.components[c] - centred[c] for c in parts},
                                                          {c: float(sheet.sigma2[c]) for c in parts}, self._domain)
        self._parts: Mapping[Component, Floats] = {c: centred[c] + centre(self.residues[c].believed, c, self._domain) for c in parts} | {(): np.array(float(self.total))}
        self._made: dict[Spec, Floats] = {(): np.array(float(self.total))}
        self._sigma2 = {c: float(v) for c, v in sheet.sigma2.items()}

    def table(self, spec: Spec) -> Floats:
        """The counts of one table that the sheet covers."""
        if spec not in self._made:
            value = np.maximum(reconstruct(self._parts, spec, self._domain), LEAST * self.total * self._prior.table(spec))
            self._made[spec] = self._fitted(value, spec)
            self._made[spec].setflags(write=False)
        return self._made[spec]

    def usual(self) -> dict[int, Floats]:
        """For components of each number of attributes, the mean chance of each kind."""
        return {ways: np.mean([r.kinds for c, r in self.residues.items() if len(c) == ways], axis=0) for ways in {len(c) for c in self.residues}}

    def beyond(self, spec: Spec, usual: Mapping[int, Floats]) -> Floats:
        """The variance that is left in each cell because the prior is wrong here, beyond what components of these `usual` kinds leave.

        What is left in a table of fewer attributes spreads over the cells of a larger one in proportion to their counts.
        """
        left = self._left(spec, usual)
        for axis in range(len(spec)) if len(spec) > 2 else ():
            fewer = spec[:axis] + spec[axis + 1:]
            share = self.beyond(fewer, usual) / np.maximum(self.table(fewer), 1.0) ** 2
            left = left + self.table(spec) ** 2 * np.expand_dims(share, axis)
        return left

    def _left(self, spec: Spec, usual: Mapping[int, Floats]) -> Floats:
        if spec not in self.residues:
            return np.zeros(self._domain.shape(spec))
        counts, sigma2 = self.table(spec), self._sigma2[spec]
        even = np.sqrt(counts * counts.mean()) if len(spec) <= FITTED else counts
        more = self.residues[spec].kinds - usual.get(len(spec), np.eye(len(KINDS))[0])
        left = np.zeros_like(even)
        for chance, kind in zip(more, KINDS, strict=True):
            if abs(chance) > NEVER:
                varies = variance(even, kind)
                left += chance * varies * sigma2 / (varies + sigma2)
        return np.maximum(left, 0.0)

    def _fitted(self, value: Floats, spec: Spec) -> Floats:
        """Iterative proportional fitting (Deming and Stephan, 1940) to each table with one attribute one level coarser."""
        if not self.total:
            return np.zeros_like(value)
        coarser = [tuple((n, at - (n == name)) for n, at in spec if at - (n == name)) for name, _ in spec]
        wanted = [(target, self.table(target)) for target in coarser]
        for _ in range(ROUNDS):
            furthest = 0.0
            for target, sums in wanted:
                now = aggregate(value, spec, target, self._domain)  # type: ignore[arg-type]  # sums of floats are taken the same way
                furthest = max(furthest, float(np.abs(now - sums).max()))
                factor = np.divide(sums, now, out=np.zeros_like(now, dtype=float), where=now > 0)
                value = value * _widened(factor, target, spec, self._domain)
            if furthest <= NEAR * self.total:
                break
        return value


def _widened(factor: Floats, target: Spec, spec: Spec, domain: Domain) -> Floats:
    """A factor per cell of a coarser table, for each cell of the finer one."""
    levels = dict(target)
    for axis, (name, at) in enumerate(spec):
        coarse = levels.get(name, 0)
        if coarse == 0:
            factor = factor[(slice(None),) * axis + (None,)]
        elif coarse < at:
            factor = np.take(factor, domain.attribute(name).ancestors(at, coarse), axis=axis)
    return factor
