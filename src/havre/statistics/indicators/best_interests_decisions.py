"""What was decided in the best interests of children?"""

from django.db.models import F

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats
from havre.tracing.models import BestInterests


def rows(look: Look) -> Rows:
    """Decided questions by the day of the decision, with what was decided."""
    return look.all(BestInterests).filter(decided_at__isnull=False).annotate(x_at=F("decided_at"), x_part=F("outcome"))


INDICATOR = Indicator(
    number=35, title=N_("Best interests decisions"),
    definition=N_("Decisions about the best interests of a child in the period, by what was decided."),
    formula=N_("best interests questions decided in the period"),
    unit=Unit.DECISIONS, kind=Kind.COUNT, shape=Shape.EVENT, rows=rows, part="verification_recommendation", dimensions=(),
    sources=("tracing.bestinterests.decided_at", "tracing.bestinterests.outcome"), caveats=(caveats.SMALL_NUMBERS,))
