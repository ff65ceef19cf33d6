"""Nothing leaves without a purpose, a recipient who may have it, and a second person beyond the cap."""

from dataclasses import replace

import pytest

from havre.exchange.gates import ExportFacts, purpose, recipient
from havre.exchange.rules import OWN_USE

GOOD = ExportFacts("share_for_services", reason=True, recipient=True, agreement=True, fits_profile=True, rows=25, cap=25)


def test_a_named_recipient_with_an_agreement_may_receive():
    assert recipient(GOOD).ok
    assert purpose(GOOD).ok


def test_ones_own_list_needs_no_recipient():
    assert recipient(replace(GOOD, purpose=OWN_USE, recipient=False, agreement=False)).ok


@pytest.mark.parametrize(("changed", "reason"), [({"recipient": False}, "no_recipient"), ({"agreement": False}, "no_agreement"),
                                                 ({"fits_profile": False}, "profile_does_not_fit")])
def test_who_may_not_receive_does_not(changed, reason):
    assert recipient(replace(GOOD, **changed)).reason == reason


@pytest.mark.parametrize(("changed", "reason"), [({"purpose": ""}, "no_purpose"), ({"reason": False}, "no_purpose"), ({"rows": 26}, "second_person_needed")])
def test_no_purpose_or_too_many_stops(changed, reason):
    assert purpose(replace(GOOD, **changed)).reason == reason


def test_a_second_person_lifts_the_cap():
    assert purpose(replace(GOOD, rows=26, second=True)).ok
