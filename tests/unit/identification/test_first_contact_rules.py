"""What follows from fifteen answers: every hard sign refers, doubt is a child's, and only an adult without a sign is let go."""

import pytest

from havre.identification import rules
from havre.identification.rules import Outcome, Sign, cleaned, triage
from havre.identification.states import SCREENING
from havre.reference import codes

ADULT = {"age_birthday": {"low": 30, "high": 30}}


def judged(observations=(), **answers):
    kept, wrong = cleaned(answers)
    assert wrong == []
    return triage(kept, observations)


def test_the_fifteen_questions_are_those_of_the_code_list_in_its_order():
    assert tuple(q.code for q in rules.QUESTIONS) == codes.load("screening_question").codes()
    assert len(rules.QUESTIONS) == 15


def test_outcomes_signs_observations_and_needs_are_codes_people_can_read():
    for name, values in (("screening_outcome", Outcome), ("screening_sign", Sign), ("screening_observation", rules.OBSERVATIONS),
                         ("immediate_need", rules.NEEDS), ("unknown_answer", rules.ASIDES)):
        assert set(map(str, values)) <= set(codes.load(name).codes()), name


@pytest.mark.parametrize(("answers", "sign"), [
    ({"who_with": "alone"}, Sign.ALONE),
    ({"who_with": "other_children"}, Sign.ALONE),
    ({"who_with": "unrelated_adult"}, Sign.WITH_UNRELATED_ADULT),
    ({"afraid_to_go_back": "yes"}, Sign.FEAR_OF_RETURN),
    ({"hurt_ill_hungry": ["hurt"]}, Sign.HURT),
    ({"hurt_or_threatened": "yes"}, Sign.HURT),
    ({"made_to_work": "yes"}, Sign.FORCED_OR_CONTROLLED),
    ({"papers_phone_money_kept": "yes"}, Sign.FORCED_OR_CONTROLLED),
    ({"safe_with_companion": "no"}, Sign.FORCED_OR_CONTROLLED),
    ({"hurt_ill_hungry": ["ill", "hungry"]}, Sign.SICK),
    ({"hurt_ill_hungry": ["pregnant"]}, Sign.PREGNANT),
])
def test_each_hard_sign_refers_even_an_adult_to_child_protection(answers, sign):
    found = judged(**{**ADULT, **answers})
    assert sign in found.signs
    assert Outcome.REFER_CP in found.outcomes


def test_saying_under_18_is_enough():
    found = judged(age_birthday={"low": 17, "high": 17}, who_with="parent_or_relative", safe_with_companion="yes")
    assert found.outcomes == (Outcome.REFER_CP,)
    assert found.signs == (Sign.SAYS_UNDER_18,)


def test_an_empty_form_is_a_child_whose_age_is_in_doubt():
    found = judged()
    assert found.outcomes == (Outcome.AGE_IN_DOUBT, Outcome.REFER_CP)
    assert found.presumed_child


def test_an_age_across_majority_is_in_doubt_and_treated_as_a_childs():
    found = judged(age_birthday={"low": 17, "high": 19})
    assert {Outcome.AGE_IN_DOUBT, Outcome.REFER_CP} <= set(found.outcomes)


def test_only_an_adult_without_any_sign_is_nothing_worrying():
    assert judged(**ADULT).outcomes == (Outcome.NO_CONCERN,)
    assert judged(**ADULT, who_with="parent_or_relative", hurt_ill_hungry=["none"]).outcomes == (Outcome.NO_CONCERN,)


@pytest.mark.parametrize(("answers", "observations", "outcome"), [
    ({"safe_with_companion": "no"}, (), Outcome.URGENT_SAFETY),
    ({"safe_with_companion": "does_not_want_to_say"}, (), Outcome.URGENT_SAFETY),
    ({"sleep_tonight": "nowhere"}, (), Outcome.URGENT_SAFETY),
    ({"sleep_tonight": "at_post"}, (), Outcome.URGENT_SAFETY),
    ({"afraid_to_go_back": "yes"}, (), Outcome.REFER_ASYLUM),
    ({"hurt_ill_hungry": ["hurt"]}, (), Outcome.REFER_MEDICAL),
    ({}, ("injuries",), Outcome.REFER_MEDICAL),
    ({"made_to_work": "yes"}, (), Outcome.REFER_TRAFFICKING),
    ({"debt_for_trip": "yes", "promised_something": "yes"}, (), Outcome.REFER_TRAFFICKING),
    ({}, ("companion_speaks_for_child", "fear"), Outcome.REFER_TRAFFICKING),
])
def test_each_way_out_is_found(answers, observations, outcome):
    assert outcome in judged(observations, **answers).outcomes


@pytest.mark.parametrize("answers", [{"debt_for_trip": "yes"}, {"promised_something": "yes"}, {"made_to_work": "no"},
                                     {"made_to_work": "does_not_want_to_say"}])
def test_one_of_two_is_not_yet_trafficking(answers):
    assert Outcome.REFER_TRAFFICKING not in judged(**answers).outcomes


def test_a_bed_with_family_and_feeling_safe_is_not_urgent():
    assert Outcome.URGENT_SAFETY not in judged(safe_with_companion="yes", sleep_tonight="with_family").outcomes


def test_skipped_answers_are_left_out_and_none_beside_something_is_dropped():
    kept, wrong = cleaned({"who_with": "", "hurt_ill_hungry": ["none", "ill"], "debt_for_trip": "not_asked", "functional_difficulty": []})
    assert (kept, wrong) == ({"hurt_ill_hungry": ["ill"]}, [])


@pytest.mark.parametrize("answers", [{"who_with": "smuggler"}, {"route": "boat"}, {"hurt_ill_hungry": ["rich"]}, {"hurt_ill_hungry": "hurt"},
                                     {"age_birthday": {"low": 9, "high": 4}}, {"age_birthday": {"low": "x"}},
                                     {"destination_contact": "x" * 201}, {"destination_contact": 7}])
def test_what_was_not_asked_cannot_be_answered(answers):
    assert cleaned(answers)[1] == list(answers)


def test_nothing_leads_back_to_the_border():
    assert SCREENING.states() == ("new", "referred", "no_concern", "acknowledged", "registered")
    assert all(t.target != "new" for t in SCREENING.transitions)
