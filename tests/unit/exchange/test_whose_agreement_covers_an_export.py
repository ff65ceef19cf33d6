"""A no stays a no; without an answer the legal basis must cover the purpose."""

import datetime as dt
from uuid import uuid4

import pytest

from havre.config.policies import policy_for
from havre.core.partialdates import AgeRange
from havre.exchange import fields, rules
from havre.exchange.rules import PROFILES, covered
from havre.reference import codes
from havre.registration.rules import Agreement

AT = dt.datetime(2026, 11, 17, 9, tzinfo=dt.UTC)
POLICY = policy_for("ZZ")
NINE = AgeRange(9, 9)


def said(by, answer, purpose="share_for_services", event="given", **more):
    return Agreement(uuid4(), by, "informed_consent" if by != "child" else "informed_assent", "written", event, {purpose: answer},
                     AT - dt.timedelta(hours=1 if event == "withdrawn" else 24), **more)


BOTH = [said("caregiver", "yes"), said("child", "yes")]


@pytest.mark.parametrize(("basis", "events", "allowed"), [
    ("consent", BOTH, True),
    ("consent", [], False),
    ("consent", BOTH[:1], False),
    ("consent", [*BOTH, said("child", "no", event="withdrawn")], False),
    ("consent", [said("caregiver", "never"), said("child", "yes")], False),
    ("vital_interest", [], True),
    ("vital_interest", [said("child", "no")], False),
    ("contract", [], False),
    ("", [], False),
    ("consent", [said("caregiver", "yes", expires_at=AT - dt.timedelta(hours=1)), said("child", "yes")], False),
])
def test_coverage(basis, events, allowed):
    assert covered("share_for_services", basis, events, NINE, POLICY, AT) is allowed


def test_profiles_name_known_fields_and_purposes():
    for profile in PROFILES.values():
        assert set(profile.purposes) <= set(codes.load("consent_purpose").codes())
        known = set(fields.codes(fields.CHILDREN)) | {"code", "risk_level", "stage", "status", "registered_on", "worker"}
        assert set(profile.fields) <= known


def test_the_tracing_profile_tells_no_risk_and_the_work_list_no_name():
    assert not {"risk_level", "note", "concerns"} & set(PROFILES["tracing"].fields)
    assert rules.sealed_fields(PROFILES["work_list"]) == ()
    assert not PROFILES["work_list"].identified


def test_identified_rows_are_capped_by_policy():
    assert rules.cap_of(PROFILES["case"], POLICY) == POLICY.export_cap == 25
