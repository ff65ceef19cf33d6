"""What has to be done on a file, by whom and until when? Shared by every domain that gives someone a task."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from havre.access.models import File
from havre.cases.models import Case, Task
from havre.cases.rules import DueStep
from havre.infra.records import Record
from havre.infra.unit import Unit


def add_task(unit: Unit, *, file: UUID, kind: str, due_at: datetime, owner: UUID, why: str,
             why_params: Mapping[str, str | int] | None = None, about: UUID | None = None, risk: str = "") -> Task:
    """A task for a person, or for a team (then any of its supervisors sees it).

    The same open task (file, kind, what it is about, owner) is not made twice: it keeps the earlier time. When the time
    comes and it is not done, it is marked late and the team's supervisors get a task.
    """
    known = Task.objects.filter(file_id=file, kind=kind, about_id=about, owner_id=owner, done_at__isnull=True).first()
    if known is not None:
        if due_at < known.due_at:
            unit.change(known, due_at=due_at, why=why, why_params=dict(why_params or {}))
            unit.defer("cases.task_due", at=due_at, task=known.pk)
        return known
    task = unit.create(Task, file=file, kind=kind, due_at=due_at, owner_id=owner, why=why, why_params=dict(why_params or {}),
                       about_id=about, risk_level=risk)
    unit.defer("cases.task_due", at=due_at, task=task.pk)
    return task


def add_step(unit: Unit, case: Case, step: DueStep, *, about: UUID | None = None, owner: UUID | None = None) -> Task:
    """The task of a due step of a case, for its owner unless another is named."""
    return add_task(unit, file=case.file_id, kind=step.kind, due_at=step.due_at, owner=owner or case.owner_id, why=step.why,
                    why_params=step.params, about=about, risk=case.risk_level)


def finish_task(unit: Unit, file: UUID, kind: str, *, about: UUID | None = None) -> int:
    """Mark the open tasks of a kind on a file done (only those about one thing, when named). Returns how many.

    The escalation that a late task caused ends with it.
    """
    wanted = Task.objects.filter(file_id=file, kind=kind, done_at__isnull=True)
    rows = list(wanted.filter(about_id=about) if about is not None else wanted)
    for task in rows:
        _end(unit, task)
    return len(rows)


def end_task(unit: Unit, task: Task) -> None:
    """Mark one task done, with the escalation it caused."""
    if task.done_at is None:
        _end(unit, task)


def _end(unit: Unit, task: Task) -> None:
    unit.change(task, done_at=unit.at, done_by=unit.by.id)
    for raised in Task.objects.filter(file_id=task.file_id, kind="late_task", about_id=task.pk, done_at__isnull=True):
        unit.change(raised, done_at=unit.at, done_by=unit.by.id)


def move_tasks(unit: Unit, file: UUID, old: UUID, new: UUID) -> int:
    """Give the open tasks of one person on a file to another. Returns how many."""
    rows = list(Task.objects.filter(file_id=file, owner_id=old, done_at__isnull=True))
    for task in rows:
        unit.change(task, owner_id=new)
    return len(rows)


def escalate(unit: Unit, task: Task) -> bool:
    """Mark an open task late and tell the supervisors of its team. Returns False when it is done, not due, or known late."""
    if task.done_at is not None or task.late_at is not None or task.due_at > unit.at:
        return False
    unit.change(task, late_at=unit.at)
    team = File.objects.filter(pk=task.file_id).values_list("team_id", flat=True).first()
    if team is not None and task.kind != "late_task" and task.owner_id != team:
        add_task(unit, file=task.file_id, kind="late_task", due_at=unit.at + timedelta(hours=24), owner=team, why="task_is_late",
                 why_params={"task": task.kind}, about=task.pk, risk=task.risk_level)
    unit.note("task_became_late", task, task=task.kind)
    return True


def values_disputed(unit: Unit, record: Record) -> None:
    """Event `values_disputed`: the owner of the file decides which of two values is right, by the end of tomorrow."""
    case = Case.objects.filter(file_id=record.file_id).first()
    owner = case.owner_id if case is not None else _team_of(record.file_id) or unit.by.id
    add_task(unit, file=record.file_id, kind="values_disputed", due_at=unit.at + timedelta(hours=24), owner=owner,
             why="two_people_wrote", about=record.pk, risk=case.risk_level if case is not None else "")


def screening_referred(unit: Unit, record: Record) -> None:
    """Event `screening_referred`: the receiving worker (or team) takes a child met at first contact, within the policy's hours."""
    from havre.config.policies import policy_for
    team = _team_of(record.file_id)
    if team is None:
        return
    country = File.objects.values_list("agency__country", flat=True).get(pk=record.file_id)
    hours = policy_for(country).border_referral_hours
    add_task(unit, file=record.file_id, kind="take_referral", due_at=unit.at + timedelta(hours=hours),
             owner=getattr(record, "worker_id", None) or team, why="referral_within", why_params={"hours": hours}, about=record.pk, risk="high")


def screening_acknowledged(unit: Unit, record: Record) -> None:
    """Event `screening_acknowledged`: somebody has the child now."""
    finish_task(unit, record.file_id, "take_referral")


def _team_of(file: UUID) -> UUID | None:
    return File.objects.filter(pk=file).values_list("team_id", flat=True).first()
