"""How many closed cases had to be opened again within six months?"""

from datetime import timedelta

from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, OuterRef, Value

from havre.cases.models import Case, ClosureRequest
from havre.core.words import N_
from havre.infra.models import Edit
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit
from havre.statistics.indicators.closures_with_goal_met import NOT_VALID

WITHIN = timedelta(days=182)


def rows(look: Look) -> Rows:
    """Approved closures by the day of approval; met when an edit reopened the case within half a year."""
    until = ExpressionWrapper(OuterRef("x_at") + Value(WITHIN, DurationField()), output_field=DateTimeField())
    again = look.beside(Edit).filter(kind=Case.record_kind(), record=OuterRef("case_id"), fields__contains=["reopen_note"],
                                                   at__gt=OuterRef("x_at"), at__lte=until)
    closures = look.of_cases(ClosureRequest).filter(state="approved").exclude(reason__in=NOT_VALID).annotate(x_at=look.approved("closure"))
    return closures.filter(x_at__gte=look.start, x_at__lt=look.end).annotate(x_met=Exists(again))


INDICATOR = Indicator(
    number=20, title=N_("Opened again within six months"),
    definition=N_("Cases closed in the period that were opened again within 182 days."),
    formula=N_("closures followed by a reopening within 182 days ÷ closures × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows,
    sources=("cases.closurerequest.state", "cases.approval.decided_at", "infra.edit.at"),
    caveats=(N_("For closures of the last six months the number can still rise."),))
