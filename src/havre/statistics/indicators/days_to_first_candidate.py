"""How long does it take until there is a possible family to look at?"""

from datetime import timedelta

from django.db.models import F as Column
from django.db.models import OuterRef, Subquery

from havre.core.words import N_
from havre.statistics.counting import DIMENSIONS, UASC, Indicator, Kind, Look, Rows, Shape, Unit, between
from havre.tracing.models import Candidate


def rows(look: Look) -> Rows:
    """Children alone by the day their first candidate was found."""
    first = look.beside(Candidate).filter(file_id=OuterRef("file_id"), side="child").order_by("found_at").values("found_at")[:1]
    found = look.cases().filter(uasc_status__in=UASC).exclude(tracing_status="").annotate(x_at=Subquery(first)).filter(x_at__isnull=False)
    return found.annotate(x_amount=between(Column("x_at"), Column("registered_at"), timedelta(days=1)))


INDICATOR = Indicator(
    number=24, title=N_("Days to the first possible family"),
    definition=N_("Days from registration until the first possible family was found, for children whose first one was found in the period."),
    formula=N_("median of the days from registration to the first candidate"),
    unit=Unit.DAYS, kind=Kind.MEDIAN, shape=Shape.EVENT, rows=rows, dimensions=tuple(d for d in DIMENSIONS if d != "status"),
    sources=("tracing.candidate.found_at", "cases.case.registered_at"),
    caveats=(N_("Children for whom none was found yet are not counted."),))
