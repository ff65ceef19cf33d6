"""How is the child now, and what is done? Visits, finished tasks and pauses."""

from datetime import date, timedelta
from uuid import UUID

from havre.access import queries as access
from havre.access.decide import Relation
from havre.cases import permissions, rules, tasks
from havre.cases.given import Answers, FollowUpGiven
from havre.cases.models import Case, FollowUp, PlanAction, Task
from havre.cases.planning import end_of
from havre.cases.rules import ActionStatus
from havre.cases.states import STAGES, STATUSES
from havre.cases.writing import policy_of
from havre.core.problems import Conflict, NothingHere
from havre.core.words import N_
from havre.infra.actions import action
from havre.infra.unit import Unit

BY_HAND = frozenset({"immediate_safety", "guardian_request", "take_referral", "late_task", "plan_action", "on_hold_ends",
                     "reunification_visit", "care_visit"})


@action(permissions.FOLLOW_UP)
def record_follow_up(unit: Unit, *, case: UUID, given: FollowUpGiven) -> FollowUp:
    """Record a contact or a try at one. It ends the visit that was due and plans the next, by risk unless a day is named."""
    record = unit.get(Case, case, lock=True)
    _check(given, unit)
    made = unit.create(
        FollowUp, file=record.file_id, case_id=record.pk, kind=given.kind, channel=given.channel, with_whom=list(given.with_whom),
        result=given.result, happened_at=given.happened_at, worker_id=unit.by.id, child_seen=given.child_seen,
        child_alone=given.child_alone, place_safe=given.place_safe, risk_changed=given.risk_changed,
        plan_action_id=given.plan_action, next_at=given.next_at, seen_and_heard=given.seen_and_heard or None)
    if given.plan_action is not None:
        _move_action(unit, record, given.plan_action, given.plan_action_status or ActionStatus.ONGOING.value)
    if STAGES.targets(record.stage, "record_follow_up") and given.result == "reached":
        unit.change(record, stage=STAGES.move(record.stage, "record_follow_up"))
    unit.note("follow_up_recorded", made, kind=given.kind, result=given.result)
    _next_visit(unit, record, given)
    return made


def _check(given: FollowUpGiven, unit: Unit) -> None:
    answers = Answers()
    answers.one_of("kind", given.kind, "follow_up_type")
    answers.one_of("channel", given.channel, "follow_up_channel")
    answers.one_of("result", given.result, "follow_up_result")
    for who in given.with_whom:
        answers.one_of("with_whom", who, "follow_up_with")
    if given.result == "reached":
        answers.needs("seen_and_heard", given.seen_and_heard)
        if not given.with_whom:
            answers.refuse("with_whom", N_("Say who was seen or spoken to."))
    if given.happened_at > unit.at + timedelta(minutes=5):
        answers.refuse("happened_at", N_("This day has not come yet."))
    if given.next_at is not None and given.next_at <= unit.at:
        answers.refuse("next_at", N_("The next contact lies in the past."))
    answers.done()


def _next_visit(unit: Unit, case: Case, given: FollowUpGiven) -> None:
    if case.status == rules.Status.CLOSED:
        if given.result == "reached":
            tasks.finish_task(unit, case.file_id, "post_closure_contact")
        return
    tasks.finish_task(unit, case.file_id, "follow_up_visit")
    step = rules.next_step(policy_of(case), "follow_up_visit", "follow_up", case.risk_level, given.happened_at)
    if given.next_at is not None:
        step = rules.DueStep("follow_up_visit", given.next_at, "day_agreed", {})
    elif step.due_at <= unit.at:
        step = rules.next_step(policy_of(case), "follow_up_visit", "follow_up", case.risk_level, unit.at)
    tasks.add_step(unit, case, step)
    if given.risk_changed or given.place_safe is False:
        policy = policy_of(case)
        tasks.add_step(unit, case, rules.next_step(policy, "review", "immediate_safety", case.risk_level, unit.at))


def _move_action(unit: Unit, case: Case, plan_action: UUID, status: str) -> None:
    line = PlanAction.objects.filter(pk=plan_action, case=case).first()
    if line is None or status not in set(ActionStatus):
        raise NothingHere()
    ended = status in {ActionStatus.COMPLETED, ActionStatus.CANCELLED}
    unit.change(line, status=status, done_at=unit.at if ended else None)
    if ended:
        tasks.finish_task(unit, case.file_id, "plan_action", about=line.pk)


@action(permissions.FINISH)
def finish_task(unit: Unit, *, task: UUID, outcome: str) -> Task:
    """Say that something is done and how it went; someone with shared access only for a task of their own. Tasks that end by a step of their own (an assessment, an approval)
    cannot be ticked off: Conflict."""
    record = unit.get(Task, task, lock=True)
    answers = Answers()
    answers.needs("outcome", outcome)
    answers.done()
    if record.owner_id != unit.by.id and access.relations(unit.by, record.file_id) <= {Relation.SHARED}:
        raise NothingHere()
    if record.done_at is not None or record.kind not in BY_HAND:
        raise Conflict(state=record.kind, action="finish_task")
    unit.change(record, outcome=outcome.strip())
    case = Case.objects.filter(file_id=record.file_id).first()
    if record.kind == "guardian_request" and case is not None and case.guardian_status == "none":
        unit.change(case, guardian_status="requested")
    if record.kind == "plan_action" and case is not None and record.about_id is not None:
        _move_action(unit, case, record.about_id, ActionStatus.COMPLETED.value)
    record.refresh_from_db()
    tasks.end_task(unit, record)
    unit.note("task_finished", record, task=record.kind)
    return record


@action(permissions.HOLD)
def put_on_hold(unit: Unit, *, case: UUID, until: date, reason: str) -> Case:
    """Pause a case until a day within the policy's limit, with the reason."""
    record = unit.get(Case, case, lock=True)
    status = STATUSES.move(record.status, "put_on_hold")
    answers = Answers()
    answers.needs("reason", reason)
    most = policy_of(record).on_hold_max_days
    if not unit.at < end_of(until) <= unit.at + timedelta(days=most + 1):
        answers.refuse("until", N_("Choose a day that is not past and not further away than the policy allows."))
    answers.done()
    unit.change(record, status=status, on_hold_until=end_of(until), hold_reason=reason.strip())
    tasks.add_task(unit, file=record.file_id, kind="on_hold_ends", due_at=end_of(until), owner=record.owner_id, why="pause_ends",
                   risk=record.risk_level)
    unit.note("case_put_on_hold", record)
    return record


@action(permissions.HOLD)
def resume(unit: Unit, *, case: UUID) -> Case:
    """Work on a paused case again."""
    record = unit.get(Case, case, lock=True)
    unit.change(record, status=STATUSES.move(record.status, "resume"), on_hold_until=None)
    tasks.finish_task(unit, record.file_id, "on_hold_ends")
    unit.note("case_resumed", record)
    return record
