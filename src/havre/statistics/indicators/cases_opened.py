"""How many children were registered?"""

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """Cases on the day of registration."""
    return look.cases().annotate(x_at=F("registered_at"))


INDICATOR = Indicator(
    number=1, title=N_("Children registered"),
    definition=N_("Children whose case was opened in the period."),
    formula=N_("cases registered in the period, without duplicates and those entered in error"),
    unit=Unit.CHILDREN, kind=Kind.COUNT, shape=Shape.EVENT, rows=rows, list="status=counted&registered={first}_{last}",
    sources=("cases.case.registered_at", "cases.case.status"), caveats=(caveats.MORE_WORKERS, caveats.LATE_ENTRIES))
