"""Tasks grow late once, two values become one task, and time alone changes nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from havre.access.system import system_actor
from havre.cases import jobs
from havre.cases.models import Case, Task
from havre.core.problems import NothingHere
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry

pytestmark = pytest.mark.django_db


def rows(actor: object, case: Case, kind: str) -> list[Task]:
    with acting(actor):  # type: ignore[arg-type]
        return list(Task.objects.filter(file_id=case.file_id, kind=kind))


def pass_time(task: Task, now: datetime) -> None:
    with acting(system_actor(), now=now):
        jobs.task_due(str(task.pk))


def test_a_late_task_is_marked_once_and_told_to_the_supervisors_once(people: SimpleNamespace, open_case: Callable) -> None:
    case = open_case(risk_level="high")
    [task] = rows(people.caseworker, case, "assess")
    for hours in (1, 1, 5):
        pass_time(task, task.due_at + timedelta(hours=hours))
    [late] = rows(people.supervisor, case, "late_task")
    assert (late.owner_id, late.about_id, late.why_params) == (people.team_a.id, task.pk, {"task": "assess"})
    assert rows(people.caseworker, case, "assess")[0].late_at is not None
    assert AuditEntry.objects.filter(action="task_became_late", files__contains=[case.file_id]).count() == 1


def test_a_task_that_is_not_due_yet_is_left_alone(people: SimpleNamespace, open_case: Callable) -> None:
    case = open_case()
    [task] = rows(people.caseworker, case, "assess")
    pass_time(task, task.due_at - timedelta(minutes=1))
    assert rows(people.supervisor, case, "late_task") == []


def test_an_escalation_ends_with_the_task_that_caused_it(
        people: SimpleNamespace, intent: Callable, open_case: Callable, given: SimpleNamespace) -> None:
    from havre.cases import actions
    case = open_case(at=datetime.now(UTC) - timedelta(days=9))
    [task] = rows(people.caseworker, case, "assess")
    pass_time(task, datetime.now(UTC))
    actions.record_assessment(intent(people.caseworker), case=case.pk, given=given.assessment)
    assert [t.done_at is None for t in rows(people.supervisor, case, "late_task")] == [False]


def test_only_the_system_marks_tasks_late(people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    [task] = rows(people.caseworker, open_case(), "assess")
    with pytest.raises(NothingHere):
        jobs.mark_late(intent(people.supervisor), task=task.pk)


def test_two_people_who_write_differently_make_one_task_for_the_owner(
        people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    from havre.cases import permissions
    from havre.infra.unit import Unit
    case = open_case()
    seen = list(case.heads)
    with acting(people.caseworker) as stay:
        unit = Unit(intent(people.caseworker), permissions.REVIEW, stay)
        unit.change(case, seen=seen, population_group="refugee")
    with acting(people.supervisor) as stay:
        unit = Unit(intent(people.supervisor), permissions.REVIEW, stay)
        unit.change(Case.objects.get(pk=case.pk), seen=seen, population_group="migrant_irregular")
        unit.finish()
    [task] = rows(people.caseworker, case, "values_disputed")
    assert (task.owner_id, task.about_id) == (people.caseworker.id, case.pk)


def test_the_same_task_is_not_given_twice_and_keeps_the_earlier_time(
        people: SimpleNamespace, intent: Callable, open_case: Callable) -> None:
    from havre.cases import permissions, tasks
    from havre.infra.unit import Unit
    case, at = open_case(), datetime.now(UTC)
    with acting(people.caseworker) as stay:
        unit = Unit(intent(people.caseworker), permissions.REVIEW, stay)
        for days in (5, 3, 9):
            tasks.add_task(unit, file=case.file_id, kind="review", due_at=at + timedelta(days=days), owner=people.caseworker.id,
                           why="review_by_risk")
        unit.finish()
    assert [t.due_at for t in rows(people.caseworker, case, "review")] == [at + timedelta(days=3)]
