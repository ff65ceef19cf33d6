"""What did the child say, what was found, how high is the risk? The actions that record it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from havre.cases import facts, gates, permissions, rules, tasks
from havre.cases.given import Answers, AssessmentGiven, FactorGiven, ViewGiven, check_concern_levels, check_factors, check_view
from havre.cases.models import Assessment, Case, Factor, Plan, PlanAction, View
from havre.cases.states import STAGES
from havre.cases.writing import policy_of
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.reference import codes


@action(permissions.VIEWS)
def record_views(unit: Unit, *, case: UUID, given: ViewGiven) -> View:
    """Record what the child (or caregiver) said about one matter, or why there are no views."""
    record = unit.get(Case, case)
    answers = Answers()
    check_view(answers, given)
    answers.done()
    view = write_view(unit, record, given)
    tasks.finish_task(unit, record.file_id, "views")
    return view


def write_view(unit: Unit, case: Case, given: ViewGiven) -> View:
    """The record of a view with its line on the timeline; for the actions that record views on the way."""
    view = unit.create(
        View, file=case.file_id, case_id=case.pk, whose=given.whose, topic=given.topic, mode=given.mode, language=given.language,
        interpreter=given.interpreter, alone=given.alone, given_at=unit.at, words=given.words or None,
        maturity_note=given.maturity_note or None, no_views_reason=given.no_views_reason or None, weight=given.weight,
        decision_follows=given.decision_follows, why_not_followed=given.why_not_followed or None)
    unit.note("views_recorded", view, topic=given.topic, whose=given.whose)
    if given.decision_follows is not None:
        _must_be_told(unit, case, view)
    return view


@action(permissions.VIEWS)
def weigh_views(unit: Unit, *, view: UUID, weight: str, decision_follows: bool | None, why_not_followed: str = "",
                seen: Sequence[UUID] | None = None) -> View:
    """Give the views their weight and say whether the decision follows them; a departure needs its reason."""
    record = unit.get(View, view)
    answers = Answers()
    answers.one_of("weight", weight, "views_weight")
    if decision_follows is False:
        answers.needs("why_not_followed", why_not_followed)
    answers.done()
    weigh(unit, Case.objects.get(pk=record.case_id), record, weight=weight, decision_follows=decision_follows,
          why_not_followed=why_not_followed, seen=seen)
    return record


def weigh(unit: Unit, case: Case, view: View, *, weight: str, decision_follows: bool | None, why_not_followed: str,
          seen: Sequence[UUID] | None = None) -> None:
    """Write the weight of views; for the actions that decide something with them. The child must then be told."""
    changed = unit.change(view, seen=seen, weight=weight, decision_follows=decision_follows, why_not_followed=why_not_followed or None)
    if changed:
        unit.note("views_weighed", view, topic=view.topic, weight=weight)
    if changed and decision_follows is not None:
        _must_be_told(unit, case, view)


@action(permissions.VIEWS)
def tell_back(unit: Unit, *, view: UUID, understood: bool) -> View:
    """Record that the child was told what was decided and why, and whether it was understood."""
    record = unit.get(View, view)
    unit.change(record, told_back_at=unit.at, understood=understood)
    tasks.finish_task(unit, record.file_id, "tell_child", about=record.pk)
    unit.note("child_told", record, topic=record.topic)
    return record


def _must_be_told(unit: Unit, case: Case, view: View) -> None:
    days = policy_of(case).child_told_working_days
    tasks.add_task(unit, file=case.file_id, kind="tell_child", due_at=working_days_after(unit.at, days), owner=case.owner_id,
                   why="told_within_days", why_params={"days": days}, about=view.pk, risk=case.risk_level)


def working_days_after(start: datetime, days: int) -> datetime:
    """The same hour so many days later, Saturdays and Sundays not counted."""
    at = start
    while days:
        at += timedelta(days=1)
        days -= at.weekday() < 5
    return at


@action(permissions.ASSESS)
def record_assessment(unit: Unit, *, case: UUID, given: AssessmentGiven, seen: Sequence[UUID] | None = None) -> Assessment:
    """Record an assessment: factors, child's views, risk with its reasons; G05, G06, G08 and G33 must be met."""
    record = unit.get(Case, case, lock=True)
    stage = STAGES.move(record.stage, "record_assessment")
    _check(given)
    if given.views is not None:
        write_view(unit, record, given.views)
    if given.safety_plan.strip():
        _safety_plan(unit, record, given.safety_plan)
    levels = dict(record.concern_levels) | dict(given.concern_levels or {})
    flags = sorted(facts.flags_of(record, given.risk_flags))
    unit.check(gates.assessment_gates(gates.AssessmentFacts(
        child_seen_alone=given.child_seen_alone, not_alone_reason=bool(given.not_alone_reason.strip()),
        risk_level=given.risk_level, reasons=bool(given.risk_reasons.strip()), flags=frozenset(flags),
        safety_plan_on=facts.safety_plan_day(record.pk), today=timezone.localtime(unit.at).date(),
        views=facts.views_of(record))))
    made = unit.create(
        Assessment, file=record.file_id, case_id=record.pk, mode=given.mode, assessed_at=unit.at, assessor_id=unit.by.id,
        persons_present=list(given.persons_present), child_seen_alone=given.child_seen_alone,
        not_alone_reason=given.not_alone_reason or None, home_visit=given.home_visit, risk_level=given.risk_level,
        risk_flags=flags, concern_levels=levels, unanswered=_unanswered(given.factors), risk_reasons=given.risk_reasons,
        summary=given.summary or None)
    for factor in given.factors:
        _factor(unit, record, made, factor)
    _settle_risk(unit, record, seen, stage=stage, level=given.risk_level, flags=flags, reasons=given.risk_reasons, levels=levels,
                 assessed_at=unit.at, **({"summary": given.summary} if given.summary else {}))
    unit.note("assessment_recorded", made, risk=given.risk_level, factors=len(given.factors))
    _after_assessment(unit, record)
    return made


def _check(given: AssessmentGiven) -> None:
    answers = Answers()
    answers.one_of("mode", given.mode, "assessment_mode")
    answers.one_of("risk_level", given.risk_level, rules.RISK_ORDER)
    for flag in given.risk_flags:
        answers.one_of("risk_flags", flag, rules.FORCES_HIGH)
    check_factors(answers, given.factors)
    check_concern_levels(answers, given.concern_levels or {})
    if given.views is not None:
        check_view(answers, given.views, "views_")
    answers.done()


def _unanswered(factors: Sequence[FactorGiven]) -> list[str]:
    looked_at = {level_of(f) for f in factors}
    return [level.value for level in rules.Level if level not in looked_at]


def level_of(factor: FactorGiven) -> str:
    """The level of the child's world to which a factor belongs, by its code list."""
    return codes.levels(f"{factor.kind}_factor")[factor.code]


def _factor(unit: Unit, case: Case, made: Assessment, given: FactorGiven) -> None:
    unit.create(Factor, file=case.file_id, case_id=case.pk, assessment_id=made.pk, level=level_of(given), kind=given.kind,
                code=given.code, strength=given.strength, phase=given.phase, changeable=given.changeable,
                evidence=given.evidence or None)


def _safety_plan(unit: Unit, case: Case, words: str) -> Plan:
    plan = unit.create(Plan, file=case.file_id, case_id=case.pk, kind=rules.PlanKind.SAFETY.value,
                       state=rules.PlanState.APPROVED.value, proposed_at=unit.at, proposed_by=unit.by.id, goal=words)
    unit.create(PlanAction, file=case.file_id, case_id=case.pk, plan_id=plan.pk, service_type="mhpss_specialised", goal=words,
                owner_id=case.owner_id, due_on=timezone.localtime(unit.at).date())
    unit.note("safety_plan_made", plan)
    return plan


def _settle_risk(unit: Unit, case: Case, seen: Sequence[UUID] | None, *, stage: str, level: str, flags: Sequence[str], reasons: str,
                 levels: Mapping[str, str], **more: object) -> None:
    """Write the risk to the case and give the tasks that follow from it."""
    raised = level == "high" and case.risk_level != "high"
    policy = policy_of(case)
    review = rules.next_step(policy, "review", "review", level, unit.at)
    unit.change(case, seen=seen, stage=stage, risk_level=level, risk_flags=list(flags), risk_reasons=reasons,
                concerns=sorted({*case.concerns, *levels}), concern_levels=dict(levels), review_due_at=review.due_at, **more)
    tasks.finish_task(unit, case.file_id, "review")
    tasks.add_step(unit, case, review)
    if raised:
        tasks.add_step(unit, case, rules.next_step(policy, "immediate_safety", "immediate_safety", "high", unit.at))


def _after_assessment(unit: Unit, case: Case) -> None:
    tasks.finish_task(unit, case.file_id, "assess")
    if not Plan.objects.filter(case=case, kind="case", state__in=("proposed", "approved")).exists():
        tasks.add_step(unit, case, rules.next_step(policy_of(case), "plan", "plan", case.risk_level, unit.at))


@action(permissions.REVIEW)
def review_risk(unit: Unit, *, case: UUID, risk_level: str, risk_reasons: str, risk_flags: Sequence[str] = (),
                concern_levels: Mapping[str, str] | None = None, seen: Sequence[UUID] | None = None) -> Case:
    """Look at the risk again: a level with reasons; a warning sign that still stands keeps it high (G08)."""
    record = unit.get(Case, case, lock=True)
    answers = Answers()
    answers.one_of("risk_level", risk_level, rules.RISK_ORDER)
    for flag in risk_flags:
        answers.one_of("risk_flags", flag, rules.FORCES_HIGH)
    check_concern_levels(answers, concern_levels or {})
    answers.done()
    stage = STAGES.move(record.stage, "review_risk") if STAGES.targets(record.stage, "review_risk") else record.stage
    levels = dict(record.concern_levels) | dict(concern_levels or {})
    derived = facts.flags_of(record)
    flags = sorted({*risk_flags, *(f for f in derived if f == "unaccompanied_under_12" or f in risk_flags)})
    unit.check([gates.risk_reasoned(risk_level, bool(risk_reasons.strip()), flags),
                gates.safety_plan_today(set(flags) - set(record.risk_flags), facts.safety_plan_day(record.pk),
                                        timezone.localtime(unit.at).date())])
    before = record.risk_level
    _settle_risk(unit, record, seen, stage=stage, level=risk_level, flags=flags, reasons=risk_reasons, levels=levels)
    unit.note("risk_reviewed", record, risk=risk_level, before=before)
    return record
