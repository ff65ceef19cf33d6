"""How many plans did a second person approve?"""

from django.db.models import F, Q

from havre.cases.models import Approval
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Questions about a plan, by the day they were asked."""
    return look.of_cases(Approval).filter(subject_kind="plan").annotate(x_at=F("requested_at"), x_met=Q(decision="approved"), x_part=F("decision"))


INDICATOR = Indicator(
    number=6, title=N_("Plans approved"),
    definition=N_("Plans put to a supervisor in the period that were approved."),
    formula=N_("plans approved ÷ plans put to a supervisor × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="decision",
    sources=("cases.approval.decision", "cases.approval.requested_at"),
    caveats=(N_("A plan that was changed before an answer counts as returned."),))
