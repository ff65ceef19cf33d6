"""How often was a child visited or called until her case was closed?"""

from django.db.models import Count, F, FloatField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce

from havre.cases.models import FollowUp
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Closed cases with the number of contacts that reached the child or the family before closing."""
    made = look.beside(FollowUp).filter(case=OuterRef("pk"), result="reached", happened_at__lte=OuterRef("closed_at"))
    number = made.order_by().values("case").annotate(n=Count("pk")).values("n")
    closed = look.cases().filter(closed_at__gte=look.start, closed_at__lt=look.end)
    return closed.annotate(x_at=F("closed_at"), x_amount=Cast(Coalesce(Subquery(number), 0), FloatField()))


INDICATOR = Indicator(
    number=10, title=N_("Follow-ups per case"),
    definition=N_("Visits and calls that reached the child or the family, per case closed in the period."),
    formula=N_("follow-ups that reached someone ÷ cases closed"),
    unit=Unit.VISITS_EACH, kind=Kind.MEAN, shape=Shape.EVENT, rows=rows,
    sources=("cases.followup.result", "cases.followup.happened_at", "cases.case.closed_at"),
    caveats=(N_("Follow-ups of cases that are still open are not counted."),))
