"""How many reunified children are still with their family after six months?"""

from datetime import timedelta

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit
from havre.statistics.indicators.together_after_three_months import INDICATOR as AFTER_THREE
from havre.statistics.indicators.together_after_three_months import together


def rows(look: Look) -> Rows:
    """Reunifications of at least 182 days ago."""
    return together(look, timedelta(days=182))


INDICATOR = Indicator(
    number=28, title=N_("Together after six months"),
    definition=N_("Children handed over in the period whose reunification had not broken down 182 days later."),
    formula=N_("reunifications without a breakdown in 182 days ÷ reunifications at least 182 days ago × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="reunification_type", dimensions=(),
    sources=AFTER_THREE.sources, caveats=AFTER_THREE.caveats)
