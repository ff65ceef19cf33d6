"""Can anything but the plan's own rows and tables be measured?"""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module

import numpy as np
import pytest

from havre.disclosure import Attribute, Domain, Workload, count, measure, plan
from havre.disclosure.budget import FINENESS
from havre.disclosure.problems import BadCodebook, NotPlanned, TooLarge
from havre.disclosure.residual import sensitivity2
from tests.unit.disclosure.core.worlds import AGE, DOMAIN, SEX, people

WORKLOAD = Workload.of(DOMAIN, [("sex", "age"), ("age@band", "place")])


def test_rows_of_other_codebooks_are_refused():
    other = Domain((SEX, AGE))
    with pytest.raises(BadCodebook):
        measure(plan(DOMAIN, WORKLOAD, "0.1"), people(other))


def test_counts_that_do_not_hold_the_plan_are_refused():
    with pytest.raises(NotPlanned):
        measure(plan(DOMAIN, WORKLOAD, "0.1"), count(people(), [DOMAIN.spec("sex", "age")]))


def test_counts_too_large_to_be_exact_are_refused():
    domain = Domain((Attribute("a", ["x", "y"], other=None, missing=None),))
    with pytest.raises(TooLarge):
        measure(plan(domain, Workload.of(domain, [("a",)]), "1"), {domain.spec("a"): np.array([2**58, 1])})


def test_counts_and_rows_give_sheets_of_one_kind_and_almost_no_noise_gives_the_counts():
    made = plan(DOMAIN, WORKLOAD, 10**12)
    for data in (people(), count(people(), made.workload.widest())):
        sheet = measure(made, data)
        for spec in (DOMAIN.spec("sex", "age"), DOMAIN.spec("place@region"), ()):
            np.testing.assert_allclose(sheet.table(spec).value, count(people(), [spec])[spec], atol=1e-3)


def test_noise_is_drawn_on_the_grid_of_the_proof_and_costs_what_the_plan_says(monkeypatch):
    """Every draw is seen: its scale is at least FINENESS, and the sum of exact squared shifts over 2 scale^2 is the component's cost."""
    drawn: list[tuple[np.ndarray, Fraction]] = []

    def seen(values, scale):
        drawn.append((values.copy(), scale))
        return values

    monkeypatch.setattr(import_module("havre.disclosure.measure"), "with_noise", seen)
    made = plan(DOMAIN, WORKLOAD, "0.1")
    empty = {spec: np.zeros(DOMAIN.shape(spec), dtype=np.int64) for spec in made.workload.widest()}
    measure(made, empty)
    base, worst = list(drawn), Fraction(0)
    for sex in range(3):
        for age in range(8):
            for place in range(8):
                row = type(people())(DOMAIN, {"sex": np.array([sex]), "age": np.array([age]), "place": np.array([place])})
                drawn.clear()
                measure(made, row)
                assert [scale for _, scale in drawn] == [scale for _, scale in base]
                rho = sum((Fraction(int(((new - old) ** 2).sum())) / (2 * scale**2) for (new, scale), (old, _) in zip(drawn, base, strict=True)),
                          start=Fraction(0))
                worst = max(worst, rho)
    assert all(scale >= FINENESS for _, scale in base)
    assert worst == made.spent <= Fraction("0.1")
    assert sensitivity2(DOMAIN, ()) == 1
