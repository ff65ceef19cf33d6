"""How many children were assessed within the time the policy gives?"""

from django.db.models import F, Q

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """Children by the day of registration, once they were assessed or the deadline has passed."""
    found = look.cases().filter(registered_at__lt=look.end, registered_at__gte=look.start)
    found = found.annotate(x_at=F("registered_at"), x_due=look.due("rapid_assessment", "registered_at"), x_done=look.first_assessed())
    return found.annotate(x_met=Q(x_done__lte=F("x_due")))


INDICATOR = Indicator(
    number=4, title=N_("Assessed in time"),
    definition=N_("Children registered in the period whose first assessment came within the time of the country policy for their risk."),
    formula=N_("children assessed in time ÷ children registered who were assessed or whose deadline has passed × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows,
    sources=("cases.case.registered_at", "cases.case.risk_level", "cases.assessment.assessed_at", "policy.deadlines_hours.rapid_assessment"),
    caveats=(caveats.RISK_NOW, caveats.NOT_YET_DUE))
