"""In how many assessments was the child seen alone?"""

from django.db.models import F, Q

from havre.cases.models import Assessment
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit


def rows(look: Look) -> Rows:
    """Assessments by their day."""
    return look.of_cases(Assessment).annotate(x_at=F("assessed_at"), x_met=Q(child_seen_alone=True), x_part=F("mode"))


INDICATOR = Indicator(
    number=14, title=N_("Child seen alone"),
    definition=N_("Assessments made in the period in which the child was seen alone."),
    formula=N_("assessments with the child seen alone ÷ assessments × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="assessment_mode",
    sources=("cases.assessment.child_seen_alone", "cases.assessment.assessed_at"),
    caveats=(N_("Where the child could not be seen alone for a good reason, the assessment still counts as no."),))
