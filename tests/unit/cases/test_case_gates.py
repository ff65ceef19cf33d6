"""Each safeguard of a case: once met, once not, with the reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from havre.cases import gates
from havre.cases.gates import ActionFacts, ApprovalFacts, AssessmentFacts, Attempt, ClosureFacts, PlanFacts, ViewFacts
from havre.cases.rules import FORCES_HIGH
from havre.core.gates import GateResult, Severity, refusals
from havre.core.policy import Policy

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
POLICY = Policy(country="ZZ")
VIEW = ViewFacts("v1", "child", "plan", "own_words", NOW, weight="significant", decision_follows=True)
ASSESSED = AssessmentFacts(child_seen_alone=True, not_alone_reason=False, risk_level="medium", reasons=True, flags=frozenset(),
                           safety_plan_on=None, today=NOW.date(), views=(VIEW,))
ACTION = ActionFacts("neglect_medical", goal=True, owner=True, due_on=date(2026, 12, 1))
PLAN = PlanFacts("case", goal=True, child_agrees=True, child_note=False, caregiver_part=True, caregiver_note=False,
                 concerns={"neglect_medical": "high", "out_of_school": "low"}, actions=(ACTION,), views=(VIEW,))
CLOSURE = ClosureFacts(
    reason="goal_met_safe", now=NOW, risk_level="low", flags=frozenset(), concerns={}, attempts=(), summary=True, age_min=9,
    age_max=11, age_proof=False, transition_plan=False, transfer_accepted=False, assessed=True, open_matters=(),
    contact_on=date(2027, 2, 21), stored_until=date(2042, 1, 1), legal_hold=False,
    views=(replace(VIEW, topic="closure"),))


def said(result: GateResult, reason: str) -> None:
    assert not result.ok
    assert result.reason == reason


def test_g05_is_met_by_a_child_seen_alone() -> None:
    assert gates.seen_alone(ASSESSED).ok


def test_g05_is_met_by_a_written_reason() -> None:
    assert gates.seen_alone(replace(ASSESSED, child_seen_alone=False, not_alone_reason=True)).ok


def test_g05_stops_an_assessment_with_others_present_and_no_reason() -> None:
    said(gates.seen_alone(replace(ASSESSED, child_seen_alone=False)), "not_seen_alone")


def test_g06_is_met_by_weighed_views() -> None:
    assert gates.child_views([VIEW], ("plan",)).ok


def test_g06_is_met_by_a_reason_where_the_child_could_not_say() -> None:
    assert gates.child_views([replace(VIEW, mode="not_possible", weight="", reasoned=True)], ("plan",)).ok


@pytest.mark.parametrize(("views", "reason"), [
    ([], "child_views_missing"),
    ([replace(VIEW, whose="caregiver")], "child_views_missing"),
    ([replace(VIEW, topic="tracing")], "child_views_missing"),
    ([replace(VIEW, weight="")], "views_not_weighed"),
    ([replace(VIEW, mode="declined")], "no_views_reason_missing"),
    ([replace(VIEW, decision_follows=False)], "departure_not_explained"),
    ([VIEW, replace(VIEW, given_at=NOW + timedelta(days=1), weight="")], "views_not_weighed"),
])
def test_g06_says_what_is_missing_of_the_childs_views(views: list[ViewFacts], reason: str) -> None:
    said(gates.child_views(views, ("plan",)), reason)


def test_g06_is_met_when_a_departure_from_the_views_is_explained() -> None:
    assert gates.child_views([replace(VIEW, decision_follows=False, departure_explained=True)], ("plan",)).ok


def test_g07_is_met_by_a_caregiver_who_took_part_or_was_heard_or_a_reason() -> None:
    alone = replace(PLAN, caregiver_part=False)
    heard = replace(VIEW, whose="caregiver")
    assert gates.caregiver_views(PLAN).ok
    assert gates.caregiver_views(replace(alone, views=(heard,))).ok
    assert gates.caregiver_views(replace(alone, caregiver_note=True)).ok


def test_g07_waits_for_a_supervisors_reason() -> None:
    result = gates.caregiver_views(replace(PLAN, caregiver_part=False))
    said(result, "caregiver_not_heard")
    assert result.severity is Severity.ACCEPTABLE
    assert refusals([result]) and not refusals([result], {"G07": "Her uncle cannot be reached."})


def test_g08_is_met_by_a_level_with_reasons() -> None:
    assert gates.risk_reasoned("low", True, ()).ok


def test_g08_wants_reasons() -> None:
    said(gates.risk_reasoned("high", False, ()), "risk_without_reasons")


@pytest.mark.parametrize("sign", sorted(FORCES_HIGH))
def test_g08_refuses_a_lower_level_while_a_warning_sign_stands(sign: str) -> None:
    said(gates.risk_reasoned("medium", True, {sign}), "warning_sign_needs_high")
    assert gates.risk_reasoned("high", True, {sign}).ok


def test_g09_is_met_by_an_action_for_each_serious_concern() -> None:
    assert gates.plan_complete(PLAN).ok


@pytest.mark.parametrize(("plan", "reason"), [
    (replace(PLAN, goal=False), "plan_goal_missing"),
    (replace(PLAN, actions=()), "plan_has_no_action"),
    (replace(PLAN, actions=(replace(ACTION, goal=False),)), "action_goal_missing"),
    (replace(PLAN, actions=(replace(ACTION, owner=False),)), "action_owner_missing"),
    (replace(PLAN, actions=(replace(ACTION, due_on=None),)), "action_day_missing"),
    (replace(PLAN, concerns={"child_labour": "medium"}), "concern_without_action"),
])
def test_g09_names_what_the_plan_lacks(plan: PlanFacts, reason: str) -> None:
    said(gates.plan_complete(plan), reason)


def test_a_safety_plan_does_not_wait_for_views() -> None:
    results = gates.plan_gates(replace(PLAN, kind="safety", views=(), concerns={"child_labour": "high"}))
    assert [r.id for r in results if not r.ok] == []


def test_g10_is_met_by_another_person_who_supervises() -> None:
    assert gates.four_eyes(ApprovalFacts(uuid4(), uuid4(), True)).ok


def test_g10_refuses_the_author_even_as_a_supervisor() -> None:
    me = uuid4()
    said(gates.four_eyes(ApprovalFacts(me, me, True)), "same_person_approves")


def test_g10_refuses_someone_who_does_not_supervise_the_team() -> None:
    said(gates.four_eyes(ApprovalFacts(uuid4(), uuid4(), False)), "not_the_supervisor")


DAYS = [date(2026, 12, 1), date(2026, 12, 8)]


def test_g28_is_met_by_visits_at_or_before_their_days() -> None:
    assert gates.visits_scheduled(DAYS, [date(2026, 11, 30), date(2026, 12, 8)]).ok


@pytest.mark.parametrize("planned", [[], [DAYS[0]], [DAYS[0], date(2026, 12, 9)]])
def test_g28_stops_when_a_visit_is_missing_or_too_late(planned: list[date]) -> None:
    said(gates.visits_scheduled(DAYS, planned), "visits_not_planned")


def test_g33_is_met_without_the_sign_and_with_a_plan_of_today() -> None:
    assert gates.safety_plan_today((), None, NOW.date()).ok
    assert gates.safety_plan_today(("suicidal_intent",), NOW.date(), NOW.date()).ok


@pytest.mark.parametrize("made", [None, NOW.date() - timedelta(days=1)])
def test_g33_wants_a_safety_plan_of_the_same_day(made: date | None) -> None:
    said(gates.safety_plan_today(("suicidal_intent",), made, NOW.date()), "safety_plan_missing")


def test_the_four_gates_of_an_assessment() -> None:
    assert [r.id for r in gates.assessment_gates(ASSESSED)] == ["G05", "G06", "G08", "G33"]
    assert all(r.ok for r in gates.assessment_gates(ASSESSED))


def test_g35_is_met_when_goals_are_met_and_risk_is_low() -> None:
    assert gates.closure_reason(CLOSURE, POLICY).ok


TRIES = tuple(Attempt(NOW - timedelta(days=d), c, False) for d, c in [(100, "phone"), (60, "home_planned"), (20, "phone")])
GONE = replace(CLOSURE, reason="uncontactable_3_months", attempts=TRIES)
ADULT = replace(CLOSURE, reason="turned_18_with_transition_plan", age_min=18, age_max=18, age_proof=True, transition_plan=True)


@pytest.mark.parametrize("facts", [
    GONE, ADULT,
    replace(CLOSURE, reason="declined_no_grounds_to_override"),
    replace(CLOSURE, reason="transferred", transfer_accepted=True),
    replace(CLOSURE, reason="opened_in_error", assessed=False),
    replace(CLOSURE, reason="death"),
])
def test_g35_is_met_when_the_facts_bear_the_reason_out(facts: ClosureFacts) -> None:
    assert gates.closure_reason(facts, POLICY).ok


@pytest.mark.parametrize(("facts", "reason"), [
    (replace(CLOSURE, summary=False), "closure_summary_missing"),
    (replace(CLOSURE, concerns={"child_labour": "medium"}), "concern_still_open"),
    (replace(CLOSURE, risk_level="high"), "risk_still_there"),
    (replace(GONE, attempts=TRIES[:2]), "too_few_attempts"),
    (replace(GONE, attempts=tuple(replace(t, channel="phone") for t in TRIES)), "too_few_attempts"),
    (replace(GONE, attempts=(*TRIES, Attempt(NOW - timedelta(days=30), "phone", True))), "too_few_attempts"),
    (replace(GONE, attempts=tuple(replace(t, at=NOW - timedelta(days=9)) for t in TRIES)), "attempts_over_too_short"),
    (replace(ADULT, age_proof=False), "adult_age_not_proved"),
    (replace(ADULT, age_min=17), "adult_age_not_proved"),
    (replace(ADULT, age_min=None), "adult_age_not_proved"),
    (replace(ADULT, transition_plan=False), "transition_plan_missing"),
    (replace(CLOSURE, reason="declined_no_grounds_to_override", risk_level="high"), "declined_but_high_risk"),
    (replace(CLOSURE, reason="declined_no_grounds_to_override", flags=frozenset({"missing"})), "declined_but_high_risk"),
    (replace(CLOSURE, reason="transferred"), "transfer_not_accepted"),
    (replace(CLOSURE, reason="opened_in_error"), "error_but_assessed"),
])
def test_g35_refuses_a_reason_that_the_facts_do_not_bear_out(facts: ClosureFacts, reason: str) -> None:
    said(gates.closure_reason(facts, POLICY), reason)


def test_g36_is_met_when_nothing_is_open() -> None:
    assert gates.nothing_open(()).ok


def test_g36_names_the_first_open_matter_and_how_many() -> None:
    result = gates.nothing_open(("tracing_open", "approval_waiting"))
    said(result, "matter_still_open")
    assert result.params == {"matter": "tracing_open", "count": 2}


def test_g37_is_met_by_a_contact_about_three_months_later_and_by_death() -> None:
    assert gates.contact_after(CLOSURE, POLICY).ok
    assert gates.contact_after(replace(CLOSURE, reason="death", contact_on=None), POLICY).ok


@pytest.mark.parametrize(("day", "reason"), [(None, "contact_not_planned"), (date(2026, 12, 1), "contact_at_another_time"),
                                             (date(2027, 9, 1), "contact_at_another_time")])
def test_g37_wants_the_contact_at_its_time(day: date | None, reason: str) -> None:
    said(gates.contact_after(replace(CLOSURE, contact_on=day), POLICY), reason)


def test_g38_is_met_by_a_day_and_no_hold() -> None:
    assert gates.storage_set(date(2042, 1, 1), False).ok


def test_g38_stops_without_a_day_or_under_a_legal_hold() -> None:
    said(gates.storage_set(None, False), "storage_end_missing")
    said(gates.storage_set(date(2042, 1, 1), True), "legal_hold")


def test_g40_is_met_by_a_younger_child_or_a_plan() -> None:
    assert gates.adult_life_plan(16, False, POLICY).ok
    assert gates.adult_life_plan(17, True, POLICY, closing=True).ok


def test_g40_warns_from_seventeen_and_stops_closing() -> None:
    warned = gates.adult_life_plan(17, False, POLICY)
    stopped = gates.adult_life_plan(17, False, POLICY, closing=True)
    assert (warned.severity, warned.ok) == (Severity.WARNS, False) and not refusals([warned])
    assert stopped.severity is Severity.BLOCKS and refusals([stopped])


def test_closing_a_case_asks_for_all_its_safeguards() -> None:
    results = gates.closure_gates(CLOSURE, POLICY)
    assert [r.id for r in results] == ["G06", "G35", "G36", "G37", "G38", "G40"]
    assert refusals(results) == ()


def test_closing_after_a_death_does_not_ask_for_views() -> None:
    assert "G06" not in {r.id for r in gates.closure_gates(replace(CLOSURE, reason="death"), POLICY)}
