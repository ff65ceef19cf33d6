"""How many reunified children are still with their family after three months?"""

from datetime import timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value

from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats
from havre.tracing.models import Reunification


def together(look: Look, after: timedelta) -> Rows:
    """Reunifications by the day of the hand-over that lie long enough back; met when none broke down in that time."""
    by = ExpressionWrapper(F("done_at") + Value(after, DurationField()), output_field=DateTimeField())
    done = look.all(Reunification).filter(done_at__isnull=False).annotate(x_at=F("done_at"), x_by=by).filter(x_by__lt=look.now)
    return done.annotate(x_met=~Q(state="broken_down") | Q(ended_at__gt=F("x_by")), x_part=F("type"))


def rows(look: Look) -> Rows:
    """Reunifications of at least 91 days ago."""
    return together(look, timedelta(days=91))


INDICATOR = Indicator(
    number=28, title=N_("Together after three months"),
    definition=N_("Children handed over in the period whose reunification had not broken down 91 days later."),
    formula=N_("reunifications without a breakdown in 91 days ÷ reunifications at least 91 days ago × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, part="reunification_type", dimensions=(),
    sources=("tracing.reunification.done_at", "tracing.reunification.state", "tracing.reunification.ended_at"),
    caveats=(N_("A breakdown nobody has told us of is not counted."), caveats.SMALL_NUMBERS))
