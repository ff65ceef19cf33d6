"""What is promised about a release, in a form that machines read?"""

from datetime import date
from fractions import Fraction
from typing import Any, Final

from havre.config.policies import policy_for
from havre.disclosure import epsilon_of
from havre.statistics.models import StoredSheet
from havre.statistics.populations import population
from havre.statistics.releases import covering, ledger, prices

FORMAT: Final = "havre-guarantee-1"


def statement(stored: StoredSheet, *, code: str, version: int, published_on: date | None) -> dict[str, Any]:
    """The guarantee of a sheet: epsilon is rounded up, delta is that of the country or a tenth of one in all children, whichever is less."""
    exponent = policy_for(stored.country).privacy_delta_exponent
    sheet = covering.opened(stored)
    delta = min(prices.delta_of(exponent), Fraction(1, max(1, int(10 * float(sheet.table().high)))))
    total = ledger.spent_on(stored.country, population(stored.population).ledger, covering.period_of(stored).months())
    return {
        "format": FORMAT, "id": stored.pk, "release": code, "version": version, "population": stored.population, "country": stored.country,
        "period": {"first": f"{stored.first_month:%Y-%m}", "last": f"{stored.last_month:%Y-%m}"},
        "unit": "child", "rows_per_child": sheet.plan.rows_per_child,
        "neighbours": "one child more or less among those entered in the period",
        "guarantee": "zero-concentrated differential privacy; epsilon and delta follow from rho",
        "rho": str(sheet.plan.spent), "epsilon": _up(epsilon_of(sheet.plan.spent, delta)), "delta": float(delta),
        "noise": "discrete Gaussian in the residual basis of the tables, drawn once by OpenDP",
        "tables": [[f"{name}@{level}" for name, level in spec] for spec in stored.tables],
        "tier": stored.line,
        "ledger": {"name": population(stored.population).ledger, "rho": str(prices.rho_of(total)),
                   "epsilon": _up(prices.epsilon(total, exponent)), "delta": float(prices.delta_of(exponent)),
                   "holds": "everything measured on any child of these months, for the public, partners and analysts together"},
        "measured_on": f"{stored.measured_at:%Y-%m-%d}", "published_on": f"{published_on:%Y-%m-%d}" if published_on else "",
    }


def _up(epsilon: float) -> float:
    """Rounded up in the third digit."""
    return -int(-epsilon * 1000 // 1) / 1000
