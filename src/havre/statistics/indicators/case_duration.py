"""How long does a case take?"""

from datetime import timedelta

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, bands, between, caveats

LIMITS = {"to_30": 30, "to_90": 90, "to_180": 180}


def rows(look: Look) -> Rows:
    """Closed cases with their days from registration to closing."""
    closed = look.cases().filter(closed_at__isnull=False).annotate(
        x_at=F("closed_at"), x_amount=between(F("closed_at"), F("registered_at"), timedelta(days=1)))
    return closed.annotate(x_part=bands("x_amount", LIMITS))


INDICATOR = Indicator(
    number=11, title=N_("Duration of a case"),
    definition=N_("Days from registration to closing, for cases closed in the period."),
    formula=N_("median of the days from registration to closing; bands 30, 90 and 180 days"),
    unit=Unit.DAYS, kind=Kind.MEDIAN, shape=Shape.EVENT, rows=rows, part="duration_band", list="status=closed&closed={first}_{last}",
    sources=("cases.case.registered_at", "cases.case.closed_at"),
    caveats=(caveats.REOPENED, N_("Cases that are still open are not counted, so long ones show late.")))
