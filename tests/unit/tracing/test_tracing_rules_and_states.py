"""The small rules of tracing, and its tables of steps."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.core.problems import Conflict
from havre.tracing import rules, states
from havre.tracing.rules import ReunionFacts, ReunionState

KEY = b"k" * 32
SIMPLE = ReunionFacts(False, "medium", "asap", "yes", True, True, False, False, False, False, "reunify")


def test_a_pair_has_one_name_and_its_direction_matters() -> None:
    child, sought = UUID(int=1), UUID(int=2)
    assert rules.pair_id(child, sought) == rules.pair_id(child, sought) != rules.pair_id(sought, child)


def test_the_digest_changes_with_what_was_said_and_with_nothing_else() -> None:
    said = [{"code": "name", "child": "ሰላም", "adult": "Selam", "weight": 3}, {"code": "age", "child": "9", "adult": "8"}]
    same = [{**said[1], "weight": -7}, said[0]]
    assert rules.evidence_digest(KEY, said) == rules.evidence_digest(KEY, same)
    assert rules.evidence_digest(KEY, said) != rules.evidence_digest(KEY, [{**said[0], "adult": "Salem"}, said[1]])
    assert rules.evidence_digest(b"x" * 32, said) != rules.evidence_digest(KEY, said)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Abdul Rahman", "عبد الرحمن", True), ("a white goat", "White  goat", False), ("Abeba", "አበባ", True),
    ("a dog", "a cat", False), ("", "dog", False), ("...", "dog", False), ("Mohammed", "Muhammad", True),
])
def test_answers_written_otherwise_are_recognised_as_a_hint(one: str, other: str, same: bool) -> None:
    assert rules.written_the_same(one, other) is same


def test_an_alert_hits_by_two_names_in_any_script_or_by_one_number() -> None:
    entry = rules.keyed(KEY, rules.name_sounds(["Haile Tesfay"]) | rules.number_marks(["+251 911 234 567"]))
    assert rules.is_alert_hit(entry, rules.keyed(KEY, rules.name_sounds(["ተስፋይ ሀይሌ"])))
    assert rules.is_alert_hit(entry, rules.keyed(KEY, rules.number_marks(["0911234567"])))
    assert not rules.is_alert_hit(entry, rules.keyed(KEY, rules.name_sounds(["Haile Gebre"])))
    assert not rules.is_alert_hit(entry, rules.keyed(b"x" * 32, rules.name_sounds(["Haile Tesfay"])))
    assert not rules.is_alert_hit([], [])


def test_the_only_name_known_is_enough_for_a_look() -> None:
    entry = rules.keyed(KEY, rules.name_sounds(["Tesfay"]))
    assert rules.is_alert_hit(entry, rules.keyed(KEY, rules.name_sounds(["Tesfay Haile"])))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(alphabet="aebh dmrst'محمدرሀለሐ-", max_size=12), max_size=3))
def test_tokens_of_an_alert_never_show_the_name(names: list[str]) -> None:
    for token in rules.keyed(KEY, rules.name_sounds(names)):
        assert len(token) == 34 and all(c in "0123456789abcdef" for c in token[2:])


def test_visits_follow_the_policy_from_the_day_of_the_hand_over() -> None:
    assert rules.visit_days((7, 30), date(2026, 11, 21)) == ["2026-11-28", "2026-12-21"]


def test_a_simple_reunification_needs_no_panel() -> None:
    assert rules.best_interests_triggers(SIMPLE) == ()


@pytest.mark.parametrize(("change", "trigger"), [
    ({"cross_border": True}, "cross_border"), ({"child_wish": "unsure"}, "child_hesitates"),
    ({"child_wants_adult": "no"}, "child_hesitates"), ({"verified_adult": False}, "adult_not_verified"),
    ({"custody_dispute": True}, "custody_dispute"), ({"red_flags_raised": True}, "red_flags"),
    ({"alert_hit": True}, "alert_hit"), ({"household_doubts": True}, "household_doubts"), ({"risk": "high"}, "high_risk"),
    ({"recommendation": "further_tracing"}, "further_tracing_advised"),
])
def test_whatever_makes_it_complex_asks_for_a_panel(change: dict[str, object], trigger: str) -> None:
    assert rules.best_interests_triggers(replace(SIMPLE, **change)) == (trigger,)  # type: ignore[arg-type]


def test_a_lane_stays_shut_to_others_until_the_answers_are_compared() -> None:
    author, colleague = UUID(int=1), UUID(int=2)
    assert rules.may_read_lane(author, author, False) and rules.may_read_lane(colleague, author, True)
    assert not rules.may_read_lane(colleague, author, False)


@pytest.mark.parametrize(("outcome", "more", "state"), [
    ("stable", False, ReunionState.STABLE), ("stable", True, ReunionState.HANDED_OVER), ("at_risk", False, ReunionState.AT_RISK),
    ("lost_contact", False, ReunionState.AT_RISK), ("broken_down", False, ReunionState.BROKEN_DOWN),
    ("re_separated", False, ReunionState.BROKEN_DOWN),
])
def test_a_visit_leaves_the_family_where_its_outcome_says(outcome: str, more: bool, state: ReunionState) -> None:
    assert rules.after_visit(outcome, more) is state


def test_a_child_who_does_not_want_it_is_not_traced_until_she_says_otherwise() -> None:
    assert states.TRACING.move(states.status_of(""), "decline") == "not_wanted"
    with pytest.raises(Conflict):
        states.TRACING.move("not_wanted", "shortlist")
    assert states.TRACING.gates("not_wanted", "open") == ("G15",)


def test_a_match_is_confirmed_only_through_its_gate_from_wherever_it_stands() -> None:
    for state in ("shortlisted", "child_side_checked", "adult_side_checked", "both_sides_checked"):
        assert states.MATCH.gates(state, "confirm") == ("G17",)


def test_the_same_side_is_not_heard_twice() -> None:
    with pytest.raises(Conflict):
        states.MATCH.move("child_side_checked", "hear_child")


def test_a_reunification_that_broke_down_is_over_and_tracing_opens_again() -> None:
    assert states.REUNIFICATION.move("handed_over", "break_down") == "broken_down"
    assert states.REUNIFICATION.actions("broken_down") == ()
    assert states.TRACING.move("reunified", "open") == "open"


def test_nobody_is_handed_over_before_approval() -> None:
    with pytest.raises(Conflict):
        states.REUNIFICATION.move("planned", "hand_over")
