"""How many questions were put to a panel member?"""

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats
from havre.tracing.models import BestInterests


def rows(look: Look) -> Rows:
    """Best interests questions by the day they were asked."""
    return look.all(BestInterests).annotate(x_at=F("asked_at"))


INDICATOR = Indicator(
    number=34, title=N_("Best interests questions asked"),
    definition=N_("Questions of best interests that were put to a panel member in the period."),
    formula=N_("best interests questions asked in the period"),
    unit=Unit.DECISIONS, kind=Kind.COUNT, shape=Shape.EVENT, rows=rows, dimensions=(),
    sources=("tracing.bestinterests.asked_at",), caveats=(caveats.OWN_FILES,))
