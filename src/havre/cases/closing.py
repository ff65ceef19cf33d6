"""May this case be closed, and may it be opened again? The actions of the end."""

from collections.abc import Mapping
from uuid import UUID

from havre.cases import facts, gates, permissions, rules, tasks
from havre.cases.given import Answers, ClosureGiven
from havre.cases.models import Case, ClosureRequest, Task
from havre.cases.planning import ask, decide, end_of, waiting
from havre.cases.rules import Decision, PlanState, Status
from havre.cases.states import STAGES, STATUSES
from havre.cases.writing import policy_of
from havre.infra.actions import action
from havre.infra.unit import Unit


@action(permissions.CLOSE)
def request_closure(unit: Unit, *, case: UUID, given: ClosureGiven) -> ClosureRequest:
    """Ask to close a case. Every safeguard of closing must be met already; another person decides."""
    record = unit.get(Case, case, lock=True)
    stage = STAGES.move(record.stage, "request_closure")
    answers = Answers()
    answers.one_of("reason", given.reason, "closure_reason")
    if given.agreed_with_child is False or given.agreed_with_caregiver is False:
        answers.needs("why_not_agreed", given.why_not_agreed)
    answers.done()
    policy = policy_of(record)
    judged = facts.closure_facts(record, policy, unit.at, reason=given.reason, summary=bool(given.summary.strip()),
                                 age_proof=given.age_proof, contact_on=given.contact_on)
    unit.check(gates.closure_gates(judged, policy))
    made = unit.create(
        ClosureRequest, file=record.file_id, case_id=record.pk, reason=given.reason, requested_by=unit.by.id,
        requested_at=unit.at, agreed_with_child=given.agreed_with_child, agreed_with_caregiver=given.agreed_with_caregiver,
        child_told_whom_to_contact=given.child_told_whom_to_contact, age_proof=given.age_proof, contact_on=given.contact_on,
        stored_until=judged.stored_until, summary=given.summary.strip(), why_not_agreed=given.why_not_agreed or None,
        address_after=given.address_after or None)
    unit.change(record, stage=stage)
    ask(unit, record, "closure", made.pk, task="approve_closure")
    unit.note("closure_requested", made, reason=given.reason)
    return made


@action(permissions.APPROVE)
def approve_closure(unit: Unit, *, approval: UUID, accepted: Mapping[str, str] | None = None, reason: str = "") -> Case:
    """Close a case that someone else asked to close. The safeguards are judged again on the facts of now."""
    asked, case = waiting(unit, approval, "closure")
    closure = ClosureRequest.objects.get(pk=asked.subject)
    policy = policy_of(case)
    judged = facts.closure_facts_of(case, policy, unit.at, closure)
    unit.check([gates.four_eyes(facts.approval_facts(unit.by, asked)), *gates.closure_gates(judged, policy)], accepted)
    decide(unit, asked, Decision.APPROVED, reason, accepted or {}, task="approve_closure")
    unit.change(closure, state=PlanState.APPROVED.value, stored_until=judged.stored_until)
    unit.change(case, stage=STAGES.move(case.stage, "approve_closure"), status=STATUSES.move(case.status, "approve_closure"),
                closed_at=unit.at, on_hold_until=None, stored_until=judged.stored_until)
    for task in Task.objects.filter(file_id=case.file_id, done_at__isnull=True):
        tasks.end_task(unit, task)
    if closure.contact_on is not None:
        tasks.add_task(unit, file=case.file_id, kind="post_closure_contact", due_at=end_of(closure.contact_on),
                       owner=case.owner_id, why="contact_after_closing", why_params={"months": policy.final_follow_up_months},
                       about=closure.pk, risk=case.risk_level)
    unit.note("case_closed", case, reason=closure.reason)
    return case


@action(permissions.APPROVE)
def return_closure(unit: Unit, *, approval: UUID, reason: str) -> Case:
    """Refuse to close a case for now, with the reason; it goes back to its worker for a review."""
    asked, case = waiting(unit, approval, "closure")
    answers = Answers()
    answers.needs("reason", reason)
    answers.done()
    unit.check([gates.four_eyes(facts.approval_facts(unit.by, asked))])
    decide(unit, asked, Decision.RETURNED, reason, {}, task="approve_closure")
    unit.change(ClosureRequest.objects.get(pk=asked.subject), state=PlanState.RETURNED.value)
    unit.change(case, stage=STAGES.move(case.stage, "return_closure"))
    tasks.add_step(unit, case, rules.next_step(policy_of(case), "review", "immediate_safety", case.risk_level, unit.at))
    unit.note("closure_returned", case)
    return case


@action(permissions.REOPEN)
def reopen_case(unit: Unit, *, case: UUID, reason: str, note: str, risk_level: str = "high") -> Case:
    """Open a closed case again for a reason of the code list; the child is assessed anew, at high risk until then."""
    record = unit.get(Case, case, lock=True)
    stage = STAGES.move(record.stage, "reopen_case")
    answers = Answers()
    answers.one_of("reason", reason, "reopen_reason")
    answers.one_of("risk_level", risk_level, rules.RISK_ORDER[:3])
    answers.needs("note", note)
    answers.done()
    reopen(unit, record, stage, reason, note, risk_level)
    return record


def reopen(unit: Unit, case: Case, stage: str, reason: str, note: str, risk_level: str) -> None:
    """Write the reopening and its first tasks."""
    unit.change(case, stage=stage, status=STATUSES.move(case.status, "reopen_case"), closed_at=None, stored_until=None,
                risk_level=risk_level, reopen_note=note.strip())
    policy = policy_of(case)
    tasks.finish_task(unit, case.file_id, "post_closure_contact")
    for step in (rules.next_step(policy, "immediate_safety", "immediate_safety", risk_level, unit.at),
                 rules.next_step(policy, "assess", "rapid_assessment", risk_level, unit.at)):
        tasks.add_step(unit, case, step)
    unit.note("case_reopened", case, reason=reason)


def is_closed(case: Case) -> bool:
    """Whether nothing but a contact after closing and reopening may happen to a case."""
    return bool(case.status == Status.CLOSED)
