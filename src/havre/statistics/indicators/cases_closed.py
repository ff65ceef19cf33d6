"""How many cases were closed?"""

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """Closed cases on the day of closing."""
    return look.cases().filter(closed_at__isnull=False).annotate(x_at=F("closed_at"))


INDICATOR = Indicator(
    number=1, title=N_("Cases closed"),
    definition=N_("Cases that were closed in the period and are still closed."),
    formula=N_("cases whose day of closing lies in the period"),
    unit=Unit.CASES, kind=Kind.COUNT, shape=Shape.EVENT, rows=rows, list="status=closed&closed={first}_{last}",
    sources=("cases.case.closed_at",), caveats=(caveats.REOPENED,))
