"""How many reunified families were visited within the first month?"""

from datetime import timedelta

from django.db.models import DateField, DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Value
from django.db.models.functions import TruncDate

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats
from havre.tracing.models import PostVisit, Reunification

MONTH = timedelta(days=30)


def rows(look: Look) -> Rows:
    """Reunifications by the day of the hand-over, once the family was visited or a month has passed."""
    by = ExpressionWrapper(F("done_at") + Value(MONTH, DurationField()), output_field=DateTimeField())
    done = look.all(Reunification).filter(done_at__isnull=False).annotate(x_at=F("done_at"), x_due=by, x_day=TruncDate("x_due", output_field=DateField()))
    visited = look.beside(PostVisit).filter(reunification=OuterRef("pk"), visited_on__lte=OuterRef("x_day"))
    return done.annotate(x_met=Exists(visited), x_part=F("type"))


INDICATOR = Indicator(
    number=28, title=N_("Visited within a month of reunification"),
    definition=N_("Children handed over to their family in the period who were visited within 30 days."),
    formula=N_("reunifications with a visit within 30 days ÷ reunifications × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="reunification_type", dimensions=(),
    sources=("tracing.reunification.done_at", "tracing.postvisit.visited_on"), caveats=(caveats.NOT_YET_DUE, caveats.SMALL_NUMBERS))
