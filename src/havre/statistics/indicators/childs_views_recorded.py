"""In how many assessments is it written what the child thinks?"""

from datetime import timedelta

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Value

from havre.cases.models import Assessment, View
from havre.cases.rules import NO_VIEWS
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Assessments by their day; met when the child's own views had been written by the day after."""
    by = ExpressionWrapper(OuterRef("assessed_at") + Value(timedelta(days=1), DurationField()), output_field=Assessment._meta.get_field("assessed_at"))
    said = look.beside(View).filter(case=OuterRef("case"), whose="child", given_at__lte=by).exclude(mode__in=sorted(NO_VIEWS))
    made = look.of_cases(Assessment).filter(assessed_at__gte=look.start, assessed_at__lt=look.end)
    return made.annotate(x_at=F("assessed_at"), x_met=Exists(said))


INDICATOR = Indicator(
    number=15, title=N_("Child’s views recorded"),
    definition=N_("Assessments made in the period of children whose views are written down by the day after."),
    formula=N_("assessments with the child’s views ÷ assessments × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows,
    sources=("cases.view.given_at", "cases.view.mode", "cases.view.whose", "cases.assessment.assessed_at"),
    caveats=(N_("Views that the child did not want to give, or could not, do not count as recorded."),))
