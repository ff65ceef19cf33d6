"""How often does a search before registration find that the child is known already?"""

from django.db.models import F, Q

from havre.core.words import N_
from havre.registration.models import DuplicateReview
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Searches before registration by their day; met when somebody concluded that a hit is the same child."""
    return look.all(DuplicateReview).annotate(x_at=F("searched_at"), x_met=Q(hits__contains=[{"conclusion": "same"}]))


INDICATOR = Indicator(
    number=59, title=N_("Children known already"),
    definition=N_("Searches made before a registration in the period that found an earlier record of the same child."),
    formula=N_("searches with an earlier record of the same child ÷ searches × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, dimensions=(),
    sources=("registration.duplicatereview.searched_at", "registration.duplicatereview.hits"),
    caveats=(N_("Hits that nobody has concluded on count as no."),))
