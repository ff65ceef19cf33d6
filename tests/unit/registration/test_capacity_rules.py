"""Who must agree at which age, and what counts as an agreement."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from havre.core.partialdates import AgeRange
from havre.core.policy import Policy
from havre.registration import rules
from havre.registration.rules import Agreement

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
POLICY = Policy(country="SD")


def said(by: str, answer: str = "yes", purpose: str = "collect_store", **changes: object) -> Agreement:
    values: dict[str, object] = {"id": uuid4(), "given_by": by, "type": "informed_consent", "mode": "written", "event": "given",
                                 "answers": {purpose: answer}, "given_at": NOW - timedelta(hours=1), **changes}
    return Agreement(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high", "expected"), [
    (3, 3, {"caregiver_consent"}),
    (8, 8, {"caregiver_consent", "child_assent"}),
    (13, 13, {"caregiver_consent", "child_written_assent"}),
    (16, 16, {"child_consent"}),
    (16, 19, {"child_consent"}),
])
def test_the_age_says_who_must_agree(low: int, high: int, expected: set[str]) -> None:
    assert rules.needs(AgeRange(low, high), POLICY) == expected


def test_a_range_over_two_bands_asks_the_more_careful_question() -> None:
    assert rules.needs(AgeRange(4, 7), POLICY) == {"caregiver_consent", "child_assent"}
    assert rules.needs(AgeRange(14, 16), POLICY) == {"caregiver_consent", "child_written_assent"}


def test_an_unknown_age_asks_both() -> None:
    assert rules.needs(None, POLICY) == {"caregiver_consent", "child_assent"}


def test_an_older_yes_gives_way_to_a_newer_no() -> None:
    events = [said("child"), said("child", "no", given_at=NOW)]
    assert rules.standing(events, "collect_store", rules.CHILD, NOW).value == "no"


def test_an_expired_yes_counts_as_none() -> None:
    answer = rules.standing([said("child", expires_at=NOW - timedelta(minutes=1))], "collect_store", rules.CHILD, NOW)
    assert (answer.value, answer.lapsed) == ("", "expired")


def test_a_withdrawal_ends_an_earlier_yes() -> None:
    events = [said("child"), said("child", "no", event="withdrawn", given_at=NOW)]
    found = rules.permits(events, "collect_store", frozenset({"child_consent"}), NOW)
    assert (found.allowed, found.reason) == (False, "consent_withdrawn")


def test_the_child_can_say_never_where_the_caregiver_said_yes() -> None:
    events = [said("parent", purpose="media"), said("child", "never", purpose="media")]
    assert rules.permits(events, "media", frozenset({"caregiver_consent"}), NOW).reason == "consent_refused"


def test_both_sides_are_needed_between_six_and_eleven() -> None:
    needed = frozenset({"caregiver_consent", "child_assent"})
    assert rules.permits([said("parent")], "collect_store", needed, NOW).reason == "consent_missing"
    assert rules.permits([said("parent"), said("child")], "collect_store", needed, NOW).allowed


def test_an_exception_without_a_reason_excuses_nobody() -> None:
    bare = said("other", event="exception", exception="caregiver_absent", answers={})
    assert rules.exceptions([bare], NOW) == []


def test_ages_come_from_the_birth_date_first() -> None:
    assert rules.ages("2016", 3, 4, date(2026, 1, 1), date(2026, 11, 21)) == AgeRange(9, 10)
    assert rules.ages("not a date", 3, 4, date(2026, 11, 1), date(2026, 11, 21)) == AgeRange(3, 4)


def test_age_is_in_doubt_when_the_range_reaches_over_majority() -> None:
    assert rules.in_doubt(AgeRange(16, 19), "estimated_by_worker")
    assert rules.in_doubt(None, "unknown")
    assert not rules.in_doubt(AgeRange(16, 17), "estimated_by_worker")
    assert not rules.in_doubt(AgeRange(17, 18), "document")
    assert rules.presumed_child(AgeRange(17, 25))
