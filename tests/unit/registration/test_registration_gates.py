"""Each safeguard of registration with facts that meet it and facts that do not."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from havre.core.partialdates import AgeRange
from havre.registration import gates
from havre.registration.gates import AgeFacts, ConsentFacts, NeedsFacts, SearchFacts
from havre.registration.rules import NEEDED_TO_REGISTER, Agreement

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


def said(by: str, answer: str = "yes", **changes: object) -> Agreement:
    values: dict[str, object] = {"id": uuid4(), "given_by": by, "type": "informed_consent", "mode": "written", "event": "given",
                                 "answers": dict.fromkeys(NEEDED_TO_REGISTER, answer), "given_at": NOW, **changes}
    return Agreement(**values)  # type: ignore[arg-type]


def excuse(why: str, reasoned: bool = True) -> Agreement:
    return said("other", event="exception", answers={}, exception=why, reasoned=reasoned)


def facts(*events: Agreement, needed: str = "caregiver_consent child_assent", basis: str = "consent", **more: object) -> ConsentFacts:
    return ConsentFacts(basis, frozenset(needed.split()), events, NOW, **more)  # type: ignore[arg-type]


# ---- G01 ----

def test_g01_consent_of_both_sides_covers_registration() -> None:
    assert gates.legal_basis(facts(said("parent"), said("child"))).ok


@pytest.mark.parametrize("basis", ["", "because"])
def test_g01_a_basis_is_needed(basis: str) -> None:
    assert gates.legal_basis(facts(basis=basis)).reason == "no_legal_basis"


def test_g01_a_refused_purpose_is_not_covered() -> None:
    result = gates.legal_basis(facts(said("parent"), said("child", "no")))
    assert (result.reason, result.params["purpose"]) == ("consent_refused", "case_management_participation")


def test_g01_an_expired_consent_covers_nothing() -> None:
    old = said("parent", given_at=NOW - timedelta(days=9), expires_at=NOW - timedelta(days=1))
    assert gates.legal_basis(facts(old, needed="caregiver_consent")).reason == "consent_expired"


def test_g01_vital_interest_needs_a_reason_and_never_covers_the_media() -> None:
    assert gates.legal_basis(facts(basis="vital_interest")).reason == "basis_without_reason"
    assert gates.legal_basis(facts(basis="vital_interest", reasoned=True)).ok
    media = gates.legal_basis(facts(basis="vital_interest", reasoned=True, purposes=("media",)))
    assert media.reason == "basis_does_not_cover"


# ---- G02 ----

def test_g02_caregiver_and_child_agree() -> None:
    assert gates.capacity(facts(said("caregiver"), said("child"))).ok


def test_g02_a_missing_caregiver_is_not_skipped() -> None:
    assert gates.capacity(facts(said("child"))).reason == "caregiver_consent_missing"


@pytest.mark.parametrize(("why", "ok"), [("caregiver_absent", True), ("caregiver_unsafe", True), ("life_at_risk", True)])
def test_g02_a_reasoned_exception_stands_for_a_caregiver_who_cannot_be_asked(why: str, ok: bool) -> None:
    assert gates.capacity(facts(said("child"), excuse(why))).ok is ok


def test_g02_an_exception_without_a_reason_does_not() -> None:
    assert gates.capacity(facts(said("child"), excuse("caregiver_absent", reasoned=False))).reason == "caregiver_consent_missing"


def test_g02_a_caregivers_refusal_stops_unless_the_child_would_be_in_danger() -> None:
    refused = (said("caregiver", "no"), said("child"))
    assert gates.capacity(facts(*refused)).reason == "caregiver_refused"
    assert gates.capacity(facts(*refused, excuse("caregiver_absent"))).reason == "caregiver_refused"
    assert gates.capacity(facts(*refused, excuse("caregiver_unsafe"))).ok


def test_g02_the_childs_refusal_stops_unless_a_life_is_at_risk() -> None:
    refused = (said("caregiver"), said("child", "never"))
    assert gates.capacity(facts(*refused)).reason == "child_refused"
    assert gates.capacity(facts(*refused, excuse("caregiver_unsafe"))).reason == "child_refused"
    assert gates.capacity(facts(*refused, excuse("life_at_risk"))).ok


def test_g02_from_twelve_assent_is_in_writing_or_a_thumbprint() -> None:
    needed = "caregiver_consent child_written_assent"
    spoken = said("child", mode="verbal_witnessed", type="informed_assent")
    assert gates.capacity(facts(said("parent"), spoken, needed=needed)).reason == "assent_not_written"
    thumb = said("child", mode="thumbprint", type="informed_assent")
    assert gates.capacity(facts(said("parent"), thumb, needed=needed)).ok


def test_g02_from_fifteen_the_child_consents() -> None:
    assert gates.capacity(facts(said("child"), needed="child_consent")).ok
    assert gates.capacity(facts(said("child", type="informed_assent"), needed="child_consent")).reason == "child_consent_missing"
    assert gates.capacity(facts(said("parent"), needed="child_consent")).reason == "child_consent_missing"


# ---- G03 ----

def test_g03_a_reviewed_search_is_enough() -> None:
    assert gates.looked_for_earlier(SearchFacts(NOW, NOW, [{"conclusion": "different"}, {"conclusion": "asked"}])).ok


@pytest.mark.parametrize(("found", "reason"), [
    (SearchFacts(None, NOW), "not_searched"),
    (SearchFacts(NOW - timedelta(days=4), NOW), "search_too_old"),
    (SearchFacts(NOW, NOW, [{"conclusion": ""}]), "hits_not_reviewed"),
    (SearchFacts(NOW, NOW, [{"conclusion": "same"}]), "already_registered"),
    (SearchFacts(NOW, NOW, [], fresh_hits=1), "new_hits"),
])
def test_g03_says_what_is_missing(found: SearchFacts, reason: str) -> None:
    assert gates.looked_for_earlier(found).reason == reason


# ---- G04 ----

def test_g04_needs_were_asked_and_answered() -> None:
    assert gates.needs_first(NeedsFacts(True)).ok
    assert gates.needs_first(NeedsFacts(True, {"health": True})).ok


def test_g04_needs_come_before_the_long_form() -> None:
    assert gates.needs_first(NeedsFacts(False)).reason == "needs_not_asked"
    assert gates.needs_first(NeedsFacts(True, {"health": True, "safety": False})).params == {"need": "safety", "number": 1}


# ---- G34 ----

def test_g34_a_doubtful_age_is_a_child_by_name() -> None:
    assert gates.child_when_in_doubt(AgeFacts(AgeRange(16, 20), "estimated_by_worker", True, "in_doubt")).evidence == ("presumed_child",)
    assert gates.child_when_in_doubt(AgeFacts(AgeRange(9, 10), "self_reported", True)).ok
    assert gates.child_when_in_doubt(AgeFacts(AgeRange(30, 30), "self_reported", False)).ok


def test_g34_nobody_who_may_be_a_child_is_treated_as_an_adult() -> None:
    assert gates.child_when_in_doubt(AgeFacts(AgeRange(17, 22), "estimated_by_worker", False, "in_doubt")).reason == "may_be_a_child"
    assert gates.child_when_in_doubt(AgeFacts(None, "unknown", False)).reason == "may_be_a_child"
    assert gates.child_when_in_doubt(AgeFacts(AgeRange(17, 22), "estimated_by_worker", True)).reason == "doubt_not_named"


def test_registration_asks_all_five_in_the_order_in_which_they_are_mended() -> None:
    results = gates.registration_gates(facts(), SearchFacts(None, NOW), NeedsFacts(False), AgeFacts(None, "unknown", True))
    assert [r.id for r in results] == ["G03", "G04", "G34", "G01", "G02"]
    assert not any(r.ok for r in results)
