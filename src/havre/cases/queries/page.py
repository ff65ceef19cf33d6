"""What stands on the page of one child? Everything in few queries, sealed values opened together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from havre.access import queries as access
from havre.access.decide import Relation
from havre.access.models import Agency, Grant, Team, User
from havre.cases import permissions
from havre.cases.facts import ages, open_concerns, view_facts, views_of
from havre.cases.models import Approval, Assessment, Case, Factor, FollowUp, Plan, PlanAction, SealedNote, Task, View
from havre.cases.queries.history import TimelineEntry, entries
from havre.cases.queries.panel import Known, safeguards
from havre.cases.queries.people import opened
from havre.cases.rules import Decision
from havre.cases.sealing import notes_known_to
from havre.core.actor import Actor
from havre.core.gates import GateResult
from havre.core.ids import check_code
from havre.core.policy import Policy
from havre.core.problems import NothingHere
from havre.infra.acting import current_or_none
from havre.infra.keys import data_keys
from havre.infra.sealing import open_many, open_record
from havre.registration.models import Consent, Person, Relationship

TIMELINE = 20

SOON = timedelta(days=120)  # a task further away, such as turning 18, is not yet due to anyone


@dataclass(frozen=True, slots=True)
class Kin:
    """Someone of the child's family, as the child named them."""

    id: UUID
    type: str
    names: Sequence[Mapping[str, Any]]
    in_contact: str
    deceased: str
    is_caregiver: bool


@dataclass(frozen=True, slots=True)
class Worker:
    """Who may open this file, how they stand to it, and until when."""

    principal: UUID
    kind: str
    name: str
    relation: str
    purpose: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """The child's own words about one matter."""

    view: View
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page of a case."""

    case: Case
    code: str
    names: Sequence[Mapping[str, Any]]
    sex: str
    languages: tuple[str, ...]
    age: tuple[int | None, int | None]
    risk_reasons: str
    summary: str
    said: Said | None
    caregiver_said: bool
    views: tuple[View, ...]
    assessment: Assessment | None
    factors: tuple[Factor, ...]
    plan: Plan | None
    goal: str
    plan_actions: tuple[tuple[PlanAction, str], ...]
    approval: Approval | None
    standing: frozenset[Relation]
    tasks: tuple[Task, ...]
    visits: tuple[FollowUp, ...]
    gates: tuple[GateResult, ...]
    timeline: tuple[TimelineEntry, ...]
    consents: tuple[Consent, ...]
    kin: tuple[Kin, ...]
    workers: tuple[Worker, ...]
    notes: tuple[SealedNote, ...]
    disputed: tuple[tuple[str, UUID, tuple[str, ...]], ...]
    concerns: Mapping[str, str]


def case_by_code(actor: Actor, code: str, permission: Any = permissions.READ) -> Case:
    """The case of a file code as a person may type it. Raises NothingHere, denial audited."""
    known = check_code(code)
    row: Case | None = None
    if known is not None:
        row = access.scoped(Case, actor).filter(file__code=known).select_related("file", "child").first()
    if row is None:
        stay = current_or_none()
        if stay is not None:
            stay.audit(permission.code, decision="denied", code=known or "")
        raise NothingHere()
    access.require(actor, permission, row.file_id)
    return row


def case_page(actor: Actor, code: str, policy: Policy | None = None, now: datetime | None = None) -> CasePage:
    """The page of one child. About 25 queries whatever the length of the history; a test counts them."""
    case = case_by_code(actor, code)
    at = now or timezone.now()
    edges = list(Relationship.objects.filter(to_person=case.child_id).select_related("from_person")[:12])
    people = [case.child, *(edge.from_person for edge in edges)]
    _warm(case, people)
    named = {person.pk: values["names"] or () for person, values in opened(people, "names")}
    words = open_record(case, "risk_reasons", "summary")
    views = list(View.objects.filter(case=case).order_by("-given_at"))
    tasks = Task.objects.filter(file_id=case.file_id, done_at__isnull=True, due_at__lt=at + SOON) \
        .exclude(kind="late_task").order_by("due_at")[:20]
    found, factors = _assessment(case)
    plan, goal, lines = _plan(case)
    waiting = Approval.objects.filter(case=case, decision=Decision.WAITING).first()
    counted = view_facts(views) if case.reopen_note is None else views_of(case)
    known = Known(counted, waiting, access.relations(actor, case.file_id))
    return CasePage(
        case=case, code=case.file.code, names=named.get(case.child_id, ()), sex=case.child.sex,
        languages=tuple(case.child.languages), age=ages(case.child, timezone.localtime(at).date()),
        risk_reasons=words["risk_reasons"] or "", summary=words["summary"] or "", said=_said(views),
        caregiver_said=any(v.whose == "caregiver" for v in views), views=tuple(views), assessment=found, factors=factors,
        plan=plan, goal=goal, plan_actions=lines, approval=waiting, standing=known.standing,
        tasks=tuple(tasks), visits=tuple(FollowUp.objects.filter(case=case).order_by("-happened_at")[:5]),
        gates=tuple(safeguards(actor, case, known=known, policy=policy, now=at)),
        timeline=tuple(entries(case.file_id, limit=TIMELINE)),
        consents=tuple(Consent.objects.filter(person=case.child_id).order_by("given_at")),
        kin=tuple(Kin(e.from_person_id, e.type, named.get(e.from_person_id, ()), e.in_contact, e.from_person.deceased,
                      e.is_caregiver) for e in edges),
        workers=tuple(workers(case.file_id, at)), notes=tuple(notes_known_to(actor, case)),
        disputed=_disputed(case, people), concerns=open_concerns(case))


def _warm(case: Case, people: Sequence[Person]) -> None:
    """Fetch the data keys of the file and of every person in one query; an erased one is left to who opens it."""
    from havre.core.problems import KeyErased
    try:
        data_keys({case.file_id, *(p.pk for p in people)})
    except KeyErased:
        return


def _said(views: Sequence[View]) -> Said | None:
    last = next((v for v in views if v.whose == "child"), None)
    if last is None:
        return None
    words = open_record(last, "words", "no_views_reason")
    return Said(last, words["words"] or "", words["no_views_reason"] or "")


def _assessment(case: Case) -> tuple[Assessment | None, tuple[Factor, ...]]:
    last = Assessment.objects.filter(case=case).order_by("-assessed_at").first()
    if last is None:
        return None, ()
    return last, tuple(Factor.objects.filter(assessment=last).order_by("level", "-strength", "code"))


def _plan(case: Case) -> tuple[Plan | None, str, tuple[tuple[PlanAction, str], ...]]:
    plan = Plan.objects.filter(case=case, kind="case", state__in=("approved", "proposed")).order_by("-proposed_at").first()
    if plan is None:
        return None, "", ()
    lines = list(PlanAction.objects.filter(plan=plan).order_by("due_on", "id"))
    goals = [v["goal"] or "" for v in open_many(lines, "goal")]
    return plan, open_record(plan, "goal")["goal"] or "", tuple(zip(lines, goals, strict=True))


def workers(file: UUID, now: datetime) -> list[Worker]:
    """Who may open a file now, people first, then teams and agencies."""
    live = Grant.objects.filter(file_id=file).filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))
    rows = list(live.order_by("granted_at"))
    ids = {g.principal for g in rows}
    names: dict[UUID, tuple[str, str]] = {}
    for kind, model in (("user", User), ("team", Team), ("agency", Agency)):
        left = ids - names.keys()
        if left:
            names |= {pk: (kind, name) for pk, name in model._default_manager.filter(pk__in=left).values_list("pk", "name")}
    return [Worker(g.principal, *names.get(g.principal, ("", "")), g.relation, g.purpose, g.expires_at) for g in rows]


def _disputed(case: Case, people: Sequence[Person]) -> tuple[tuple[str, UUID, tuple[str, ...]], ...]:
    """Records of this page on which two people wrote different values: kind, id, fields."""
    rows = [("case", case.pk, tuple(case.disputed)), *(("person", p.pk, tuple(p.disputed)) for p in people)]
    return tuple(row for row in rows if row[2])
