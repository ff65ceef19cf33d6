"""How many cases are being worked on?"""

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """Cases from registration until they are closed."""
    return look.cases().annotate(x_since=F("registered_at"), x_until=F("closed_at"))


INDICATOR = Indicator(
    number=1, title=N_("Active caseload"),
    definition=N_("Cases that are open or paused at the end of the period."),
    formula=N_("cases registered before the end of the period and not closed by then"),
    unit=Unit.CASES, kind=Kind.COUNT, shape=Shape.STOCK, rows=rows, list="status=active",
    sources=("cases.case.registered_at", "cases.case.closed_at"), caveats=(caveats.OWN_FILES, caveats.REOPENED))
