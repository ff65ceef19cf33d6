"""What is due for this person, grouped by when, and what waits for someone else?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from havre.access import queries as access
from havre.access.models import Team
from havre.access.scope import principals
from havre.cases import permissions
from havre.cases.models import Approval, Task
from havre.cases.queries.people import Named, names_of_files
from havre.cases.rules import Bucket, Decision, bucket
from havre.core.actor import Actor

SHOWN = 40
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task: what, for which child, when and why then. `kind_of_file` is case, request or screening."""

    id: UUID
    kind: str
    file_id: UUID
    code: str
    kind_of_file: str
    about_id: UUID | None
    due_at: datetime
    why: str
    why_params: Mapping[str, Any]
    risk_level: str
    child: Named | None
    for_team: bool
    for_agency: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something this person asked for and someone else has not decided yet."""

    code: str
    kind: str
    since: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Today:
    """The tasks by group (empty groups left out), what waits, and how many tasks are open in all."""

    groups: Mapping[Bucket, tuple[TaskRow, ...]]
    waiting: tuple[Waiting, ...]
    open_tasks: int


def tasks_today(actor: Actor, now: datetime | None = None, *, limit: int = SHOWN, ahead: timedelta | None = AHEAD) -> Today:
    """What is due within `ahead` (everything when None) for the actor and, for a supervisor, for the teams.

    Raises NothingHere for a role without tasks.
    """
    access.require(actor, permissions.TODAY)
    at = timezone.localtime(now or timezone.now())
    mine = access.scoped(Task, actor).filter(owner_id__in=list(principals(actor)), done_at__isnull=True)
    near = mine if ahead is None else mine.filter(due_at__lt=at + ahead)
    rows = list(near.select_related("file").order_by("due_at", "id")[:limit])
    children = names_of_files(actor, {t.file_id for t in rows}, at.date())
    groups: dict[Bucket, list[TaskRow]] = {}
    for task in rows:
        row = TaskRow(task.pk, task.kind, task.file_id, task.file.code, task.file.kind, task.about_id, task.due_at, task.why,
                      task.why_params, task.risk_level, children.get(task.file_id), task.owner_id != actor.id, task.owner_id == actor.agency)
        groups.setdefault(bucket(timezone.localtime(task.due_at), at), []).append(row)
    return Today({b: tuple(groups[b]) for b in Bucket if b in groups}, _waiting(actor), mine.count())


def _waiting(actor: Actor) -> tuple[Waiting, ...]:
    rows = list(access.scoped(Approval, actor).filter(requested_by=actor.id, decision=Decision.WAITING)
                .select_related("file").order_by("requested_at")[:20])
    teams = dict(Team.objects.filter(pk__in={r.file.team_id for r in rows}).values_list("pk", "name"))
    return tuple(Waiting(r.file.code, r.subject_kind, r.requested_at, teams.get(r.file.team_id, "")) for r in rows)
