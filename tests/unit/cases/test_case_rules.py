"""Deadlines by risk, forced flags, storage and the groups of Today."""

from datetime import UTC, date, datetime, timedelta

import pytest

from havre.cases import rules, states
from havre.cases.rules import Bucket, CaseFacts
from havre.core.policy import Policy
from havre.core.problems import Conflict

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)  # a Wednesday
POLICY = Policy(country="ZZ")
FACTS = CaseFacts("registered", "high", "unaccompanied", "none", identified_at=NOW - timedelta(hours=2), registered_at=NOW)


def test_a_high_risk_child_alone_has_three_first_steps_with_times_of_the_policy() -> None:
    steps = {s.kind: s.due_at for s in rules.first_steps(FACTS, POLICY)}
    assert steps == {"immediate_safety": NOW + timedelta(hours=22), "assess": NOW + timedelta(hours=48),
                     "guardian_request": NOW + timedelta(hours=24)}


def test_a_child_at_medium_risk_with_a_parent_is_only_assessed() -> None:
    facts = CaseFacts("registered", "medium", "accompanied", "none", NOW, NOW)
    assert [(s.kind, s.due_at) for s in rules.first_steps(facts, POLICY)] == [("assess", NOW + timedelta(days=7))]


def test_immediate_needs_are_answered_whatever_the_risk() -> None:
    facts = CaseFacts("registered", "low", "accompanied", "none", NOW, NOW, immediate_needs=("health",))
    assert rules.first_steps(facts, POLICY)[0].kind == "immediate_safety"


def test_a_guardian_is_not_asked_for_twice() -> None:
    facts = CaseFacts("registered", "high", "unaccompanied", "appointed_interim", NOW, NOW)
    assert "guardian_request" not in {s.kind for s in rules.first_steps(facts, POLICY)}


@pytest.mark.parametrize(("birthday", "due_on"), [(date(2027, 5, 1), date(2027, 5, 1)), (date(2020, 1, 1), date(2026, 11, 25))])
def test_the_plan_for_adult_life_is_due_at_seventeen_or_within_a_week(birthday: date, due_on: date) -> None:
    facts = CaseFacts("registered", "low", "accompanied", "none", NOW, NOW, child_becomes_17=birthday)
    step = next(s for s in rules.first_steps(facts, POLICY) if s.kind == "transition_plan")
    assert step.due_at.date() == due_on


def test_a_child_alone_under_twelve_or_of_unknown_age_raises_a_flag() -> None:
    assert rules.flags_from_facts("unaccompanied", 11, ()) == {"unaccompanied_under_12"}
    assert rules.flags_from_facts("unaccompanied", None, ()) == {"unaccompanied_under_12"}
    assert rules.flags_from_facts("unaccompanied", 12, ()) == frozenset()
    assert rules.flags_from_facts("accompanied", 3, ("missing", "out_of_school")) == {"missing"}


def test_a_reunified_child_is_with_the_family() -> None:
    assert rules.with_whom("unaccompanied", "reunified") == "accompanied"
    assert rules.with_whom("unaccompanied", "verified") == "unaccompanied"


def test_signs_that_force_high_are_those_of_the_code_list() -> None:
    from havre.reference import codes
    assert set(codes.load("forced_high_flag").codes()) == rules.FORCES_HIGH


@pytest.mark.parametrize(("due_at", "group"), [
    (NOW - timedelta(minutes=1), Bucket.LATE), (NOW + timedelta(hours=2), Bucket.BEFORE_NOON),
    (NOW + timedelta(hours=3), Bucket.LATER_TODAY), (NOW + timedelta(days=1), Bucket.THIS_WEEK),
    (NOW + timedelta(days=4), Bucket.THIS_WEEK), (NOW + timedelta(days=5), Bucket.LATER)])
def test_tasks_are_grouped_by_when(due_at: datetime, group: Bucket) -> None:
    assert rules.bucket(due_at, NOW) is group


def test_late_comes_before_risk_and_risk_before_time() -> None:
    soon, late = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
    order = sorted([("low", late), ("high", soon), ("medium", soon), ("high", None)], key=lambda x: rules.urgency(*x, NOW))
    assert order == [("low", late), ("high", soon), ("high", None), ("medium", soon)]


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2026, 11, 30), 3, date(2027, 2, 28)), (date(2027, 12, 31), 2, date(2028, 2, 29)), (date(2026, 5, 31), -3, date(2026, 2, 28))])
def test_months_end_on_their_last_day(day: date, months: int, then: date) -> None:
    assert rules.add_months(day, months) == then


def test_a_file_is_stored_for_the_years_of_the_policy_or_until_the_child_is_grown() -> None:
    closed = date(2026, 11, 18)
    assert rules.storage_end(closed, date(2009, 1, 1), POLICY) == date(2034, 1, 1)
    assert rules.storage_end(closed, date(2003, 1, 1), POLICY) == date(2031, 11, 18)
    assert rules.storage_end(closed, None, POLICY) == date(2051, 11, 18)


def test_visits_after_a_reunification_follow_the_risk() -> None:
    start = date(2026, 11, 1)
    assert [(d - start).days for d in rules.visit_days(POLICY, "high", start)] == [7, 14, 30, 90]
    assert [(d - start).days for d in rules.visit_days(POLICY, "low", start)] == [30, 90]
    assert [(d - start).days for d in rules.visit_days(POLICY, "none", start)] == [30, 90]
    assert [(d - start).days for d in rules.visit_days(POLICY, "low", start, "return")] == [7, 30, 91, 182, 365]


def test_a_case_walks_from_registration_to_closure_and_back() -> None:
    stage = "registered"
    for step in ("record_assessment", "propose_plan", "approve_plan", "record_follow_up", "review_risk", "request_closure",
                 "approve_closure", "reopen_case"):
        stage = states.STAGES.move(stage, step)
    assert stage == "reopened"


def test_a_closed_case_cannot_be_assessed() -> None:
    with pytest.raises(Conflict):
        states.STAGES.move("closed", "record_assessment")


def test_the_panel_shows_the_step_that_comes_next() -> None:
    assert states.next_gated_step("registered", plan_waits=False) == "record_assessment"
    assert states.next_gated_step("assessed", plan_waits=False) == "propose_plan"
    assert states.next_gated_step("assessed", plan_waits=True) == "approve_plan"
    assert states.next_gated_step("implementing", plan_waits=False) == "request_closure"
    assert states.next_gated_step("closed", plan_waits=False) == ""


def test_the_chain_strip_knows_every_stage() -> None:
    assert {states.chain_place(s) for s in states.STAGES.states()} == {0, 1, 2, 3, 4}
