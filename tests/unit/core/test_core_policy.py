"""A country's numbers are read exactly, and a misspelt rule never passes for a rule."""

from datetime import timedelta

import pytest

from havre.core import policy_defaults
from havre.core.policy import Policy, PolicyRefused

DEFAULT = Policy.from_toml('country = "TN"')


def test_defaults_are_those_of_the_response_table() -> None:
    rows = {
        "immediate_safety": (24, 72, 168),
        "assign": (1, 3, 24),
        "register": (24, 72, 168),
        "rapid_assessment": (48, 168, 336),
        "comprehensive_assessment": (168, 336, 720),
        "plan": (72, 168, 336),
        "follow_up": (84, 168, 720),
        "review": (336, 720, 2184),
        "guardian": (24, 72, 168),
        "care_visit": (48, 168, 720),
        "reunification_visit": (168, 168, 720),
    }
    assert DEFAULT.deadlines_hours == {
        (step, risk): hours for step, row in rows.items() for risk, hours in zip(("high", "medium", "low"), row, strict=True)
    }


def test_protective_numbers_have_their_defaults() -> None:
    assert (DEFAULT.majority, DEFAULT.household_assessment_max_age_days, DEFAULT.export_cap) == (18, 30, 25)
    assert (DEFAULT.decrypt_budget_per_day, DEFAULT.idle_lock_minutes, DEFAULT.session_hours) == (400, 5, 12)
    assert (DEFAULT.uncontactable_attempts, DEFAULT.uncontactable_kinds, DEFAULT.uncontactable_months) == (
        3,
        2,
        3,
    )
    assert DEFAULT.follow_up_days["high"] == (7, 14, 30, 90)
    assert DEFAULT.authority_clearance_required == frozenset()


def test_a_deadline_is_a_duration_and_no_risk_has_none() -> None:
    assert DEFAULT.deadline("assign", "high") == timedelta(hours=1)
    assert DEFAULT.deadline("assign", "none") is None
    with pytest.raises(KeyError):
        DEFAULT.deadline("asign", "high")


@pytest.mark.parametrize(
    ("age", "needs"),
    [
        (0, {"caregiver_consent"}),
        (5, {"caregiver_consent"}),
        (6, {"caregiver_consent", "child_assent"}),
        (11, {"caregiver_consent", "child_assent"}),
        (12, {"caregiver_consent", "child_written_assent"}),
        (14, {"caregiver_consent", "child_written_assent"}),
        (15, {"child_consent"}),
        (17, {"child_consent"}),
        (18, {"child_consent"}),
        (40, {"child_consent"}),
    ],
)
def test_who_must_agree_follows_the_capacity_guide(age: int, needs: set[str]) -> None:
    assert DEFAULT.consent_needs(age) == needs


def test_a_country_changes_what_it_names_and_keeps_the_rest() -> None:
    policy = Policy.from_toml(
        """
        country = "ML"
        export_cap = 0
        authority_clearance_required = ["reunification", "separation"]
        return_follow_up_days = [3, 10]
        [deadlines_hours.assign]
        high = 2
        [follow_up_days]
        low = [60]
        """
    )
    assert policy.country == "ML" and policy.export_cap == 0
    assert policy.authority_clearance_required == {"reunification", "separation"}
    assert policy.return_follow_up_days == (3, 10)
    assert policy.deadline("assign", "high") == timedelta(hours=2)
    assert policy.deadline("assign", "medium") == timedelta(hours=3)
    assert dict(policy.follow_up_days) == {"high": (7, 14, 30, 90), "medium": (7, 30, 90), "low": (60,)}


def test_a_country_may_draw_its_own_capacity_bands() -> None:
    policy = Policy.from_toml(
        """
        country = "ML"
        [[capacity]]
        from = 0
        to = 13
        needs = ["caregiver_consent"]
        [[capacity]]
        from = 14
        to = 17
        needs = ["child_consent", "caregiver_consent"]
        """
    )
    assert policy.consent_needs(13) == {"caregiver_consent"}
    assert policy.consent_needs(14) == {"child_consent", "caregiver_consent"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "country is missing"),
        ('country = "tn"', "country must be two capital letters"),
        ("country = 1", "country must be two capital letters"),
        ("country = ", "is not TOML"),
        ("export_limit = 5", "export_limit is not a policy key"),
        ('majority = "18"', "majority must be a whole number from 16 to 21"),
        ("majority = true", "majority must be a whole number from 16 to 21"),
        ("break_glass_hours = true", "break_glass_hours must be a whole number"),
        ("majority = 12", "majority must be a whole number from 16 to 21"),
        ("session_hours = 12.0", "session_hours must be a whole number from 1 to 24"),
        ("deadlines_hours = 3", "deadlines_hours must be a table"),
        ("[deadlines_hours]\nassign = 3", "deadlines_hours.assign must be a table"),
        ("[deadlines_hours.asign]\nhigh = 3", "deadlines_hours.asign is not known"),
        ("[deadlines_hours.assign]\nhi = 3", "deadlines_hours.assign.hi is not known"),
        ("[deadlines_hours.assign]\nhigh = 0", "deadlines_hours.assign.high must be a whole number from 1"),
        ("[follow_up_days]\nhigh = [7, 7]", "follow_up_days.high must be a list of days from 1, rising"),
        ("[follow_up_days]\nhigh = []", "follow_up_days.high must be a list of days"),
        ("[follow_up_days]\nhigh = 7", "follow_up_days.high must be a list of days"),
        ("return_follow_up_days = [0, 1]", "return_follow_up_days must be a list of days"),
        ("return_follow_up_days = [true]", "return_follow_up_days must be a list of days"),
        (
            'authority_clearance_required = ["travel"]',
            "must be a list of: reunification, placement, separation",
        ),
        ('authority_clearance_required = "placement"', "must be a list of: reunification"),
        ("capacity = []", r"capacity must be one or more \[\[capacity\]\] tables"),
        ("capacity = [3]", r"capacity\[1\] must be a table"),
        ('[[capacity]]\nfrom=0\nto=17\nneeds=["x"]', r"capacity\[1\].needs must be a list of"),
        ('[[capacity]]\nfrom=0\nneeds=["child_consent"]', r"capacity\[1\].to must be a whole number"),
        ("[[capacity]]\nfrom=0\nto=17\nneeds=[]", "bands that each need someone's agreement"),
        ('[[capacity]]\nfrom=0\nto=16\nneeds=["child_consent"]', "each age from 0 to 17 once"),
        ("majority = 21", "each age from 0 to 20 once"),
    ],
)
def test_a_wrong_file_names_the_key_and_what_it_must_hold(text: str, sentence: str) -> None:
    whole = text if not text or text.startswith("country") else f'country = "TN"\n{text}'
    with pytest.raises(PolicyRefused, match=sentence):
        Policy.from_toml(whole)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(PolicyRefused) as refused:
        Policy.from_toml("majority = 1\nfoo = 2")
    assert len(str(refused.value).splitlines()) == 3


def test_the_default_tables_are_whole() -> None:
    assert set(policy_defaults.FOLLOW_UP_DAYS) == set(policy_defaults.RISKS)
    assert {step for step, _ in policy_defaults.DEADLINES_HOURS} == set(policy_defaults.STEPS)
