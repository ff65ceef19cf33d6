"""How does the child come home: plan, approval, hand-over signed by three, visits, and what if it does not hold?"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from havre.cases.planning import end_of
from havre.cases.tasks import finish_task
from havre.core.problems import Conflict
from havre.core.words import N_
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.reference import codes
from havre.tracing import across, alerts, facts, gates, permissions, rules, states
from havre.tracing.inputs import PlanInput, need, need_reasons, one_of, refuse
from havre.tracing.models import Match, PostVisit, Reunification, Signature
from havre.tracing.rules import MatchState, ReunionState, Signer

LIVE = [s.value for s in rules.OPEN_REUNIONS]


@action(permissions.PLAN)
def plan_reunification(unit: Unit, *, match: UUID, given: PlanInput) -> Reunification:
    """Plan how the child goes to the adult. The adult is compared with the alert list at once; visits follow the policy."""
    row = unit.get(Match, match)
    if row.state != MatchState.CONFIRMED:
        unit.check([gates.verification(facts.verification(row))])
        raise Conflict(action="plan", state=row.state)
    _check_plan(unit, given)
    with across.overseeing():
        risk = across.case_of(row.case_file).risk_level
    planned = Reunification.objects.filter(match=row, state=ReunionState.PLANNED.value).first()
    values = _values(given, row, risk)
    if planned is None:
        if Reunification.objects.filter(match=row, state__in=LIVE).exists():
            raise Conflict(action="plan", state="approved")
        planned = unit.create(Reunification, file=row.file_id, match_id=row.pk, child_person=row.child_person,
                              planned_by=unit.by.id, planned_at=unit.at, **values)
    else:
        unit.change(planned, **values)
    if not given.visits:
        days = facts.visits_wanted(row, planned)
        unit.change(planned, visits=rules.visit_days(days, given.planned_on))
    alerts.run_check(unit, row, planned)
    finish_task(unit, row.file_id, "plan_reunification")
    unit.note("reunification_planned", planned, type=given.type)
    across.move_both(unit, row, "resume")
    across.show_stage(unit, row, "reunification_planned", note="reunification_planned")
    across.ask_someone(unit, row.file_id, "approve_reunification", row.case_team or row.case_owner, "reunification_planned", planned.pk,
                       timedelta(days=3))
    return planned


def _values(given: PlanInput, match: Match, risk: str) -> dict[str, Any]:
    return {
        "type": given.type, "planned_on": given.planned_on, "country": given.country, "relation": given.relation or match.relation,
        "verified_adult": given.verified_adult, "other_adult_reason": given.other_adult_reason,
        "custody_dispute": given.custody_dispute, "risk": risk if risk in ("high", "medium", "low") else "low",
        "visits": [d.isoformat() for d in sorted(set(given.visits))], "adult_names": given.adult_names.strip() or None,
        "place": given.place.strip() or None, "plan": given.plan.strip() or None, "child_view": given.child_view.strip() or None}


def _check_plan(unit: Unit, given: PlanInput) -> None:
    errors: dict[str, list[str]] = {}
    one_of(errors, "type", given.type, codes.load("reunification_type").codes())
    need(errors, place=given.place, plan=given.plan, child_view=given.child_view)
    if given.planned_on < unit.at.date():
        errors["planned_on"] = [N_("This day has passed.")]
    if not given.verified_adult:
        need(errors, adult_names=given.adult_names)
        one_of(errors, "other_adult_reason", given.other_adult_reason, codes.load("reunification_other_adult_reason").codes())
    if len(given.country) != 2:
        errors["country"] = [N_("Choose the country where the child will live.")]
    refuse(errors)


def _of(unit: Unit, reunification: UUID) -> tuple[Reunification, Match]:
    row = unit.get(Reunification, reunification, lock=True)
    return row, Match.objects.get(pk=row.match_id)


@action(permissions.APPROVE)
def approve_reunification(unit: Unit, *, reunification: UUID, reasons: str) -> Reunification:
    """A supervisor who did not plan it agrees, when every safeguard is met (G10 G11 G15 G17–G21 G28)."""
    row, match = _of(unit, reunification)
    said = need_reasons("reasons", reasons)
    target = states.REUNIFICATION.move(row.state, "approve")
    alerts.run_check(unit, match, row)
    eyes = gates.four_eyes(row.planned_by, unit.by.id, facts.is_supervisor(unit.by.id))
    unit.check(facts.reunification_gates(match, row, unit.at, extra=[eyes]))
    unit.change(row, state=target, approved_by=unit.by.id, approved_at=unit.at, approval_reasons=said)
    finish_task(unit, row.file_id, "approve_reunification")
    unit.note("reunification_approved", row)
    across.show_stage(unit, match, "reunification_approved", note="reunification_approved")
    across.ask_someone(unit, row.file_id, "hand_over", match.case_owner, "reunification_approved", row.pk,
                       max(timedelta(hours=1), _until(unit, row.planned_on)))
    return row


def _until(unit: Unit, day: date) -> timedelta:
    """How long until the evening of a day."""
    return end_of(day) - unit.at


@action(permissions.PLAN)
def cancel_reunification(unit: Unit, *, reunification: UUID, reasons: str) -> Reunification:
    """The plan is given up; the family stays verified."""
    row, match = _of(unit, reunification)
    unit.change(row, state=states.REUNIFICATION.move(row.state, "cancel"), ended_at=unit.at, end_reasons=need_reasons("reasons", reasons))
    for kind in ("approve_reunification", "hand_over"):
        finish_task(unit, row.file_id, kind)
    unit.note("reunification_cancelled", row)
    across.show_stage(unit, match, "verified", note="reunification_cancelled")
    return row


@action(permissions.SIGN)
def sign_hand_over(unit: Unit, *, reunification: UUID, signer: str, mode: str = "", signed_as: str = "") -> Signature:
    """One of three signatures: two workers sign for themselves, the receiver signs before one of them.

    Every safeguard is judged again for today. With the third signature the child is handed over.
    """
    row, match = _of(unit, reunification)
    if row.state != ReunionState.APPROVED:
        raise Conflict(action="sign", state=row.state)
    _check_signature(unit, row, signer, signed_as)
    alerts.run_check(unit, match, row)
    eyes = gates.four_eyes(row.planned_by, row.approved_by or row.planned_by, True)
    unit.check(facts.reunification_gates(match, row, unit.at, day=unit.at.date(), extra=[eyes]))
    receiver = signer == Signer.RECEIVER
    signature = unit.create(
        Signature, file=row.file_id, match_id=match.pk, child_person=match.child_person, reunification_id=row.pk, signer=signer,
        user=None if receiver else unit.by.id, witnessed_by=unit.by.id if receiver else None, mode=mode, signed_at=unit.at,
        signed_as=signed_as.strip() or None)
    unit.note("hand_over_signed", signature, signer=signer)
    if not facts.signed(row).missing():
        _hand_over(unit, row, match)
    return signature


def _check_signature(unit: Unit, row: Reunification, signer: str, signed_as: str) -> None:
    errors: dict[str, list[str]] = {}
    one_of(errors, "signer", signer, [s.value for s in Signer])
    signed = facts.signed(row)
    if signer in set(Signer) and signer not in signed.missing():
        errors["signer"] = [N_("This signature is there already.")]
    if signer == Signer.RECEIVER:
        need(errors, signed_as=signed_as)
    elif unit.by.id in (signed.first, signed.second):
        errors["signer"] = [N_("You have signed already. Another worker must sign too.")]
    refuse(errors)


def _hand_over(unit: Unit, row: Reunification, match: Match) -> None:
    unit.change(row, state=states.REUNIFICATION.move(row.state, "hand_over"), done_at=unit.at)
    finish_task(unit, row.file_id, "hand_over")
    later = unit.at.date() - row.planned_on
    unit.change(row, visits=[(date.fromisoformat(d) + later).isoformat() for d in row.visits])
    across.plan_visits(unit, match, row.pk, [date.fromisoformat(d) for d in row.visits], row.risk)
    across.move_both(unit, match, "hand_over", stage="reunified")
    across.show_stage(unit, match, "reunified", note="child_handed_over")
    unit.note("child_handed_over", row)


@action(permissions.VISIT)
def record_visit(unit: Unit, *, reunification: UUID, visited_on: date, outcome: str, child_seen_alone: bool, child_said: str = "",
                 notes: str, more_needed: bool = True) -> PostVisit:
    """A visit after reunification. "Stable" with nothing more needed ends the visits; a breakdown opens everything again."""
    row, match = _of(unit, reunification)
    errors: dict[str, list[str]] = {}
    one_of(errors, "outcome", outcome, codes.load("reunification_outcome").codes())
    if visited_on > unit.at.date():
        errors["visited_on"] = [N_("This day has not come yet.")]
    refuse(errors)
    target = states.REUNIFICATION.move(row.state, "visit", rules.after_visit(outcome, more_needed))
    visit = unit.create(PostVisit, file=row.file_id, match_id=match.pk, child_person=match.child_person, reunification_id=row.pk,
                        visited_on=visited_on, visitor=unit.by.id, child_seen_alone=child_seen_alone, outcome=outcome,
                        more_needed=more_needed, child_said=child_said.strip() or None, notes=need_reasons("notes", notes))
    unit.note("family_visited", visit, outcome=outcome)
    across.visit_done(unit, match)
    if target == ReunionState.BROKEN_DOWN:
        _break(unit, row, match, target)
        return visit
    unit.change(row, state=target, ended_at=unit.at if target == ReunionState.STABLE else None)
    if target == ReunionState.STABLE:
        across.end_visits(unit, match)
        across.show_stage(unit, match, "stable", note="family_stable")
    elif target == ReunionState.AT_RISK:
        across.show_stage(unit, match, "at_risk", note="family_at_risk")
        across.ask_someone(unit, row.file_id, "support_family", match.case_team or match.case_owner, "family_at_risk", visit.pk,
                           timedelta(days=1))
    else:
        across.show_stage(unit, match, "reunified")
    return visit


@action(permissions.VISIT)
def break_down(unit: Unit, *, reunification: UUID, reasons: str) -> Reunification:
    """The child is no longer safe or no longer there: the case and the search open again at once."""
    row, match = _of(unit, reunification)
    target = states.REUNIFICATION.move(row.state, "break_down")
    unit.change(row, end_reasons=need_reasons("reasons", reasons))
    _break(unit, row, match, target)
    return row


def _break(unit: Unit, row: Reunification, match: Match, target: str) -> None:
    unit.change(row, state=target, ended_at=unit.at)
    unit.note("reunification_broke_down", row)
    across.end_visits(unit, match)
    across.move_both(unit, match, "open", stage="broken_down")
    across.show_stage(unit, match, "broken_down", note="reunification_broke_down")
    across.ask_someone(unit, match.case_file, "act_on_breakdown", match.case_owner, "reunification_broke_down", row.pk, timedelta(hours=24))
    across.reopen(unit, match)
