"""What is late, and of which kind?"""

from django.db.models import F

from havre.cases.models import Task
from havre.core.words import N_
from havre.statistics.counting import Indicator, Kind, Look, Rows, Shape, Unit, caveats


def rows(look: Look) -> Rows:
    """Tasks from the time they were due until they were done; the supervisor's task about a late task is left out."""
    return look.all(Task).exclude(kind="late_task").annotate(x_since=F("due_at"), x_until=F("done_at"), x_part=F("kind"), d_risk=F("risk_level"))


INDICATOR = Indicator(
    number=12, title=N_("Overdue tasks"),
    definition=N_("Tasks whose time had passed at the end of the period and that were not done by then."),
    formula=N_("tasks due before the end of the period and not done by then"),
    unit=Unit.TASKS, kind=Kind.COUNT, shape=Shape.STOCK, rows=rows, part="task", dimensions=("risk",), list="status=active&due=late",
    sources=("cases.task.due_at", "cases.task.done_at", "cases.task.kind"),
    caveats=(N_("A task whose time was moved counts by its present time."), caveats.OWN_FILES))
