"""Which children does this person work for, most urgent first, fifty at a time?

The order is risk (high first), then the latest registered. A page is continued from the last row seen (keyset), so that
page 4,000 costs what page 1 costs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import DateTimeField, F, Min, QuerySet, SmallIntegerField, UUIDField, Value
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.utils import timezone

from havre.access import queries as access
from havre.cases import permissions
from havre.cases.models import Case, Task
from havre.cases.models.case import RISK_RANK
from havre.cases.queries.people import Named, names_of_files
from havre.cases.rules import RISK_ORDER, Status
from havre.core.actor import Actor

PAGE = 50
ALONE = ("unaccompanied", "separated", "orphan")
_NEVER = (Status.DUPLICATE.value, Status.ENTERED_IN_ERROR.value)
_TOGETHER = {"counted": _NEVER, "active": (*_NEVER, Status.CLOSED.value)}


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What to list. Empty values do not narrow. `due` is late, today or week; `whose` is mine or team.

    `status` is one of the statuses, `active` (not closed) or `counted` (any, without duplicates and those entered in error). `beside` is
    with whom the child is, or `alone` for unaccompanied, separated and orphaned; `registered` and `closed` are first and last days.
    """

    status: str = "open"
    risk: str = ""
    stage: str = ""
    due: str = ""
    whose: str = ""
    beside: str = ""
    registered: tuple[date, date] | None = None
    closed: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The last row seen: its rank, day of registration and id."""

    rank: int
    registered_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One child in the list with what is due next."""

    id: UUID
    code: str
    child: Named | None
    risk_level: str
    stage: str
    status: str
    owner_id: UUID
    owner: str
    next_kind: str
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page, and the place from which the next one starts (None at the end)."""

    rows: tuple[CaseRow, ...]
    next: Place | None


def cases_visible_to(actor: Actor, wanted: CaseFilter | None = None, after: Place | None = None, *,
                     now: datetime | None = None, limit: int = PAGE) -> CaseList:
    """A page of the cases the actor may know of. Raises NothingHere for a role without a list."""
    access.require(actor, permissions.LIST)
    at = now or timezone.now()
    rows: QuerySet[Case] = _narrowed(access.scoped(Case, actor), actor, wanted or CaseFilter(), at)
    if after is not None:
        rows = rows.filter(TupleLessThan((RISK_RANK, F("registered_at"), F("id")), (
            Value(after.rank, SmallIntegerField()), Value(after.registered_at, DateTimeField()), Value(after.id, UUIDField()))))
    ordered = rows.order_by(RISK_RANK.desc(), F("registered_at").desc(), F("id").desc())
    page = list(ordered.prefetch_related("file")[:limit + 1])  # joined, the file of every case would be asked for before sorting
    shown, more = page[:limit], len(page) > limit
    last = Place(rank_of(shown[-1].risk_level), shown[-1].registered_at, shown[-1].pk) if more else None
    return CaseList(tuple(_rows(actor, shown, at)), last)


def rank_of(risk: str) -> int:
    """The place of a level in the order of the list: high is the largest."""
    return len(RISK_ORDER) - 1 - RISK_ORDER.index(risk) if risk in RISK_ORDER else -1


def _narrowed(rows: QuerySet[Case], actor: Actor, wanted: CaseFilter, at: datetime) -> QuerySet[Case]:
    if wanted.status in _TOGETHER:
        rows = rows.exclude(status__in=_TOGETHER[wanted.status])
    elif wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.beside:
        rows = rows.filter(uasc_status__in=ALONE if wanted.beside == "alone" else (wanted.beside,))
    for column, days in (("registered_at", wanted.registered), ("closed_at", wanted.closed)):
        if days is not None:
            rows = rows.filter(**{f"{column}__gte": _midnight(days[0]), f"{column}__lt": _midnight(days[1] + timedelta(days=1))})
    if wanted.risk:
        rows = rows.alias(rank=RISK_RANK).filter(rank=rank_of(wanted.risk))
    if wanted.whose == "mine":
        rows = rows.filter(owner_id=actor.id)
    if wanted.whose == "team":
        rows = rows.filter(team_id__in=actor.supervises | actor.teams)
    if wanted.due:
        rows = rows.filter(file_id__in=Task.objects.filter(done_at__isnull=True, due_at__lt=_until(wanted.due, at)).values("file_id"))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _until(due: str, at: datetime) -> datetime:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {"late": at, "today": midnight, "week": midnight + timedelta(days=6)}.get(due, at)


def _rows(actor: Actor, cases: list[Case], at: datetime) -> Iterable[CaseRow]:
    files = [c.file_id for c in cases]
    children = names_of_files(actor, files, timezone.localtime(at).date())
    owners = access.names_of({c.owner_id for c in cases})
    due = next_due(files)
    for case in cases:
        kind, when = due.get(case.file_id, ("", None))
        yield CaseRow(case.pk, case.file.code, children.get(case.file_id), case.risk_level, case.stage, case.status,
                      case.owner_id, owners.get(case.owner_id, ""), kind, when)


def next_due(files: list[UUID]) -> dict[UUID, tuple[str, datetime]]:
    """The open task of each file that is due first: kind and time. Escalations are left out."""
    first: dict[UUID, tuple[str, datetime]] = {}
    open_tasks = Task.objects.filter(file_id__in=files, done_at__isnull=True).exclude(kind="late_task")
    for file, kind, due_at in open_tasks.values_list("file_id", "kind").annotate(first=Min("due_at")).order_by("first"):
        first.setdefault(file, (kind, due_at))
    return first
