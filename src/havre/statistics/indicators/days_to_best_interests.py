"""How long does a decision about a child's best interests take?"""

from datetime import timedelta

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, between, caveats
from havre.tracing.models import BestInterests


def rows(look: Look) -> Rows:
    """Decided questions by the day of the decision."""
    decided = look.all(BestInterests).filter(decided_at__isnull=False)
    return decided.annotate(x_at=F("decided_at"), x_amount=between(F("decided_at"), F("asked_at"), timedelta(days=1)))


INDICATOR = Indicator(
    number=34, title=N_("Days to a best interests decision"),
    definition=N_("Days from the question to the decision, for decisions of the period."),
    formula=N_("median of the days from the question to the decision"),
    unit=Unit.DAYS, kind=Kind.MEDIAN, shape=Shape.EVENT, rows=rows, dimensions=(),
    sources=("tracing.bestinterests.asked_at", "tracing.bestinterests.decided_at"),
    caveats=(N_("Questions still waiting are not counted."), caveats.SMALL_NUMBERS))
