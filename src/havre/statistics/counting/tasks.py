"""How is it counted whether what was due was done by then?"""

from typing import Final

from django.db.models import F, Q

from havre.cases.models import Task
from havre.core.words import N_
from havre.statistics.counting.indicator import Rows
from havre.statistics.counting.look import Look

SOURCES: Final = ("cases.task.kind", "cases.task.due_at", "cases.task.done_at")
ENDED_OTHERWISE: Final = N_("A task that ended for another reason, such as closing the case, counts as done.")


def done_in_time(look: Look, *kinds: str) -> Rows:
    """Tasks of these kinds by the day they were due, up to now; met when done by then."""
    due = look.all(Task).filter(kind__in=kinds, due_at__lt=look.now)
    return due.annotate(x_at=F("due_at"), x_met=Q(done_at__isnull=False, done_at__lte=F("due_at")), d_risk=F("risk_level"))
