"""How many assessed children got a plan within the time the policy gives?"""

from django.db.models import F, OuterRef, Q, Subquery

from havre.cases.models import Plan
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """Children by the day of their first assessment, once there is a plan or the deadline has passed."""
    plan = look.beside(Plan).filter(case=OuterRef("pk"), kind="case").order_by("proposed_at").values("proposed_at")[:1]
    found = look.cases().filter(assessed_at__gte=look.start).annotate(x_at=look.first_assessed())
    found = found.annotate(x_done=Subquery(plan), x_due=look.due("plan", F("x_at")))
    return found.annotate(x_met=Q(x_done__lte=F("x_due")))


INDICATOR = Indicator(
    number=5, title=N_("Plan in time"),
    definition=N_("Children first assessed in the period for whom a plan was proposed within the time of the country policy for their risk."),
    formula=N_("children with a plan in time ÷ children assessed who have a plan or whose deadline has passed × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows,
    sources=("cases.assessment.assessed_at", "cases.plan.proposed_at", "cases.case.risk_level", "policy.deadlines_hours.plan"),
    caveats=(caveats.RISK_NOW, caveats.NOT_YET_DUE))
