"""What is promised about a release, in a form that machines read?"""

from datetime import date
from fractions import Fraction
from typing import Any

from havre.config.policies import policy_for
from havre.disclosure.statement import guarantee
from havre.statistics.models import StoredSheet
from havre.statistics.populations import population
from havre.statistics.releases import covering, ledger, prices


def statement(stored: StoredSheet, *, code: str, version: int, published_on: date | None) -> dict[str, Any]:
    """The guarantee of a sheet with where it stands among releases. Delta is that of the country, or less when there are many children:
    never more than one in ten times the largest number of children that the sheet leaves possible.

    The ledger is that of the poorest month of the period on the day of the statement: everything measured on any child of these
    months, for the public, partners and analysts together.
    """
    exponent = policy_for(stored.country).privacy_delta_exponent
    sheet, who = covering.opened(stored), population(stored.population)
    most = max(1, int(10 * float(sheet.table().high)))
    period = covering.period_of(stored)
    spent = ledger.spent_on(stored.country, who.ledger, period.months())
    return guarantee(
        sheet, population=f"{stored.population}/{stored.country}", period=str(period), delta=min(prices.delta_of(exponent), Fraction(1, most)),
        ledger_spent=prices.rho_of(spent), ledger_cap=prices.rho_of(prices.caps_of(policy_for(stored.country)).total),
    ) | {"code": code, "version": version, "country": stored.country, "tier": stored.line, "ledger_name": who.ledger,
         "measured_on": f"{stored.measured_at:%Y-%m-%d}", "published_on": f"{published_on:%Y-%m-%d}" if published_on else ""}
