"""What may this person know of releases, questions and the ledger? And what may everyone read?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import F

from havre.access import queries as access
from havre.access.system import system_actor
from havre.cases.models import Task
from havre.core.actor import Actor
from havre.core.problems import NothingHere
from havre.infra.acting import acting, current
from havre.infra.sealing import open_record
from havre.statistics import permissions
from havre.statistics.models import LedgerMonth, Publication, Question, Release, Spending, StoredSheet
from havre.statistics.populations import all_populations
from havre.statistics.populations.period import Period
from havre.statistics.releases import covering, ledger
from havre.statistics.releases.ledger import Standing
from havre.statistics.releases.plans import ReleasePlan, plan_from
from havre.statistics.releases.shown import shown
from havre.statistics.releases.statements import statement
from havre.statistics.releases.telling import NEWS
from havre.statistics.states import Status

FRESH: Final = timedelta(days=7)
MOST: Final = 10


@dataclass(frozen=True, slots=True)
class LedgerYear:
    """One ledger in one year: where it stands, and what was paid, the newest first."""

    standing: Standing
    payments: Sequence[Spending]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: the table as it is read, the sheet it stands in, and the guarantee. `public_on` is the day on which
    everyone reads the release that it comes from, where that day has not come yet."""

    question: Question
    code: str
    table: Mapping[str, Any]
    codebook: Mapping[str, Any]
    statement: Mapping[str, Any]
    public_on: date | None = None


def releases(actor: Actor, limit: int = 50) -> list[Release]:
    """The latest releases in scope, newest first."""
    access.require(actor, permissions.RELEASES)
    return list(access.scoped(Release, actor).select_related("file").order_by("-created_at")[:limit])


def release_by_code(actor: Actor, code: str) -> Release:
    """The release of a file code, in scope and permitted. Raises NothingHere."""
    record: Release | None = access.scoped(Release, actor).select_related("file").filter(file__code=code).first()
    if record is None:
        current().audit(permissions.SEE.code, decision="denied")
        raise NothingHere()
    access.require(actor, permissions.SEE, record.file_id)
    return record


def questions(actor: Actor, limit: int = 30) -> list[Question]:
    """The analyst's own questions, newest first."""
    access.require(actor, permissions.ASK)
    return list(access.scoped(Question, actor).select_related("file").filter(asked_by=actor.id).order_by("-asked_at")[:limit])


def question_by_code(actor: Actor, code: str) -> Question:
    """A question of one's own, answered or not. Raises NothingHere."""
    access.require(actor, permissions.ASK)
    record: Question | None = access.scoped(Question, actor).select_related("file").filter(file__code=code, asked_by=actor.id).first()
    if record is None:
        current().audit(permissions.ASK.code, decision="denied")
        raise NothingHere()
    return record


def answer(actor: Actor, code: str) -> Answer:
    """The answer to a question of one's own, worked out from its stored sheet: the same bytes each time.

    A sheet is answered from as soon as it is measured, before its public day (ADR 11). Raises NothingHere, also while it waits.
    """
    record = question_by_code(actor, code)
    if not record.sheet:
        raise NothingHere()
    stored = StoredSheet.objects.select_related("spending").get(pk=record.sheet)
    table = covering.table_of(stored, tuple((str(n), int(at)) for n, at in record.table), Period(record.first_month, record.last_month))
    if table is None:
        raise NothingHere()
    return Answer(record, code, shown(table, stored.codebook), stored.codebook, statement(stored, code=code, version=1, published_on=None), _public_on(stored))


def _public_on(stored: StoredSheet) -> date | None:
    """The day to come of the release that a sheet was measured for; its file may be out of the reader's sight, the day is no secret."""
    if stored.spending.kind != "release" or stored.retired_at is not None or Publication.objects.filter(sheet=stored).exists():
        return None
    with acting(system_actor()):
        return Release.objects.filter(pk=stored.spending.subject, status="measured").values_list("release_on", flat=True).first()


def returned_for(actor: Actor, release: Release) -> str:
    """Why a plan came back; the reading is audited."""
    access.require(actor, permissions.SEE, release.file_id)
    return str(open_record(release, "reason")["reason"] or "")


def measured(actor: Actor, release: Release) -> tuple[list[dict[str, Any]], Mapping[str, Any], Mapping[str, Any]] | None:
    """The tables, guarantee and codebook of a published release, for those who may see it; None before its day."""
    access.require(actor, permissions.SEE, release.file_id)
    found = Publication.objects.filter(release=release.pk, withdrawn_at=None).select_related("sheet").first()
    return (found.shown, found.statement, found.sheet.codebook) if found is not None else None


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody has in hand: own plans not handed in, own plans that wait for a second person, what is agreed and not out yet (the
    next day first), own questions being worked on, and those answered or refused in the last seven days (the newest first)."""

    writing: Sequence[Release]
    waiting: Sequence[Release]
    coming: Sequence[Release]
    working: Sequence[Question]
    answered: Sequence[Question]


def desk(actor: Actor, now: datetime) -> Desk:
    """What this person has in hand of releases and questions, at most ten of each."""
    access.require(actor, permissions.RELEASES)
    rows = access.scoped(Release, actor).select_related("file")
    own = rows.filter(author_id=actor.id)
    asked = access.scoped(Question, actor).select_related("file").filter(asked_by=actor.id) if access.may(actor, permissions.ASK) else Question.objects.none()
    return Desk(
        writing=list(own.filter(status=Status.DRAFT.value, submitted_at=None).order_by("-created_at")[:MOST]),
        waiting=list(own.filter(status=Status.SUBMITTED.value).order_by("submitted_at")[:MOST]),
        coming=list(rows.filter(status__in=[Status.APPROVED.value, Status.MEASURED.value]).order_by(F("release_on").asc(nulls_first=True), "decided_at")[:MOST]),
        working=list(asked.filter(outcome="waiting").order_by("asked_at")[:MOST]),
        answered=list(asked.exclude(outcome="waiting").filter(updated_at__gte=now - FRESH).order_by("-updated_at")[:MOST]))


def news_of(actor: Actor, release: Release) -> Task | None:
    """What the author of a release is told of it and has not read; None for everyone else, and when there is nothing."""
    access.require(actor, permissions.SEE, release.file_id)
    found: Task | None = access.scoped(Task, actor).filter(file_id=release.file_id, owner_id=actor.id, kind__in=NEWS, done_at=None).first()
    return found


def spent_in(actor: Actor, year: int) -> list[Standing]:
    """Where each ledger of the actor's country stands from which anything was spent on a month of this year."""
    access.require(actor, permissions.LEDGER)
    names = LedgerMonth.objects.filter(country=actor.country, month__year=year).values_list("ledger", flat=True).distinct().order_by("ledger")
    held = [ledger.standing(actor.country, name, year) for name in names]
    return [each for each in held if each.total]


def ledgers(actor: Actor, year: int) -> list[LedgerYear]:
    """Every ledger of the actor's country in a year, with what was paid."""
    access.require(actor, permissions.LEDGER)
    out = []
    for name in sorted({p.ledger for p in all_populations().values()}):
        paid = [row for row in Spending.objects.filter(country=actor.country, ledger=name).order_by("-at", "pk") if any(m.year == year for m in row.months)]
        out.append(LedgerYear(ledger.standing(actor.country, name, year), paid))
    return out


# ---- for everyone, without signing in ----

def catalogue() -> list[Publication]:
    """Every public release that was ever published, the newest first; withdrawn ones keep their line."""
    return list(Publication.objects.filter(line="public").select_related("sheet").defer("sheet__content", "shown").order_by("-published_at", "pk"))


def published(code: str) -> Publication:
    """One public release. Raises NothingHere."""
    found = Publication.objects.filter(line="public", code=code).select_related("sheet").defer("sheet__content").first()
    if found is None:
        raise NothingHere()
    return found


def in_place_of(withdrawn: Publication) -> str:
    """The code of the latest version of the same population, months and country that still stands; "" when there is none."""
    found = Publication.objects.filter(series=withdrawn.series, withdrawn_at=None).order_by("-version").values_list("code", flat=True).first()
    return found or ""


def plan_of(release: Release) -> ReleasePlan:
    """The plan of a release that the caller may see."""
    return plan_from(release.plan)

