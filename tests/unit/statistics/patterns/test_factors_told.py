"""What does a factor say of one child? Noted, when, on which leg; not asked is not absent; many notes are one code."""

import pytest
from django.utils import translation

from havre.disclosure import Workload
from havre.statistics.populations import factors
from havre.statistics.populations.axes import codebook
from havre.statistics.releases.plans import domain_of

ALL = set(factors.WORLDS)
NAMES = list(factors.factors())


def test_every_code_of_both_lists_is_an_attribute_at_its_level_of_the_world():
    told = factors.factors()
    assert told["risk_debt_for_travel"].world == "individual" and told["risk_gangs"].world == "community"
    assert told["protective_atd_in_law"].world == "structural" and told["risk_household"].code == ""
    assert len(told) == 62 + 39 + 8


@pytest.mark.parametrize(("legs", "code"), [
    (set(), "no"), ({"transit"}, "transit"), ({"transit", "at_border"}, "several_during"), ({"destination", "post_return"}, "several_after"),
    ({"pre_departure", "transit"}, "several")])
def test_a_factor_is_one_code_however_often_it_was_noted(legs, code):
    assert factors.leg_code(legs) == code


def test_what_nobody_asked_is_not_absent():
    said = factors.told_of({"individual"}, {("risk", "promised_job", "transit"): 2}, NAMES)
    assert (said["risk_promised_job"], said["risk_individual"], said["protective_savings"]) == ("transit", "transit", "no")
    assert said["risk_gangs"] == said["risk_community"] == said["protective_household"] == "not_known"


def test_a_strength_of_nought_says_absent_and_that_somebody_looked():
    said = factors.told_of(set(), {("risk", "gangs", "transit"): 0}, NAMES)
    assert said["risk_gangs"] == "no" and said["risk_xenophobia"] == "no" and said["risk_individual"] == "not_known"


def test_any_factor_of_a_level_gathers_the_legs_of_its_factors():
    said = factors.told_of(ALL, {("risk", "poverty", "pre_departure"): 1, ("risk", "neglect", "destination"): 3}, NAMES)
    assert said["risk_household"] == "several" and said["protective_household"] == "no"


def test_codes_that_are_in_no_list_are_left_out():
    assert factors.told_of(ALL, {("risk", "not_a_code", "transit"): 3, ("risk", "gangs", "nowhere"): 3}, NAMES) == factors.told_of(ALL, {}, NAMES)


def test_every_axis_fits_the_codebook_of_disclosure_and_leads_from_leg_to_phase_to_noted():
    domain = domain_of(factors.factor_axes())
    attribute = domain.attribute("risk_gangs")
    assert attribute.level(1).codes == ("yes", "no", "not_known") and attribute.level(2).codes == ("before", "during", "after", "several", "no", "not_known")
    assert Workload.of(domain, [("risk_gangs@phase", "protective_hotlines")]).tables


def test_titles_are_in_both_languages():
    axis = next(a for a in factors.factor_axes() if a.name == "risk_gangs")
    held = codebook([axis])["risk_gangs"]
    assert held["title"] == {"en": "Gangs", "fr": "Gangs"} and held["levels"][1]["title"]["en"] == "Gangs, by time of travel"
    with translation.override("fr"):
        assert str(next(a for a in factors.factor_axes() if a.name == "risk_poverty").title) == "Pauvreté"
