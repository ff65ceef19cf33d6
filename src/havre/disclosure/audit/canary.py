"""Can an output tell whether one more child, fully documented and with a rare combination of codes, was in the rows?

The mechanism runs many times with the child and as many times without. An observer who knows everything but which is which learns on
some of the outputs what to look at (the child's own cells, how many cells there are, how large and how scattered the numbers are), and is
then judged on the others, so that the bound holds with its confidence whatever was learnt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.audit.bounds import CONFIDENCE, Rates, epsilon_bound, mu_bound
from havre.disclosure.audit.mechanism import Cells, Combination, Mechanism, People, Person, held_by
from havre.disclosure.budget import epsilon_of

LEARNT: Final = 0.25  # of the runs, before the judged ones
OWN_CELLS: Final = 48  # looked at one by one when the child has no more
RIDGE: Final = 1e-3

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Declared:
    """What is promised: epsilon at delta; `mu` too when the noise is claimed to be Gaussian as a whole."""

    epsilon: float
    delta: float
    mu: float | None = None


@dataclass(frozen=True)
class CanaryAudit:
    """What was found: the observer's rates on judged runs; least epsilon and mu with `confidence`; `runs` made in all.

    `epsilon_if_gaussian` is the epsilon at the declared delta that `mu` means, where mu was declared.
    """

    declared: Declared
    rates: Rates
    runs: int
    confidence: float
    epsilon: float
    mu: float
    epsilon_if_gaussian: float | None

    @property
    def exceeded(self) -> bool:
        """Is more lost than was declared?"""
        return self.epsilon > self.declared.epsilon or (self.declared.mu is not None and self.mu > self.declared.mu)


def canary_audit(mechanism: Mechanism, people: People, canary: Person, declared: Declared, *, runs: int, order: int = 2, seed: int = 0,
                 confidence: float = CONFIDENCE, told: Callable[[int], None] | None = None) -> CanaryAudit:
    """Run a mechanism `runs` times, half of them with the canary among the people, and bound what it gives away.

    `order`: how many attributes the observer combines at most. `told` hears how many runs are done. ValueError below 40 runs.
    """
    if runs < 40:
        raise ValueError("an audit needs 40 runs at least")
    each = runs // 2
    releases = mechanism(people), mechanism([*people, canary])
    own = held_by(canary, order)
    seen: tuple[list[Floats], list[Floats]] = ([], [])
    for run in range(each):
        for side, release in enumerate(releases):  # taking turns: what drifts, drifts for both
            seen[side].append(_features(release(seed + 2 * run + side), own, order))
        if told is not None:
            told(2 * run + 2)
    out, into = np.array(seen[0]), np.array(seen[1])
    learnt = max(10, int(each * LEARNT))
    says_in = _observer(out[:learnt], into[:learnt])
    rates = Rates(int(says_in(into[learnt:]).sum()), each - learnt, int(says_in(out[learnt:]).sum()), each - learnt)
    mu = mu_bound(rates, confidence)
    gaussian = None if declared.mu is None else epsilon_of(mu * mu / 2, declared.delta)
    return CanaryAudit(declared, rates, 2 * each, confidence, epsilon_bound(rates, declared.delta, confidence), mu, gaussian)


def _features(cells: Cells, own: Sequence[Combination], order: int) -> Floats:
    """What the observer looks at in one output; the number of features is the same for every output."""
    size = order + 1
    number, total, squares = np.zeros(size), np.zeros(size), np.zeros(size)
    for combo, value in cells.items():
        k = min(len(combo), order)
        number[k] += 1
        total[k] += value
        squares[k] += value * value
    mine, present = np.zeros(size), np.zeros(size)
    for combo in own:
        if combo in cells:
            mine[len(combo)] += cells[combo]
            present[len(combo)] += 1
    single = [cells.get(combo, 0.0) for combo in own] if len(own) <= OWN_CELLS else []
    return np.concatenate([number, total, np.log1p(squares), mine, present, single])


def _observer(out: Floats, into: Floats) -> Callable[[Floats], NDArray[np.bool_]]:
    """The best of: one feature alone, or all of them by a linear discriminant; with the threshold at which most is shown.

    Half of what is learnt from fits the discriminant; all of it chooses among the scores, whose thresholds were not fitted to it.
    """
    centre, spread = out.mean(axis=0), out.std(axis=0)
    spread = np.where(spread > 0, spread, np.maximum(into.std(axis=0), 1e-12))
    half = len(out) // 2
    a, b = (out[:half] - centre) / spread, (into[:half] - centre) / spread
    within = (np.cov(a, rowvar=False) + np.cov(b, rowvar=False)) / 2 + (RIDGE + a.shape[1] / half * 0.1) * np.eye(a.shape[1])
    slope = np.linalg.solve(within, b.mean(axis=0) - a.mean(axis=0))
    directions = [slope, *np.eye(len(slope)), *-np.eye(len(slope))]
    best, chosen = -1.0, (slope, 0.0)
    for direction in directions:
        from_ = 0 if direction is not slope else half  # the discriminant is judged on what it was not fitted to
        low, high = ((side[from_:] - centre) / spread @ direction for side in (out, into))
        for threshold in np.unique(np.quantile(np.concatenate([low, high]), np.linspace(0.02, 0.98, 49))):
            shown = mu_bound(Rates(int((high > threshold).sum()), len(high), int((low > threshold).sum()), len(low)), 0.5)
            if shown > best:
                best, chosen = shown, (direction, float(threshold))
    direction, threshold = chosen
    return lambda seen: np.asarray((seen - centre) / spread @ direction > threshold)
