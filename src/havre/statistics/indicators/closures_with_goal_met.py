"""How many cases end because the child is safe and the goals are met?"""

from django.db.models import F, Q

from havre.cases.models import ClosureRequest
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit

NOT_VALID = ("opened_in_error", "duplicate")


def rows(look: Look) -> Rows:
    """Approved closures by the day of approval."""
    approved = look.of_cases(ClosureRequest).filter(state="approved").exclude(reason__in=NOT_VALID)
    return approved.annotate(x_at=look.approved("closure"), x_met=Q(reason="goal_met_safe"), x_part=F("reason"))


INDICATOR = Indicator(
    number=19, title=N_("Closed with the goals met"),
    definition=N_("Closures approved in the period because the goals are met and the child is safe, of all valid closures."),
    formula=N_("closures with the reason “goals met and safe” ÷ closures without errors and duplicates × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="closure_reason",
    sources=("cases.closurerequest.reason", "cases.approval.decided_at"), caveats=(N_("A closure counts even when the case was opened again later."),))
