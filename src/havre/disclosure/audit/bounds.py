"""How much privacy is certainly lost, given how often an observer was right?

From a test that says "in" for `hits` of `with_canary` outputs made with one more child and for `alarms` of `without` made without it:

- any (epsilon, delta)-private mechanism has TPR <= e^epsilon FPR + delta, and the same the other way round, so
  epsilon >= ln((TPR - delta) / FPR) (Kairouz, Oh and Viswanath 2015; Jagielski, Ullman and Oprea 2020);
- any mu-Gaussian-private one has mu >= Phi^-1(TPR) - Phi^-1(FPR) (Dong, Roth and Su 2022; Nasr et al. 2023): the sharper bound where
  the noise is claimed to be Gaussian.

Rates are replaced by the ends of Clopper and Pearson's exact intervals that make the bound least, each missed with half of 1 - confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log

from scipy.stats import beta, norm

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Rates:
    """How often an observer said "in": of outputs made with the canary, and of outputs made without it."""

    hits: int
    with_canary: int
    alarms: int
    without: int

    @property
    def hit_rate(self) -> float:
        """Share of right alarms."""
        return self.hits / self.with_canary

    @property
    def alarm_rate(self) -> float:
        """Share of false alarms."""
        return self.alarms / self.without


def at_least(successes: int, trials: int, risk: float) -> float:
    """A probability that the true rate undercuts with chance `risk` at most (Clopper and Pearson 1934)."""
    return float(beta.ppf(risk, successes, trials - successes + 1)) if successes else 0.0


def at_most(successes: int, trials: int, risk: float) -> float:
    """A probability that the true rate exceeds with chance `risk` at most."""
    return float(beta.ppf(1 - risk, successes + 1, trials - successes)) if successes < trials else 1.0


def epsilon_bound(rates: Rates, delta: float, confidence: float = CONFIDENCE) -> float:
    """Epsilon is at least this, 0 when nothing is shown, with this confidence, whatever the mechanism."""
    hit, alarm = _ends(rates, confidence)
    return max(0.0, _log_ratio(hit - delta, alarm), _log_ratio(1 - alarm - delta, 1 - hit))


def mu_bound(rates: Rates, confidence: float = CONFIDENCE) -> float:
    """The mu of Gaussian differential privacy is at least this, with this confidence."""
    hit, alarm = _ends(rates, confidence)
    if hit <= 0 or alarm >= 1:
        return 0.0
    return max(0.0, float(norm.ppf(hit) - norm.ppf(alarm)))


def _ends(rates: Rates, confidence: float) -> tuple[float, float]:
    risk = (1 - confidence) / 2
    return at_least(rates.hits, rates.with_canary, risk), at_most(rates.alarms, rates.without, risk)


def _log_ratio(above: float, under: float) -> float:
    return -inf if above <= 0 else log(above / under)
