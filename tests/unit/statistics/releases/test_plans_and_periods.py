"""What is a plan, what is refused as one, and what is worked out before any data?"""

from datetime import date

import numpy as np
import pytest

from havre.core.problems import InputRefused
from havre.core.workflow import Workflow
from havre.disclosure import Table
from havre.statistics.populations import all_populations
from havre.statistics.populations.axes import Axis, Level, age, age_code, codebook, month, sex
from havre.statistics.populations.period import Period
from havre.statistics.releases.measuring import release_day
from havre.statistics.releases.plans import domain_of, plan_from
from havre.statistics.releases.prices import price_of, rho_of
from havre.statistics.releases.ready import ready_plans
from havre.statistics.releases.shown import shown
from havre.statistics.states import RELEASE

SAID = {"population": "children_sought", "country": "SD", "first": "2026-01", "last": "2026-09", "epsilon": 400, "line": "public",
        "tables": [{"by": ["age@band", "sex"]}]}


def test_a_period_is_whole_months():
    period = Period.read("2025-11", "2026-02")
    assert [f"{m:%Y-%m}" for m in period.months()] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert period.end == date(2026, 3, 1) and period.over(date(2026, 3, 1)) and not period.over(date(2026, 2, 28))


@pytest.mark.parametrize(("first", "last"), [("2026-03", "2026-01"), ("2020-01", "2026-01"), ("2026-13", "2026-13"), ("March", "2026-04")])
def test_other_periods_are_refused(first, last):
    with pytest.raises(InputRefused):
        Period.read(first, last)


def test_a_plan_survives_its_json():
    plan = plan_from(SAID)
    assert plan_from(plan.as_json()).as_json() == plan.as_json()
    assert plan.specs == ((("sex", 1), ("age", 1)),)


@pytest.mark.parametrize("changed", [
    {"tables": [{"by": ["shoe_size"]}]}, {"tables": [{"by": ["age@decade"]}]}, {"tables": [{"by": ["age", "age@band"]}]}, {"tables": []},
    {"population": "adults"}, {"epsilon": 0}, {"epsilon": "much"}, {"line": "press"}, {"tables": "age"}, {"country": ""},
    {"tables": [{"by": ["sex"], "weight": 0}]}])
def test_what_is_no_plan_is_refused_before_anything_else(changed):
    with pytest.raises(InputRefused):
        plan_from(SAID | changed)


def test_every_axis_has_a_code_for_other_and_for_not_known_but_the_month():
    period = Period.read("2026-01", "2026-09")
    for axis in (sex(), age()):
        assert {"other", "not_known"} <= set(axis.codes)
    domain = domain_of((age(), month(period)))
    assert domain.attribute("month").other is None and domain.attribute("age").missing == "not_known"


def test_parents_must_fit_their_codes():
    level = Level("a", "A", ("x",), {"x": {"en": "X", "fr": "X"}})
    with pytest.raises(ValueError, match="parents"):
        Axis("a", "A", "#a", (level, level), ({"y": "x"},))


@pytest.mark.parametrize(("low", "high", "code"), [(0, 0, "0_2"), (9, 11, "9_11"), (17, None, "15_17"), (None, None, "not_known"), (18, 20, "other"), (5, 6, "3_5")])
def test_an_age_falls_into_one_band(low, high, code):
    assert age_code(low, high) == code


def test_prices_are_whole_and_never_more_than_they_say():
    whole, half = price_of(1000, 6), price_of(500, 6)
    assert isinstance(whole, int) and 0.0279 < float(rho_of(whole)) < 0.0281 and half < whole / 3


def test_a_cell_is_rounded_to_about_half_an_error_and_says_its_range():
    domain = domain_of((sex(),))
    spec = domain.spec("sex")
    value, se = np.array([340.2, 55.0, 42.0, -3.0, 0.0]), np.array([20.0, 20.0, 20.0, 20.0, 20.0])
    status = np.array(["shown", "uncertain", "uncertain", "too small", "not planned"])
    cells = shown(Table(spec, domain.codes(spec), value, se, value - 39.2, value + 39.2, status), codebook((sex(),)))["cells"]
    assert cells[0] == {"state": "shown", "value": 340, "low": 300, "high": 380, "within": 39}
    assert cells[1]["state"] == "uncertain" and cells[1]["low"] == 10
    close = np.array([131.5, 128.0, 0.0, 0.0, 0.0])
    told = shown(Table(spec, domain.codes(spec), close, se, close - 39.2, close + 39.2, np.array(["shown", "uncertain", *["too small"] * 3])),
                 codebook((sex(),)))["cells"]
    assert (told[0]["value"], told[0]["state"]) == (told[1]["value"], told[1]["state"]), "equal numbers have equal states"
    assert cells[2:] == [{"state": "too_small"}, {"state": "too_small"}, {"state": "not_planned"}], "a blank is no zero, and what five empty cells show by chance is too small"


@pytest.mark.parametrize(("today", "day"), [(date(2026, 10, 5), date(2026, 10, 12)), (date(2026, 10, 12), date(2026, 11, 12)), (date(2026, 12, 30), date(2027, 1, 12))])
def test_a_release_waits_for_its_fixed_day(today, day):
    assert release_day(today, 12) == day


def test_ready_plans_name_only_what_their_population_has():
    from havre.statistics.releases.ready import ready_plan
    assert len(ready_plans()) >= 5 and ready_plan("nothing") is None
    for ready in ready_plans():
        assert ready.population in all_populations() and {"en", "fr"} <= set(ready.title) & set(ready.about)


def test_the_codebook_speaks_both_languages():
    book = codebook((sex(),))
    assert book["sex"]["levels"][0]["codes"][0] == ["female", {"en": "Girls", "fr": "Filles"}]


def test_the_workflow_is_sound():
    assert isinstance(RELEASE, Workflow) and RELEASE.targets("approved", "publish") == ()
