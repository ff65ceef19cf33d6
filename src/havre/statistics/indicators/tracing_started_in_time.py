"""For how many children alone did the search for the family begin within two days?"""

from django.db.models import DateField, DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Value
from django.db.models.functions import TruncDate

from havre.core.words import N_
from havre.statistics.counting import DIMENSIONS, UASC, Indicator, Kind, Look, Rows, Shape, Unit
from havre.tracing.models import TracingAction
from havre.tracing.requests import START_WITHIN


def rows(look: Look) -> Rows:
    """Children alone by the day of registration, once something was done for tracing or the two days have passed."""
    by = ExpressionWrapper(F("registered_at") + Value(START_WITHIN, DurationField()), output_field=DateTimeField())
    found = look.cases().filter(uasc_status__in=UASC, registered_at__gte=look.start, registered_at__lt=look.end)
    found = found.annotate(x_at=F("registered_at"), x_due=by, x_day=TruncDate("x_due", output_field=DateField()))
    done = look.beside(TracingAction).filter(file_id=OuterRef("file_id"), done_on__lte=OuterRef("x_day"))
    return found.annotate(x_met=Exists(done))


INDICATOR = Indicator(
    number=23, title=N_("Tracing begun within 48 hours"),
    definition=N_("Unaccompanied and separated children registered in the period for whom something was done to find the family by the second day after."),
    formula=N_("children with a first tracing action by the second day ÷ unaccompanied and separated children registered × 100"),
    unit=Unit.IN_100, kind=Kind.SHARE, shape=Shape.EVENT, rows=rows, dimensions=tuple(d for d in DIMENSIONS if d != "status"),
    sources=("cases.case.registered_at", "cases.case.uasc_status", "tracing.tracingaction.done_on"),
    caveats=(N_("Children who do not want us to look count as no."), N_("Tracing actions are known by the day, not by the hour.")))
