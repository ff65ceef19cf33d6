"""Each safeguard of tracing, met and not met."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from havre.core.gates import GateResult
from havre.tracing import gates
from havre.tracing.gates import (
    AlertFacts,
    BestInterestsFacts,
    BorderFacts,
    ClearanceFacts,
    HandOverFacts,
    HouseholdFacts,
    PublicationFacts,
    VerificationFacts,
    WishFacts,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = NOW.date()
AMINA, OMAR, SARA = (UUID(int=n) for n in (1, 2, 3))

BOTH = VerificationFacts(AMINA, OMAR, "yes", "yes", "document", ("same", "same", "unsure"))
CLEAR = AlertFacts("clear", True, NOW - timedelta(days=1))
HOME = HouseholdFacts(TODAY - timedelta(days=10), "yes", "yes", "yes")
DECIDED = BestInterestsFacts(("cross_border",), True, "reunify", frozenset({"cross_border"}), TODAY)


def refused(result: GateResult, gate: str, reason: str) -> bool:
    return (result.id, result.ok, result.reason) == (gate, False, reason)


def test_g15_opens_when_the_child_says_yes() -> None:
    assert gates.wish_to_trace(WishFacts("yes")).ok


@pytest.mark.parametrize("said", ["no", "later", "unsure"])
def test_g15_stops_when_the_child_does_not_say_yes(said: str) -> None:
    assert refused(gates.wish_to_trace(WishFacts(said)), "G15", f"child_said_{said}")


def test_g15_stops_when_nobody_asked_the_child() -> None:
    assert refused(gates.wish_to_trace(WishFacts()), "G15", "wishes_not_recorded")


def test_g15_accepts_a_written_exception_of_a_supervisor_only() -> None:
    assert gates.wish_to_trace(WishFacts("unsure", True, True)).ok
    assert refused(gates.wish_to_trace(WishFacts("unsure", True, False)), "G15", "exception_needs_supervisor")


@pytest.mark.parametrize("answer", ["", "no", "never", "not_asked"])
def test_g01_keeps_one_side_from_the_other_without_a_yes(answer: str) -> None:
    assert not gates.consent_to_share(answer, "child").ok


def test_g01_lets_a_consented_side_be_shown() -> None:
    assert gates.consent_to_share("yes", "adult").ok


def test_g16_wants_the_childs_agreement_and_another_persons_approval() -> None:
    facts = PublicationFacts("yes", AMINA, SARA, True)
    assert gates.publication(facts).ok
    assert refused(gates.publication(replace(facts, consent="no")), "G16", "publication_refused")
    assert refused(gates.publication(replace(facts, consent="")), "G16", "publication_not_agreed")
    assert refused(gates.publication(replace(facts, approver=None)), "G16", "publication_not_approved")
    assert refused(gates.publication(replace(facts, approver=AMINA)), "G16", "publication_same_person")
    assert refused(gates.publication(replace(facts, approver_is_supervisor=False)), "G16", "publication_needs_supervisor")


def test_g17_two_interviews_that_agree_make_a_family() -> None:
    assert gates.verification(BOTH).ok


@pytest.mark.parametrize(("change", "reason"), [
    ({"child_interviewer": None, "adult_interviewer": None}, "no_interview_yet"),
    ({"adult_interviewer": None}, "adult_side_missing"),
    ({"child_interviewer": None}, "child_side_missing"),
    ({"adult_interviewer": AMINA}, "same_interviewer"),
    ({"child_recognises": "no"}, "not_recognised"),
    ({"adult_recognises": "no"}, "not_recognised"),
    ({"outcomes": ("same", "same", "")}, "facts_not_compared"),
    ({"outcomes": ("same", "same", "different")}, "secret_fact_differs"),
    ({"outcomes": ("same", "unsure")}, "too_few_secret_facts"),
    ({"outcomes": ()}, "too_few_secret_facts"),
    ({"identity_checked": "not_checked"}, "identity_not_checked"),
])
def test_g17_refuses_whatever_is_not_two_interviews_that_agree(change: dict[str, object], reason: str) -> None:
    assert refused(gates.verification(replace(BOTH, **change)), "G17", reason)  # type: ignore[arg-type]


def test_g18_passes_when_no_alert_concerns_the_adult() -> None:
    assert gates.alert(CLEAR, NOW).ok
    assert gates.alert(replace(CLEAR, state="cleared", cleared_by_other=True), NOW).ok


@pytest.mark.parametrize(("change", "reason"), [
    ({"checked_at": None}, "alert_not_checked"),
    ({"about_this_adult": False}, "alert_not_checked"),
    ({"checked_at": NOW - timedelta(days=31)}, "alert_check_old"),
    ({"state": "hit"}, "alert_hit"),
    ({"state": "cleared"}, "alert_cleared_by_planner"),
    ({"red_flags": ("child_afraid",)}, "red_flags_open"),
])
def test_g18_stops_an_adult_who_may_be_on_the_list(change: dict[str, object], reason: str) -> None:
    assert refused(gates.alert(replace(CLEAR, **change), NOW), "G18", reason)  # type: ignore[arg-type]


def test_g18_lets_looked_into_red_flags_pass() -> None:
    assert gates.alert(replace(CLEAR, red_flags=("child_afraid",), flags_cleared=True), NOW).ok


def test_g19_wants_a_fresh_look_at_a_willing_able_and_safe_home() -> None:
    assert gates.household(HOME, TODAY, 30).ok
    assert gates.household(replace(HOME, able="no", alternate_caregiver=True), TODAY, 30).ok


@pytest.mark.parametrize(("change", "reason"), [
    ({"assessed_on": None}, "household_not_assessed"),
    ({"assessed_on": TODAY - timedelta(days=31)}, "household_assessment_old"),
    ({"assessed_on": TODAY + timedelta(days=1)}, "household_assessed_in_future"),
    ({"willing": "unsure"}, "adult_not_willing"),
    ({"able": "no"}, "adult_not_able"),
    ({"safe": "no"}, "home_not_safe"),
])
def test_g19_refuses_every_other_home(change: dict[str, object], reason: str) -> None:
    assert refused(gates.household(replace(HOME, **change), TODAY, 30), "G19", reason)  # type: ignore[arg-type]


def test_g20_needs_the_authority_only_where_the_country_says_so() -> None:
    assert gates.clearance(ClearanceFacts(required=False), TODAY).ok
    assert gates.clearance(ClearanceFacts(True, "granted", TODAY), TODAY).ok
    assert gates.clearance(ClearanceFacts(True, "granted"), TODAY).ok


@pytest.mark.parametrize(("facts", "reason"), [
    (ClearanceFacts(True), "clearance_missing"),
    (ClearanceFacts(True, "requested"), "clearance_waits"),
    (ClearanceFacts(False, "refused"), "clearance_refused"),
    (ClearanceFacts(True, "granted", TODAY - timedelta(days=1)), "clearance_expired"),
])
def test_g20_stops_without_a_valid_clearance(facts: ClearanceFacts, reason: str) -> None:
    assert refused(gates.clearance(facts, TODAY), "G20", reason)


def test_g21_asks_nothing_where_no_border_is_crossed() -> None:
    assert gates.border(BorderFacts(False), TODAY).ok
    assert gates.border(BorderFacts(True, "no_risk_found", TODAY), TODAY).ok


@pytest.mark.parametrize(("facts", "reason"), [
    (BorderFacts(True), "border_not_assessed"),
    (BorderFacts(True, "risk_found", TODAY), "border_risk_found"),
    (BorderFacts(True, "unclear", TODAY), "border_unclear"),
    (BorderFacts(True, "no_risk_found", TODAY - timedelta(days=1)), "border_assessment_expired"),
    (BorderFacts(True, "no_risk_found", TODAY, True), "border_same_person"),
])
def test_g21_stops_an_unsafe_or_unknown_crossing(facts: BorderFacts, reason: str) -> None:
    assert refused(gates.border(facts, TODAY), "G21", reason)


def test_g11_passes_when_simple_or_decided_in_favour() -> None:
    assert gates.best_interests(BestInterestsFacts(), TODAY).ok
    assert gates.best_interests(DECIDED, TODAY).ok


@pytest.mark.parametrize(("change", "reason"), [
    ({"asked": False}, "decision_not_asked"),
    ({"outcome": ""}, "decision_waits"),
    ({"outcome": "no"}, "decision_against"),
    ({"valid_until": TODAY - timedelta(days=1)}, "decision_expired"),
    ({"triggers": ("cross_border", "red_flags")}, "circumstances_changed"),
])
def test_g11_stops_a_complex_reunification_without_its_decision(change: dict[str, object], reason: str) -> None:
    assert refused(gates.best_interests(replace(DECIDED, **change), TODAY), "G11", reason)  # type: ignore[arg-type]


def test_g28_counts_the_visits_the_policy_wants() -> None:
    days = (7, 30, 90)
    planned = [TODAY + timedelta(days=d) for d in (5, 30, 60)]
    assert gates.visits_planned(planned, TODAY, days).ok
    assert refused(gates.visits_planned(planned[:2], TODAY, days), "G28", "visits_missing")
    late = [TODAY + timedelta(days=d) for d in (8, 30, 60)]
    assert gates.visits_planned(late, TODAY, days).params["missing"] == 1
    assert not gates.visits_planned([TODAY, *planned[1:]], TODAY, days).ok


def test_g45_wants_a_sworn_interpreter_and_a_supervisor_may_accept_a_reason() -> None:
    assert gates.interpreter(False, False).ok and gates.interpreter(True, True).ok
    result = gates.interpreter(True, False)
    assert refused(result, "G45", "interpreter_not_sworn") and result.severity == "?"


def test_g10_wants_a_supervisor_other_than_the_planner() -> None:
    assert gates.four_eyes(AMINA, SARA, True).ok
    assert not gates.four_eyes(AMINA, AMINA, True).ok
    assert not gates.four_eyes(AMINA, SARA, False).ok


def test_a_hand_over_lacks_whoever_has_not_signed_as_a_person_of_their_own() -> None:
    assert HandOverFacts(AMINA, OMAR, True).missing() == ()
    assert HandOverFacts(AMINA, AMINA, True).missing() == ("second_worker",)
    assert HandOverFacts().missing() == ("worker_handing_over", "second_worker", "receiver")


