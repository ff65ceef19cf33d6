"""Is the adult's home ready, does the authority agree, is the border safe, what does the panel say?"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from havre.access.decide import Relation
from havre.access.files import grant
from havre.access.models import User
from havre.cases.tasks import add_task, finish_task
from havre.core.actor import Role
from havre.core.problems import AlreadyDecided, InputRefused
from havre.core.words import N_
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.reference import codes
from havre.tracing import across, facts, permissions
from havre.tracing.inputs import CHOOSE, need_reasons, one_of, refuse
from havre.tracing.models import BestInterests, BorderRisk, Clearance, HouseholdAssessment, Match
from havre.tracing.rules import YES_NO_UNSURE, BorderResult, ClearanceState


@action(permissions.ASSESS)
def assess_household(unit: Unit, *, match: UUID, assessed_on: date, willing: str, able: str, safe: str, summary: str, home: str = "",
                     alternate_caregiver: bool = False) -> HouseholdAssessment:
    """Write down what was seen of the home and the adult (G19)."""
    row = unit.get(Match, match)
    errors: dict[str, list[str]] = {}
    for name, value in (("willing", willing), ("able", able), ("safe", safe)):
        one_of(errors, name, value, YES_NO_UNSURE)
    if assessed_on > unit.at.date():
        errors["assessed_on"] = [N_("This day has not come yet.")]
    refuse(errors)
    seen = unit.create(HouseholdAssessment, file=row.file_id, match_id=row.pk, child_person=row.child_person, assessed_on=assessed_on,
                       assessor=unit.by.id, willing=willing, able=able, safe=safe, alternate_caregiver=alternate_caregiver,
                       home=home.strip() or None, summary=need_reasons("summary", summary))
    unit.note("household_assessed", seen, willing=willing, able=able, safe=safe)
    return seen


@action(permissions.PLAN)
def record_clearance(unit: Unit, *, match: UUID, state: str, authority: str, reference: str = "", decided_on: date | None = None,
                     valid_until: date | None = None) -> Clearance:
    """Write down what the authority said (G20)."""
    row = unit.get(Match, match)
    errors: dict[str, list[str]] = {}
    one_of(errors, "state", state, [s.value for s in ClearanceState])
    if state in (ClearanceState.GRANTED, ClearanceState.REFUSED) and decided_on is None:
        errors["decided_on"] = [N_("Write a date, for example 3 11 2026.")]
    if decided_on is not None and decided_on > unit.at.date():
        errors["decided_on"] = [N_("This day has not come yet.")]
    refuse(errors)
    word = unit.create(Clearance, file=row.file_id, match_id=row.pk, child_person=row.child_person, state=state, decided_on=decided_on,
                       valid_until=valid_until, recorded_by=unit.by.id, authority=need_reasons("authority", authority),
                       reference=reference.strip() or None)
    unit.note("clearance_recorded", word, state=state)
    return word


@action(permissions.ASSESS)
def assess_border(unit: Unit, *, match: UUID, country: str, result: str, valid_until: date, reasons: str,
                  grounds: Sequence[str] = ()) -> BorderRisk:
    """Someone other than the planner says whether the child would be in danger across the border (G21)."""
    row = unit.get(Match, match)
    errors: dict[str, list[str]] = {}
    one_of(errors, "result", result, [r.value for r in BorderResult])
    if any(g not in codes.load("refoulement_ground") for g in grounds) or (result == BorderResult.RISK and not grounds):
        errors["grounds"] = [CHOOSE]
    if len(country) != 2:
        errors["country"] = [CHOOSE]
    if valid_until < unit.at.date():
        errors["valid_until"] = [N_("This day has passed.")]
    refuse(errors)
    risk = unit.create(BorderRisk, file=row.file_id, match_id=row.pk, child_person=row.child_person, country=country, result=result,
                       grounds=sorted(set(grounds)), assessed_on=unit.at.date(), valid_until=valid_until, assessor=unit.by.id,
                       reasons=need_reasons("reasons", reasons))
    unit.note("border_assessed", risk, result=result)
    return risk


@action(permissions.ASK_PANEL)
def ask_panel(unit: Unit, *, match: UUID, panel_member: UUID, question: str) -> BestInterests:
    """Put the question to a panel member, who may read this match until it is decided (G11)."""
    row = unit.get(Match, match)
    member = User.objects.filter(pk=panel_member, role=Role.PANEL_MEMBER.value, is_active=True).first()
    if member is None:
        raise InputRefused({"panel_member": [CHOOSE]})
    waiting = BestInterests.objects.filter(match=row, outcome="").first()
    if waiting is not None:
        raise AlreadyDecided()
    triggers = facts.best_interests(row, facts.live_reunion(row)).triggers
    asked = unit.create(BestInterests, file=row.file_id, match_id=row.pk, child_person=row.child_person, triggers=list(triggers),
                        asked_by=unit.by.id, asked_at=unit.at, panel_member=member.pk, question=need_reasons("question", question))
    grant(unit, row.file_id, member.pk, Relation.PANEL)
    add_task(unit, file=row.file_id, kind="decide_best_interests", due_at=unit.at + timedelta(days=14), owner=member.pk,
             why="panel_asked", about=asked.pk)
    unit.note("panel_asked", asked, triggers=list(triggers))
    return asked


@action(permissions.PANEL)
def decide_best_interests(unit: Unit, *, decision: UUID, outcome: str, reasons: str, dissent: str = "",
                          no_conflict: bool = False) -> BestInterests:
    """The panel member signs what is best for the child, with the reasons (G11)."""
    row = unit.get(BestInterests, decision, lock=True)
    if row.outcome:
        raise AlreadyDecided()
    errors: dict[str, list[str]] = {}
    one_of(errors, "outcome", outcome, codes.load("verification_recommendation").codes())
    if not no_conflict:
        errors["no_conflict"] = [N_("Say that nothing ties you to this child or family; otherwise someone else must decide.")]
    if row.panel_member != unit.by.id:
        errors[""] = [N_("Someone else was asked to decide this.")]
    refuse(errors)
    match = Match.objects.get(pk=row.match_id)
    months = facts.policy_of(match).bid_valid_months
    unit.change(row, outcome=outcome, decided_at=unit.at, valid_until=unit.at.date() + timedelta(days=30 * months),
                reasons=need_reasons("reasons", reasons), dissent=dissent.strip() or None)
    finish_task(unit, row.file_id, "decide_best_interests", about=row.pk)
    unit.note("best_interests_decided", row, outcome=outcome)
    across.ask_someone(unit, match.case_file, "tell_child_decision", match.case_owner, "child_told_within",
                       row.pk, timedelta(days=facts.policy_of(match).child_told_working_days))
    return row


@action(permissions.ASK_PANEL)
def tell_child(unit: Unit, *, decision: UUID) -> BestInterests:
    """The child was told the decision and its reasons in words she understands."""
    row = unit.get(BestInterests, decision)
    if row.outcome:
        unit.change(row, child_told_at=unit.at)
        match = Match.objects.get(pk=row.match_id)
        with across.carried(unit) as system:
            finish_task(system, match.case_file, "tell_child_decision", about=row.pk)
        unit.note("child_told", row)
    return row


__all__ = ["ask_panel", "assess_border", "assess_household", "decide_best_interests", "record_clearance", "tell_child"]
