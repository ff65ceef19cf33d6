"""Who works with this child? Assigning, sharing for a purpose and a time, and keeping people out."""

from datetime import datetime, timedelta
from uuid import UUID

from havre.access import files
from havre.access.decide import Relation
from havre.access.models import Agency, Bar, File, Grant, Team, User
from havre.cases import permissions, tasks
from havre.cases.given import UNKNOWN, Answers
from havre.cases.models import Case
from havre.core.actor import Role
from havre.core.words import N_
from havre.infra.actions import action
from havre.infra.unit import Unit

WORKERS = frozenset({Role.CASEWORKER.value, Role.SUPERVISOR.value, Role.TRACING_OFFICER.value})
LONGEST_SHARE = timedelta(days=366)


@action(permissions.ASSIGN)
def assign_case(unit: Unit, *, case: UUID, owner: UUID) -> Case:
    """Give a case to another worker of the same agency; open tasks go along, the former worker's access ends."""
    record = unit.get(Case, case, lock=True)
    answers = Answers()
    worker = User.objects.filter(pk=owner, is_active=True, agency_id=record.agency_id,
                                 role__in=(Role.CASEWORKER, Role.SUPERVISOR)).first()
    if worker is None:
        answers.refuse("owner", UNKNOWN)
    elif Bar.objects.filter(file_id=record.file_id, user_id=owner).exists():
        answers.refuse("owner", N_("This person is kept out of this file."))
    answers.done()
    former = record.owner_id
    if former == owner:
        return record
    unit.change(record, owner_id=owner)
    files.grant(unit, record.file_id, owner, Relation.ASSIGNED)
    tasks.move_tasks(unit, record.file_id, former, owner)
    unit.note("case_assigned", record, to=str(owner))
    Grant.objects.filter(file_id=record.file_id, principal=former, relation=Relation.ASSIGNED).delete()
    return record


@action(permissions.SHARE)
def share_case(unit: Unit, *, case: UUID, principal: UUID, purpose: str, until: datetime) -> Case:
    """Let a person, a team or an agency read a case for a purpose until a day, at most a year away."""
    record = unit.get(Case, case)
    answers = Answers()
    answers.needs("purpose", purpose)
    kind = _kind_of(principal)
    if kind is None or principal == unit.by.id:
        answers.refuse("principal", UNKNOWN)
    elif Bar.objects.filter(file_id=record.file_id, user_id=principal).exists():
        answers.refuse("principal", N_("This person is kept out of this file."))
    if not unit.at < until <= unit.at + LONGEST_SHARE:
        answers.refuse("until", N_("Choose a day from tomorrow on, at most a year away."))
    answers.done()
    files.grant(unit, record.file_id, principal, Relation.SHARED, purpose=purpose.strip(), expires_at=until)
    unit.note("case_shared", record, kind=kind or "", to=str(principal))
    return record


def _kind_of(principal: UUID) -> str | None:
    if User.objects.filter(pk=principal, is_active=True, role__in=(*WORKERS, Role.FOCAL_POINT)).exists():
        return "user"
    if Team.objects.filter(pk=principal).exists():
        return "team"
    return "agency" if Agency.objects.filter(pk=principal).exclude(country="").exists() else None


@action(permissions.SHARE)
def end_share(unit: Unit, *, case: UUID, principal: UUID) -> Case:
    """Take shared access back at once."""
    record = unit.get(Case, case)
    Grant.objects.filter(file_id=record.file_id, principal=principal, relation=Relation.SHARED).delete()
    unit.note("share_ended", record, to=str(principal))
    return record


@action(permissions.BAR)
def bar_person(unit: Unit, *, case: UUID, user: UUID, reason: str) -> Case:
    """Keep a person with a conflict of interest out of a file, whatever access they have or get."""
    record = unit.get(Case, case)
    answers = Answers()
    answers.needs("reason", reason)
    if user == unit.by.id or not User.objects.filter(pk=user).exists():
        answers.refuse("user", UNKNOWN)
    if user == record.owner_id:
        answers.refuse("user", N_("This person is responsible for the case. Give the case to someone else first."))
    answers.done()
    files.bar(unit, record.file_id, user, reason.strip())
    unit.note("person_barred", record, who=str(user))
    return record


def team_of(case: Case) -> UUID | None:
    """The team whose supervisors answer for a case."""
    return File.objects.values_list("team_id", flat=True).get(pk=case.file_id)
