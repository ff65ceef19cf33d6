"""What is agreed for the child, and does a second person approve? The actions around plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from havre.access import files
from havre.access.decide import Relation
from havre.access.models import User
from havre.cases import facts, gates, permissions, rules, tasks
from havre.cases.assessing import weigh
from havre.cases.given import ActionGiven, Answers
from havre.cases.models import Approval, Case, Plan, PlanAction, View
from havre.cases.rules import Decision, PlanKind, PlanState
from havre.cases.sealing import may_read
from havre.cases.states import STAGES
from havre.cases.writing import policy_of
from havre.core.gates import Severity
from havre.core.problems import AlreadyDecided
from havre.infra.actions import action
from havre.infra.unit import Unit


@dataclass(frozen=True, slots=True)
class PlanGiven:
    """A plan as it was filled in."""

    goal: str
    actions: tuple[ActionGiven, ...]
    kind: str = PlanKind.CASE.value
    child_agrees: bool | None = None
    child_note: str = ""
    caregiver_part: bool | None = None
    caregiver_note: str = ""
    review_at: date | None = None
    weight: str = ""
    decision_follows: bool | None = None
    why_not_followed: str = ""


@action(permissions.PLAN)
def propose_plan(unit: Unit, *, case: UUID, given: PlanGiven) -> Plan:
    """Propose a plan to the supervisor. Blocking safeguards stop it now; those a supervisor may accept wait for them."""
    record = unit.get(Case, case, lock=True)
    STAGES.move(record.stage, "propose_plan")
    _check(given)
    if given.weight and (view := last_views(record)) is not None:
        weigh(unit, record, view, weight=given.weight, decision_follows=given.decision_follows,
              why_not_followed=given.why_not_followed)
    _supersede(unit, record, given.kind, (PlanState.PROPOSED,))
    plan, actions = _write(unit, record, given)
    results = gates.plan_gates(facts.plan_facts(record, plan, actions, facts.views_of(record)))
    unit.check([r for r in results if r.severity is Severity.BLOCKS])
    ask(unit, record, "plan", plan.pk, task="approve_plan")
    tasks.finish_task(unit, record.file_id, "plan")
    unit.note("plan_proposed", plan, kind=given.kind, actions=len(actions))
    return plan


def last_views(case: Case, *topics: str) -> View | None:
    """The child's latest views on these topics (those that a plan rests on, when none is named)."""
    return View.objects.filter(case=case, whose="child", topic__in=topics or gates.PLAN_TOPICS).order_by("-given_at").first()


def _check(given: PlanGiven) -> None:
    answers = Answers()
    answers.one_of("kind", given.kind, [k.value for k in PlanKind])
    if given.weight:
        answers.one_of("weight", given.weight, "views_weight")
    if given.decision_follows is False:
        answers.needs("why_not_followed", given.why_not_followed)
    for number, line in enumerate(given.actions, 1):
        answers.one_of(f"service_{number}", line.service_type, "service_type")
        if line.concern:
            answers.one_of(f"concern_{number}", line.concern, "protection_concern")
        if line.owner is not None and not User.objects.filter(pk=line.owner, is_active=True).exists():
            answers.one_of(f"owner_{number}", str(line.owner), ())
    answers.done()


def _write(unit: Unit, case: Case, given: PlanGiven) -> tuple[Plan, list[PlanAction]]:
    plan = unit.create(
        Plan, file=case.file_id, case_id=case.pk, kind=given.kind, state=PlanState.PROPOSED.value, proposed_at=unit.at,
        proposed_by=unit.by.id, goal=given.goal.strip() or None, child_agrees=given.child_agrees,
        child_note=given.child_note or None, caregiver_part=given.caregiver_part, caregiver_note=given.caregiver_note or None,
        review_at=given.review_at)
    return plan, [unit.create(
        PlanAction, file=case.file_id, case_id=case.pk, plan_id=plan.pk, concern=line.concern, service_type=line.service_type,
        goal=line.goal.strip() or None, detail=line.detail or None, owner_id=line.owner, due_on=line.due_on)
        for line in given.actions]


def _supersede(unit: Unit, case: Case, kind: str, states: Sequence[PlanState], keep: UUID | None = None) -> None:
    for old in Plan.objects.filter(case=case, kind=kind, state__in=states).exclude(pk__in=[keep] if keep else []):
        unit.change(old, state=PlanState.SUPERSEDED.value)
        for asked in Approval.objects.filter(subject=old.pk, decision=Decision.WAITING):
            unit.change(asked, decision=Decision.RETURNED.value, decided_by=_nobody(asked), decided_at=unit.at)
            tasks.finish_task(unit, case.file_id, "approve_plan", about=asked.pk)


def _nobody(asked: Approval) -> UUID:
    from havre.access.system import SYSTEM_ID
    return SYSTEM_ID


def ask(unit: Unit, case: Case, kind: str, subject: UUID, *, task: str) -> Approval:
    """Ask the supervisors of the team to decide on a plan or a closure, with a task for them."""
    asked = unit.create(Approval, file=case.file_id, case_id=case.pk, subject_kind=kind, subject=subject,
                        requested_by=unit.by.id, requested_at=unit.at)
    step = rules.next_step(policy_of(case), task, "immediate_safety", case.risk_level, unit.at)
    tasks.add_task(unit, file=case.file_id, kind=task, due_at=step.due_at, owner=case.team_id or case.agency_id,
                   why="asked_for_approval", why_params={"hours": step.params["hours"]}, about=asked.pk, risk=case.risk_level)
    return asked


def waiting(unit: Unit, approval: UUID, kind: str) -> tuple[Approval, Case]:
    """The question to be decided, locked, with its case. Raises AlreadyDecided."""
    asked = unit.get(Approval, approval, lock=True)
    if asked.decision != Decision.WAITING or asked.subject_kind != kind:
        raise AlreadyDecided()
    return asked, unit.get(Case, asked.case_id, lock=True)


def decide(unit: Unit, asked: Approval, decision: Decision, reason: str, accepted: Mapping[str, str], *, task: str) -> None:
    """Write the decision and end the supervisors' task."""
    unit.change(asked, decision=decision.value, decided_by=unit.by.id, decided_at=unit.at, reason=reason.strip() or None,
                accepted=sorted(k for k, v in accepted.items() if v.strip()),
                accepted_reasons="\n".join(f"{k}: {v.strip()}" for k, v in sorted(accepted.items()) if v.strip()) or None)
    tasks.finish_task(unit, asked.file_id, task, about=asked.pk)


@action(permissions.APPROVE)
def approve_plan(unit: Unit, *, approval: UUID, accepted: Mapping[str, str] | None = None, reason: str = "") -> Plan:
    """Approve a plan that someone else wrote. `accepted`: written reasons for safeguards a supervisor may accept."""
    asked, case = waiting(unit, approval, "plan")
    plan = Plan.objects.get(pk=asked.subject)
    actions = list(PlanAction.objects.filter(plan=plan))
    results = [gates.four_eyes(facts.approval_facts(unit.by, asked)),
               *gates.plan_gates(facts.plan_facts(case, plan, actions, facts.views_of(case)))]
    unit.check(results, accepted)
    used = {r.id: (accepted or {}).get(r.id, "") for r in results if not r.ok}
    decide(unit, asked, Decision.APPROVED, reason, used, task="approve_plan")
    _supersede(unit, case, plan.kind, (PlanState.APPROVED,), keep=plan.pk)
    unit.change(plan, state=PlanState.APPROVED.value)
    if plan.kind == PlanKind.CASE:
        unit.change(case, stage=STAGES.move(case.stage, "approve_plan"))
    unit.note("plan_approved", plan, kind=plan.kind, accepted=sorted(used))
    _tasks_of(unit, case, plan, actions)
    return plan


def _tasks_of(unit: Unit, case: Case, plan: Plan, actions: Sequence[PlanAction]) -> None:
    """Each action's owner gets a task; the first follow-up contact is due by risk."""
    if plan.kind == PlanKind.TRANSITION:
        tasks.finish_task(unit, case.file_id, "transition_plan")
    for line in actions:
        if line.owner_id is not None and line.due_on is not None:
            _let_in(unit, case, line.owner_id, end_of(line.due_on))
            tasks.add_task(unit, file=case.file_id, kind="plan_action", due_at=end_of(line.due_on), owner=line.owner_id,
                           why="agreed_in_plan", why_params={"service": line.service_type}, about=line.pk, risk=case.risk_level)
    if plan.kind == PlanKind.CASE:
        tasks.add_step(unit, case, rules.next_step(policy_of(case), "follow_up_visit", "follow_up", case.risk_level, unit.at))


def _let_in(unit: Unit, case: Case, owner: UUID, until: datetime) -> None:
    """Who sees to an action can read the case until a month after its day; who can already keeps that."""
    if owner in may_read(case.file_id):
        return
    files.grant(unit, case.file_id, owner, Relation.SHARED, purpose="plan", expires_at=max(until, unit.at) + timedelta(days=30))
    unit.note("case_shared", case, kind="user", to=str(owner))


def end_of(day: date) -> datetime:
    """Six in the evening of a day, in the time zone of the instance."""
    return datetime.combine(day, time(18), tzinfo=timezone.get_current_timezone())


@action(permissions.APPROVE)
def return_plan(unit: Unit, *, approval: UUID, reason: str) -> Plan:
    """Give a plan back to who wrote it, with the reason."""
    asked, case = waiting(unit, approval, "plan")
    answers = Answers()
    answers.needs("reason", reason)
    answers.done()
    unit.check([gates.four_eyes(facts.approval_facts(unit.by, asked))])
    plan = Plan.objects.get(pk=asked.subject)
    decide(unit, asked, Decision.RETURNED, reason, {}, task="approve_plan")
    unit.change(plan, state=PlanState.RETURNED.value)
    unit.note("plan_returned", plan, kind=plan.kind)
    tasks.add_step(unit, case, rules.next_step(policy_of(case), "plan", "plan", case.risk_level, unit.at), owner=asked.requested_by)
    return plan
