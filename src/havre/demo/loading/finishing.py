"""What is left over when the past has been played? Jobs whose time is over, and tasks that became late."""

from datetime import datetime
from uuid import uuid5

from django.db import connection

from havre.access.decide import Relation
from havre.access.models import Grant
from havre.access.system import system_actor
from havre.cases.jobs import mark_late
from havre.cases.models import Case, Task
from havre.cases.sharing import assign_case
from havre.core.intent import Intent
from havre.demo.loading.staff import Staff
from havre.demo.loading.steps import intent
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


def lighten(staff: Staff, now: datetime) -> None:
    """Amina's supervisor gives some of her cases to colleagues, so that who comes next from the border comes to her."""
    amina, claire = staff.actors["amina"], staff.actors["claire"]
    others = [a for a in staff.of("caseworker", "sabil", "gedaref") if a.id != amina.id]
    with acting(claire, now=now):
        held = {a.id: Grant.objects.filter(principal=a.id, relation=Relation.ASSIGNED.value).count() for a in (amina, *others)}
        mine = list(Case.objects.filter(owner_id=amina.id, status="open", tracing_status="").order_by("registered_at", "id"))
        for case in mine:
            least = min((a.id for a in others), key=lambda id: (held[id], id))
            if held[amina.id] <= held[least] - 4:
                return
            assign_case(intent(claire, now, f"case {case.pk} given on"), case=case.pk, owner=least)
            held[least] += 1
            held[amina.id] -= 1
