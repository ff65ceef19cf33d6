"""Which closed files should have been destroyed?"""

from django.db.models import DateTimeField, F
from django.db.models.functions import Cast

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """Closed cases from the day on which their file may be destroyed."""
    return look.cases().filter(stored_until__isnull=False).annotate(x_since=Cast(F("stored_until"), DateTimeField()))


INDICATOR = Indicator(
    number=59, title=N_("Files kept too long"),
    definition=N_("Closed cases still stored at the end of the period although their time of storage is over."),
    formula=N_("cases whose last day of storage lies before the end of the period"),
    unit=Unit.CASES, kind=Kind.COUNT, shape=Shape.STOCK, rows=rows, dimensions=("team",),
    sources=("cases.case.stored_until",), caveats=(caveats.OWN_FILES,))
