"""How many best interests questions wait for an answer?"""

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats
from havre.tracing.models import BestInterests


def rows(look: Look) -> Rows:
    """Best interests questions from when they are asked until they are decided."""
    return look.all(BestInterests).annotate(x_since=F("asked_at"), x_until=F("decided_at"))


INDICATOR = Indicator(
    number=34, title=N_("Best interests questions waiting"),
    definition=N_("Questions of best interests that had been asked and not decided at the end of the period."),
    formula=N_("questions asked before the end of the period and not decided by then"),
    unit=Unit.DECISIONS, kind=Kind.COUNT, shape=Shape.STOCK, rows=rows, dimensions=(),
    sources=("tracing.bestinterests.asked_at", "tracing.bestinterests.decided_at"), caveats=(caveats.OWN_FILES,))
