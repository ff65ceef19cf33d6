"""What is left over when the past has been played? Jobs whose time is over, and tasks that became late."""

from datetime import datetime
from uuid import uuid5

from django.db import connection

from havre.access.system import system_actor
from havre.cases.jobs import mark_late
from havre.cases.models import Task
from havre.core.intent import Intent
from havre.infra.acting import acting

DONE = """delete from procrastinate_jobs where status = 'todo' and task_name = 'cases.task_due' and (scheduled_at <= now()
 or (args->>'task')::uuid in (select id from cases_task where done_at is not null))"""
MATCHED = "delete from procrastinate_jobs where status = 'todo' and task_name = 'tracing.match_person'"


def finish(now: datetime) -> None:
    """Let go of jobs that have nothing to do any more, and mark what is late as the jobs would have."""
    actor = system_actor()
    with acting(actor, now=now):
        with connection.cursor() as cursor:
            cursor.execute(DONE)
            cursor.execute(MATCHED)
        for task in list(Task.objects.filter(done_at__isnull=True, late_at__isnull=True, due_at__lte=now).order_by("due_at", "id")):
            mark_late(Intent(by=actor, at=now, rid=uuid5(task.pk, f"late {task.due_at.isoformat()}")), task=task.pk)
