"""How is a total told that grows month after month? With noise that hardly grows, by the square root of the summing matrix.

Recomputing each month's total spends the budget on every month anew; noise on each month's count alone adds up. Writing the summing
matrix (ones on and below the diagonal) as A = B B, with B the lower triangle of the coefficients of (1 - x)^(-1/2), f_0 = 1 and
f_k = f_(k-1) (1 - 1/(2k)), noise z on B x and then B once more gives total t the variance sigma^2 sum_(k<=t) f_k^2, while one child
in one month adds at most sum_(k<n) f_k^2 to the squared length (Fichtenberger, Henzinger, Upadhyay: Constant Matters, 2023;
Henzinger, Upadhyay, Upadhyay: Almost Tight Error Bounds, 2023). At 36 months the worst total has 2.2 times the standard error that
the same budget gives to one count; noise on each month alone has 6.0.

The noise is that of sheets: B x is made whole on a grid before it is drawn, see `noise`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.budget import Budget, exact
from havre.disclosure.noise import with_noise
from havre.disclosure.plan import Z, round_up
from havre.disclosure.problems import BadBudget, TooLarge

Floats = NDArray[np.float64]
GRID = 2**30
"""The coefficients are kept as whole multiples of 1 over this."""
LARGEST = 2**62


@dataclass(frozen=True)
class RunningTotal:
    """A plan for running totals over `periods` (set beforehand), within `rho` in all. A child enters in one period, at most `per_child`
    times in all; late entries count on the date of entry. The first t totals depend on the first t periods only."""

    periods: int
    rho: Fraction
    per_child: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.periods <= 10_000:
            raise BadBudget(hint="running totals need from 1 to 10,000 periods")
        if self.rho <= 0 or self.per_child < 1:
            raise BadBudget(hint="it must be more than nothing")

    @classmethod
    def of(cls, periods: int, rho: Budget | Fraction | float | str, per_child: int = 1) -> RunningTotal:
        """The plan for this many periods."""
        return cls(periods, rho.rho if isinstance(rho, Budget) else exact(rho), per_child)

    @cached_property
    def coefficients(self) -> tuple[int, ...]:
        """f_0, f_1, … in whole multiples of 1 / GRID, rounded to the nearest."""
        found = [Fraction(GRID)]
        for k in range(1, self.periods):
            found.append(Fraction(round(found[-1] * (2 * k - 1) / (2 * k) * 2**40), 2**40))
        return tuple(round(f) for f in found)

    @cached_property
    def sensitivity2(self) -> Fraction:
        """What one child adds to the squared length of B x: per_child^2 times the sum of squared coefficients, exactly."""
        return self.per_child**2 * Fraction(sum(c * c for c in self.coefficients), GRID**2)

    @cached_property
    def sigma(self) -> Fraction:
        """The standard deviation of the noise in B x, exactly; sensitivity2 / (2 sigma^2) never exceeds rho."""
        return round_up(sqrt(float(self.sensitivity2 / (2 * self.rho))) * (1 + 1e-12))

    @property
    def spent(self) -> Fraction:
        """The rho of all totals together."""
        return self.sensitivity2 / (2 * self.sigma**2)

    @cached_property
    def _inverse(self) -> Floats:
        """C with C (B x) = the totals, to rounding: forward substitution on B, summed."""
        b = np.array(self.coefficients) / GRID
        lower = np.array([[b[i - j] if i >= j else 0.0 for j in range(self.periods)] for i in range(self.periods)])
        return np.asarray(np.cumsum(np.linalg.solve(lower, np.eye(self.periods)), axis=0))

    @cached_property
    def se(self) -> Floats:
        """The standard error of each total, before any data."""
        return np.asarray(float(self.sigma) * np.sqrt((self._inverse**2).sum(axis=1)))

    @property
    def factor(self) -> float:
        """The worst total's standard error over that of one count told once with the same budget."""
        return float(self.se.max()) / (self.per_child / sqrt(2 * float(self.rho)))

    @property
    def smallest_readable(self) -> int:
        """The smallest total whose 95 % bar is within 30 % of it in every period."""
        return ceil(Z * float(self.se.max()) / 0.3)

    def extend(self, noisy: Sequence[int], counts: Sequence[int]) -> tuple[int, ...]:
        """The noisy answers for the periods so far: those drawn before, unchanged, and one more for each new period. `counts` are the
        exact counts of all periods so far; keep the answers, never the counts."""
        if not len(noisy) <= len(counts) <= self.periods:
            raise BadBudget(hint="there are more periods than were planned")
        out = [int(value) for value in noisy]
        for t in range(len(noisy), len(counts)):
            whole = sum(self.coefficients[t - j] * int(counts[j]) for j in range(t + 1))
            if abs(whole) >= LARGEST:
                raise TooLarge(table="running total")
            out.append(int(with_noise(np.array([whole], dtype=np.int64), self.sigma * GRID)[0]))
        return tuple(out)

    def totals(self, noisy: Sequence[int]) -> Floats:
        """The unbiased totals of the periods so far, each the same bytes whenever it is asked for; the standard errors are `se`."""
        answers = np.array(noisy, dtype=float) / GRID
        return np.array([self._inverse[t, :t + 1] @ answers[:t + 1] for t in range(len(noisy))])
