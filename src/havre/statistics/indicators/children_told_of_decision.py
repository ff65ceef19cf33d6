"""How many children were told what was decided in their best interests?"""

from django.db.models import F, Q

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats
from havre.tracing.models import BestInterests


def rows(look: Look) -> Rows:
    """Decided questions by the day of the decision; met when the child was told."""
    return look.all(BestInterests).filter(decided_at__isnull=False).annotate(x_at=F("decided_at"), x_met=Q(child_told_at__isnull=False))


INDICATOR = Indicator(
    number=37, title=N_("Child told of the decision"),
    definition=N_("Decisions about best interests of the period that were explained to the child."),
    formula=N_("decisions explained to the child ÷ decisions × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, dimensions=(),
    sources=("tracing.bestinterests.decided_at", "tracing.bestinterests.child_told_at"),
    caveats=(N_("Whether the child understood is not part of the number."), caveats.SMALL_NUMBERS))
