"""The two duties at the border, and the doubt about age, each met and not met."""

from dataclasses import replace

import pytest

from havre.core.partialdates import AgeRange
from havre.identification.gates import ContactFacts, before_sending, child_when_in_doubt
from havre.identification.rules import Outcome, triage


def test_the_notice_was_said_and_the_child_understood():
    assert before_sending(ContactFacts(firewall_said=True, understood="yes", answers=12)) == {}
    assert before_sending(ContactFacts(firewall_said=True, understood="interpreter", answers=3)) == {}
    assert before_sending(ContactFacts(firewall_said=True, understood="no", answers=0)) == {}


@pytest.mark.parametrize(("facts", "field"), [
    (ContactFacts(firewall_said=False, understood="yes", answers=1), "firewall_said"),
    (ContactFacts(firewall_said=True, understood="", answers=1), "understood"),
    (ContactFacts(firewall_said=True, understood="a little", answers=1), "understood"),
    (ContactFacts(firewall_said=True, understood="no", answers=1), "understood"),
])
def test_without_notice_or_language_nothing_is_sent(facts, field):
    assert list(before_sending(facts)) == [field]


@pytest.mark.parametrize(("ages", "evidence"), [(None, "presumed_child"), (AgeRange(17, 19), "presumed_child"), (AgeRange(9, 9), "child"),
                                                (AgeRange(30, 30), "adult")])
def test_doubt_is_a_childs(ages, evidence):
    answers = {} if ages is None else {"age_birthday": {"low": ages.low, "high": ages.high}}
    found = child_when_in_doubt(ages, triage(answers))
    assert found.ok
    assert found.evidence == (evidence,)


def test_a_child_who_would_not_be_referred_is_stopped():
    judged = replace(triage({}), outcomes=(Outcome.NO_CONCERN,))
    assert child_when_in_doubt(None, judged).reason == "may_be_a_child"


def test_a_doubt_that_is_not_named_is_stopped():
    judged = replace(triage({}), outcomes=(Outcome.REFER_CP,))
    assert child_when_in_doubt(AgeRange(17, 18), judged).reason == "doubt_not_named"
