"""What happens to a case when time passes and nobody is looking? Jobs that may run twice without a second effect."""

from uuid import UUID, uuid5

from havre.access.system import system_actor
from havre.cases import permissions
from havre.cases.models import Task
from havre.cases.tasks import escalate
from havre.core.intent import Intent
from havre.infra.acting import current
from havre.infra.actions import action
from havre.infra.jobs import job
from havre.infra.unit import Unit


@action(permissions.MARK_LATE)
def mark_late(unit: Unit, *, task: UUID) -> None:
    """Mark a task late when its time has passed and it is not done, and tell the supervisors once."""
    escalate(unit, unit.get(Task, task, lock=True))


@job("cases.task_due")
def task_due(task: str) -> None:
    """Run at the time a task is due. A later time given in between has a job of its own."""
    row = Task.objects.filter(pk=task).first()
    now = current().now
    if row is None or row.done_at is not None or row.late_at is not None or row.due_at > now:
        return
    mark_late(Intent(by=system_actor(), at=now, rid=uuid5(row.pk, f"late {row.due_at.isoformat()}")), task=row.pk)
