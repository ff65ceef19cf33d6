"""How many plans were made with the child and the caregiver?"""

from django.db.models import F, Q

from havre.cases.models import Plan
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Case plans by the day they were proposed."""
    return look.of_cases(Plan).filter(kind="case").annotate(x_at=F("proposed_at"), x_met=Q(child_agrees__isnull=False, caregiver_part=True))


INDICATOR = Indicator(
    number=16, title=N_("Plans made together"),
    definition=N_("Plans proposed in the period about which the child was asked and in which a caregiver took part."),
    formula=N_("plans with the child asked and a caregiver taking part ÷ plans × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows,
    sources=("cases.plan.child_agrees", "cases.plan.caregiver_part", "cases.plan.proposed_at"),
    caveats=(N_("A child without any caregiver counts as no."),))
