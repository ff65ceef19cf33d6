"""How many examined families were verified, and what was recommended where not?"""

from django.db.models import F, Q

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats
from havre.tracing.models import Match


def rows(look: Look) -> Rows:
    """Matches that were confirmed or rejected, by the day of the decision."""
    decided = look.all(Match).filter(state__in=("confirmed", "rejected"), decided_at__isnull=False)
    return decided.annotate(x_at=F("decided_at"), x_met=Q(state="confirmed"), x_part=F("recommendation"))


INDICATOR = Indicator(
    number=25, title=N_("Families verified"),
    definition=N_("Matches decided in the period that were confirmed after both sides were heard."),
    formula=N_("matches confirmed ÷ matches confirmed or rejected × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="verification_recommendation", dimensions=(),
    sources=("tracing.match.state", "tracing.match.decided_at", "tracing.match.recommendation"), caveats=(caveats.SMALL_NUMBERS,))
