"""How many of the possible families that were examined turned out to be right?"""

from django.db.models import OuterRef, Q, Subquery

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit
from havre.tracing.models import Candidate, MatchDecision


def rows(look: Look) -> Rows:
    """Candidates on the child's side by the day someone decided to examine them, once they are confirmed or rejected."""
    chosen = look.beside(MatchDecision).filter(file_id=OuterRef("file_id"), pair=OuterRef("pair"), decision="shortlist")
    ended = look.all(Candidate).filter(side="child", status__in=("confirmed", "rejected"))
    ended = ended.annotate(x_at=Subquery(chosen.order_by("decided_at").values("decided_at")[:1]))
    return ended.filter(x_at__isnull=False).annotate(x_met=Q(status="confirmed"))


INDICATOR = Indicator(
    number=24, title=N_("Possible families that were right"),
    definition=N_("Possible families taken up for examination in the period that were confirmed, of those confirmed or rejected since."),
    formula=N_("candidates confirmed ÷ candidates taken up and then confirmed or rejected × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, dimensions=(),
    sources=("tracing.candidate.status", "tracing.matchdecision.decided_at"),
    caveats=(N_("Those still being examined are not counted."),))
