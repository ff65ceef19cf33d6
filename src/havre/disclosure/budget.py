"""How much may be told, in exact numbers? Budgets are fractions of zero-concentrated differential privacy (rho).

Every component is answered with discrete Gaussian noise, so a sheet satisfies rho-zCDP with rho = sum of Delta^2 / (2 sigma^2), which
adds up over sheets (Bun and Steinke 2016; Canonne, Kamath, Steinke: The Discrete Gaussian for Differential Privacy, 2020).
Two conversions to (epsilon, delta) are given:

- `zcdp_delta`: what every rho-zCDP mechanism satisfies (Canonne, Kamath, Steinke 2020, proposition 12).
- `gaussian_delta`: the exact curve of the Gaussian mechanism (Balle and Wang, Improving the Gaussian Mechanism, 2018, theorem 8, with
  mu = sqrt(2 rho)). It holds here because the discrete Gaussian on a grid 2^20 times finer than its scale is, within a factor
  1 +- 10^-33 at each cell, a continuous Gaussian of variance s^2 - 4 rounded at random without looking at the data (convolution:
  Peikert, An Efficient and Parallel Gaussian Sampler for Lattices, 2010, theorem 3.1). `SHAVE` covers that and floating point.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import exp, expm1, log1p, sqrt

from havre.disclosure.problems import BadBudget

FINENESS = 2**20
"""Noise is drawn on a grid at least this much finer than its standard deviation."""
SHAVE = Fraction(1, 10**9)
"""The part of a converted rho that is given up for rounding."""


def zcdp_delta(rho: float, epsilon: float) -> float:
    """The smallest delta proven for every rho-zCDP mechanism at this epsilon; 1.0 at most."""
    from scipy.optimize import minimize_scalar

    def log_bound(order: float) -> float:
        alpha = 1 + exp(order)
        return (alpha - 1) * (alpha * rho - epsilon) - order + alpha * log1p(-1 / alpha)
    found = minimize_scalar(log_bound, bounds=(-10, 12), method="bounded", options={"xatol": 1e-9})
    return min(1.0, exp(float(found.fun)))


def gaussian_delta(rho: float, epsilon: float) -> float:
    """Phi(mu/2 - epsilon/mu) - exp(epsilon) Phi(-mu/2 - epsilon/mu), mu = sqrt(2 rho): the delta of Gaussian noise worth rho."""
    from scipy.special import log_ndtr

    if rho <= 0:
        return 0.0
    mu = sqrt(2 * rho)
    first, second = float(log_ndtr(mu / 2 - epsilon / mu)), epsilon + float(log_ndtr(-mu / 2 - epsilon / mu))
    return exp(first) * -expm1(second - first)


def epsilon_of(rho: Fraction | float, delta: Fraction | float) -> float:
    """The epsilon at which Gaussian noise worth rho satisfies (epsilon, delta), rounded up in the tenth digit."""
    from scipy.optimize import brentq

    if rho <= 0:
        return 0.0
    if not 0 < delta < 1:
        raise BadBudget(hint="delta must be between 0 and 1")
    if gaussian_delta(float(rho), 0.0) <= delta:
        return 0.0
    top = float(rho) + 2 * sqrt(float(rho) * -log1p(float(delta) - 1)) + 1
    return float(brentq(lambda e: gaussian_delta(float(rho), e) - float(delta), 0.0, top, xtol=1e-14, rtol=1e-13)) * (1 + 1e-10)


@dataclass(frozen=True)
class Budget:
    """What a sheet may spend: rho exactly, and the (epsilon, delta) it was written as, if any."""

    rho: Fraction
    epsilon: Fraction | None = None
    delta: Fraction | None = None

    def __post_init__(self) -> None:
        if self.rho <= 0:
            raise BadBudget(hint="it must be more than nothing")

    @classmethod
    def of(cls, epsilon: Fraction | float | str, delta: Fraction | float | str = "1e-6") -> Budget:
        """The largest rho whose Gaussian noise satisfies (epsilon, delta), less SHAVE. At epsilon = 1, delta = 1e-6: .0280."""
        from scipy.optimize import brentq

        eps, dlt = exact(epsilon), exact(delta)
        if not 0 < eps <= 100:
            raise BadBudget(hint="epsilon must be between 0 and 100")
        if not 0 < dlt < Fraction(1, 2):
            raise BadBudget(hint="delta must be between 0 and 0.5")
        found = brentq(lambda r: gaussian_delta(r, float(eps)) - float(dlt), 1e-18, 10 * float(eps) + 10, xtol=1e-18, rtol=1e-14)
        rho = Fraction(float(found)) * (1 - SHAVE)
        return cls(Fraction(int(rho * 10**15), 10**15), eps, dlt)


def exact(number: Fraction | float | str) -> Fraction:
    """A number as a fraction; floats by their shortest decimal form, so that 0.1 is one tenth. BadBudget if it is not finite."""
    try:
        return number if isinstance(number, Fraction) else Fraction(str(number))
    except (ValueError, ZeroDivisionError):
        raise BadBudget(hint="it is not a number") from None
