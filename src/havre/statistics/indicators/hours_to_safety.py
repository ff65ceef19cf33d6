"""How long does a child at high risk wait until someone makes her safe?"""

from datetime import timedelta

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from havre.cases.models import Case, Task
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, between, caveats


def rows(look: Look) -> Rows:
    """First safety steps of children at high risk, by the day they were done."""
    case = look.beside(Case).filter(file_id=OuterRef("file_id")).values(known=Coalesce("identified_at", "registered_at"))[:1]
    earlier = look.beside(Task).filter(file_id=OuterRef("file_id"), kind="immediate_safety", done_at__lt=OuterRef("done_at"))
    done = look.all(Task).filter(kind="immediate_safety", risk_level="high", done_at__gte=look.start, done_at__lt=look.end)
    done = done.annotate(x_before=Subquery(earlier.values("pk")[:1])).filter(x_before__isnull=True)
    return done.annotate(x_known=Subquery(case)).filter(x_known__isnull=False).annotate(
        x_at=F("done_at"), x_amount=between(F("done_at"), F("x_known"), timedelta(hours=1)))


INDICATOR = Indicator(
    number=8, title=N_("Hours to the first safety step"),
    definition=N_("Time from identification to the first safety step done, for children at high risk."),
    formula=N_("median of the hours from identification to the first safety step done in the period"),
    unit=Unit.HOURS, kind=Kind.MEDIAN, shape=Shape.EVENT, rows=rows, dimensions=(),
    sources=("cases.case.identified_at", "cases.task.done_at", "cases.task.kind"),
    caveats=(N_("Where the time of identification is not known, the time of registration stands for it."), caveats.SMALL_NUMBERS))
