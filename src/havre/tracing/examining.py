"""What is decided about a pair: go on, ask, reject; the two interviews; comparing the answers; and: is this the family?"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from havre.cases.tasks import add_task, finish_task
from havre.core.gates import GateResult, met, unmet
from havre.core.problems import AlreadyDecided, Conflict, InputRefused
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.reference import codes
from havre.tracing import across, facts, gates, permissions, rules, states
from havre.tracing.inputs import CHOOSE, LaneInput, asked_facts, need_reasons, one_of, refuse
from havre.tracing.models import Candidate, Interview, Match, MatchDecision, SecretFact
from havre.tracing.rules import CandidateStatus, FactOutcome, MatchState, Side

CHOICES = ("shortlist", "ask", "reject")


@action(permissions.DECIDE)
def decide_candidate(unit: Unit, *, candidate: UUID, decision: str, reasons: str, reason: str = "") -> MatchDecision:
    """Go on with a possible pair and agree to show this side to the other (G01, G15); ask a supervisor; or reject it.

    When both sides have agreed, the match file opens in the same moment.
    """
    row = unit.get(Candidate, candidate, lock=True)
    errors: dict[str, list[str]] = {}
    one_of(errors, "decision", decision, CHOICES)
    if decision == "reject":
        one_of(errors, "reason", reason, codes.load("match_reject_reason").codes())
    refuse(errors)
    said = need_reasons("reasons", reasons)
    if row.status not in (CandidateStatus.CANDIDATE, CandidateStatus.SHORTLISTED) or (row.agreed_at and decision == "shortlist"):
        raise AlreadyDecided()
    if row.match_file is not None:
        raise Conflict(action=decision, state=row.stage)
    note = _decision(unit, row.file_id, row.pair, decision, said, reason=reason, digest=row.evidence_digest)
    {"shortlist": _shortlist, "ask": _ask, "reject": _reject}[decision](unit, row)
    finish_task(unit, row.file_id, "review_candidates")
    return note


def _decision(unit: Unit, file: UUID, pair: UUID, decision: str, reasons: str, *, reason: str = "", digest: str = "") -> MatchDecision:
    note = unit.create(MatchDecision, file=file, pair=pair, decision=decision, reason=reason, decided_by=unit.by.id,
                       decided_at=unit.at, evidence_digest=digest, reasons=reasons)
    unit.note("pair_decided", note, decision=decision, reason=reason)
    return note


def _shortlist(unit: Unit, row: Candidate) -> None:
    unit.check(across.sharing_gates(unit.at, row.side, row.file_id))
    unit.change(row, status=CandidateStatus.SHORTLISTED.value, agreed_at=unit.at, agreed_by=unit.by.id)
    across.move(unit, row.side, row.file_id, "shortlist")
    finish_task(unit, row.file_id, "answer_match", about=row.pk)
    across.tell_other_side(unit, row)


def _ask(unit: Unit, row: Candidate) -> None:
    from havre.access.models import File
    team = File.objects.values_list("team_id", flat=True).get(pk=row.file_id)
    add_task(unit, file=row.file_id, kind="advise_on_match", due_at=unit.at + timedelta(days=2), owner=team or unit.by.id,
             why="colleague_asks", about=row.pk)


def _reject(unit: Unit, row: Candidate) -> None:
    unit.change(row, status=CandidateStatus.REJECTED.value, agreed_at=None, agreed_by=None)
    across.end_pair(unit, row.pair)


# ---- two interviews ----

@action(permissions.INTERVIEW)
def record_interview(unit: Unit, *, match: UUID, side: str, given: LaneInput, accepted: Mapping[str, str] | None = None) -> Interview:
    """One side was heard, by someone who has not heard the other. The answers stay in that side's file.

    `accepted` may hold a supervisor's reason for an interpreter who has not promised confidentiality (G45).
    """
    row = unit.get(Match, match, lock=True)
    here = _side(side)
    file = row.case_file if here is Side.CHILD else row.request_file
    unit.require(file, permissions.CHANGE)
    states.MATCH.move(row.state, f"hear_{here.value}")
    _check_lane(given, here)
    unit.check(still_agreed(unit, row))
    other = row.adult_interviewer if here is Side.CHILD else row.child_interviewer
    if other == unit.by.id:
        unit.check([unmet("G17", "same_interviewer")])
    unit.check([gates.interpreter(given.interpreter, given.interpreter_sworn)],
               accepted=accepted if unit.by.supervises else None)
    said = asked_facts(given, unit.open(row, "questions")["questions"] or [])
    interview = unit.create(
        Interview, file=file, match_id=row.pk, person=row.child_person if here is Side.CHILD else row.inquirer, side=here.value,
        interviewer=unit.by.id, interviewed_at=unit.at, language=given.language, interpreter=given.interpreter,
        interpreter_sworn=given.interpreter_sworn, alone=given.alone, recognises=given.recognises, wants=given.wants,
        identity_checked=given.identity_checked if here is Side.ADULT else "", red_flags=sorted(set(given.red_flags)),
        facts=said, account=given.account.strip() or None)
    unit.note("interview_recorded", interview, side=here.value)
    across.lane_done(unit, row, here, [{"key": f["key"], "text": f["text"]} for f in said])
    return interview


def still_agreed(unit: Unit, row: Match) -> list[GateResult]:
    """Both sides may still be shown to each other, and the child still wants the search (G01, G15)."""
    with across.overseeing():
        return across.match_gates(unit.at, row)


def _side(side: str) -> Side:
    if side not in set(Side):
        raise InputRefused({"side": [CHOOSE]})
    return Side(side)


def _check_lane(given: LaneInput, side: Side) -> None:
    errors: dict[str, list[str]] = {}
    one_of(errors, "recognises", given.recognises, rules.YES_NO_UNSURE)
    one_of(errors, "wants", given.wants, rules.YES_NO_UNSURE)
    if side is Side.ADULT:
        one_of(errors, "identity_checked", given.identity_checked, rules.IDENTITY_CHECKS)
    if any(flag not in rules.RED_FLAGS for flag in given.red_flags):
        errors["red_flags"] = [CHOOSE]
    refuse(errors)


@action(permissions.COMPARE)
def compare_facts(unit: Unit, *, match: UUID, outcomes: Mapping[UUID, str], notes: Mapping[UUID, str] | None = None) -> Match:
    """A person says of each secret answer whether both sides said the same."""
    row = unit.get(Match, match)
    if row.state != MatchState.BOTH_SIDES_CHECKED:
        raise Conflict(action="compare_facts", state=row.state)
    rows = {f.pk: f for f in SecretFact.objects.filter(match=row)}
    wrong = [key for key, outcome in outcomes.items() if key not in rows or outcome not in set(FactOutcome)]
    if wrong:
        raise InputRefused({"": [CHOOSE]})
    for key, outcome in outcomes.items():
        unit.change(rows[key], outcome=outcome, judged_by=unit.by.id, judged_at=unit.at, note=((notes or {}).get(key) or "").strip() or None)
    if all(f.outcome for f in rows.values()):
        finish_task(unit, row.file_id, "compare_facts")
        add_task(unit, file=row.file_id, kind="decide_match", due_at=unit.at + timedelta(days=3), owner=row.case_team or row.case_owner,
                 why="answers_compared", about=row.pk)
    unit.note("facts_compared", row, same=sum(f.outcome == "same" for f in rows.values()), asked=len(rows))
    return row


# ---- is this the family? ----

@action(permissions.VERIFY)
def verify_match(unit: Unit, *, match: UUID, recommendation: str, reasons: str) -> Match:
    """A supervisor who heard neither side decides that this is the family (G17)."""
    row = unit.get(Match, match, lock=True)
    said = need_reasons("reasons", reasons)
    errors: dict[str, list[str]] = {}
    one_of(errors, "recommendation", recommendation, codes.load("verification_recommendation").codes())
    refuse(errors)
    unit.check([*still_agreed(unit, row), gates.verification(facts.verification(row)), _not_an_interviewer(unit, row)])
    target = states.MATCH.move(row.state, "confirm")
    unit.change(row, state=target, decided_by=unit.by.id, decided_at=unit.at, recommendation=recommendation, decision_reasons=said)
    _decision(unit, row.file_id, row.pair, "confirm", said)
    finish_task(unit, row.file_id, "decide_match")
    across.move_both(unit, row, "verify", stage="verified")
    across.show_stage(unit, row, "verified", note="family_verified")
    across.pass_message(unit, row)
    add_task(unit, file=row.file_id, kind="plan_reunification", due_at=unit.at + timedelta(days=7), owner=row.case_owner,
             why="family_verified", about=row.pk)
    return row


def _not_an_interviewer(unit: Unit, row: Match) -> GateResult:
    heard = (row.child_interviewer, row.adult_interviewer)
    return unmet("G10", "interviewer_decides") if unit.by.id in heard else met("G10", "someone_else_approves")


@action(permissions.END_MATCH)
def reject_match(unit: Unit, *, match: UUID, reason: str, reasons: str) -> Match:
    """This is not the family, or it is not safe: the pair ends on both sides."""
    row = unit.get(Match, match, lock=True)
    said = need_reasons("reasons", reasons)
    errors: dict[str, list[str]] = {}
    one_of(errors, "reason", reason, codes.load("match_reject_reason").codes())
    refuse(errors)
    target = states.MATCH.move(row.state, "reject")
    if facts.live_reunion(row) is not None:
        raise Conflict(action="reject", state="reunification")
    failed = row.state == MatchState.BOTH_SIDES_CHECKED
    unit.change(row, state=target, decided_by=unit.by.id, decided_at=unit.at, decision_reasons=said)
    _decision(unit, row.file_id, row.pair, "reject", said, reason=reason)
    for kind in ("compare_facts", "decide_match", "plan_reunification"):
        finish_task(unit, row.file_id, kind)
    if failed:
        across.move_both(unit, row, "fail")
    across.end_pair(unit, row.pair)
    return row
