"""How many of the children whose family was looked for live with it again?"""

from django.db.models import F, Q

from havre.core.words import N_
from havre.statistics.counting import DIMENSIONS, UASC, Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Children alone whose family is or was looked for, by the day of registration."""
    sought = look.cases().filter(uasc_status__in=UASC).exclude(tracing_status__in=("", "not_wanted"))
    return sought.annotate(x_at=F("registered_at"), x_met=Q(tracing_status="reunified"), x_part=F("tracing_status"))


INDICATOR = Indicator(
    number=26, title=N_("Reunified with the family"),
    definition=N_("Unaccompanied and separated children registered in the period, with a search for the family, who live with it today."),
    formula=N_("children reunified ÷ unaccompanied and separated children whose family is or was looked for × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="tracing_status",
    dimensions=tuple(d for d in DIMENSIONS if d != "status"),
    sources=("cases.case.tracing_status", "cases.case.uasc_status", "cases.case.registered_at"),
    caveats=(N_("For children registered lately the number can still rise."),))
