"""Does a plan keep within its budget, and say truly what each table will be like?"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from scipy.optimize import minimize

from havre.disclosure import Budget, Workload, plan
from havre.disclosure.plan import _loads
from havre.disclosure.problems import BadBudget, NotPlanned, PlanTooPoor
from havre.disclosure.residual import sensitivity2, variance
from tests.unit.disclosure.core.worlds import DOMAIN

TABLES = [("sex", "age", "place"), ("age@band", "place@region"), ("place@country",)]


@pytest.mark.parametrize("rho", ["1/3", "0.028", "1e-9", "17", "0.1"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_exact_sum_of_costs_never_exceeds_rho_and_hardly_falls_short(rho, rows):
    made = plan(DOMAIN, Workload.of(DOMAIN, TABLES), rho, rows_per_child=rows)
    assert isinstance(made.spent, Fraction)
    assert made.spent <= Fraction(rho) and made.spent > Fraction(rho) * (1 - Fraction(1, 10**5))
    assert made.spent == sum(made.cost(c) for c in made.sigma)


def test_no_other_spread_of_noise_serves_the_workload_better():
    workload = Workload.of(DOMAIN, {("sex", "age"): 1.0, ("place@region",): 5.0, ("age@band", "place"): 0.3})
    made = plan(DOMAIN, workload, "0.5")
    names = workload.closure(DOMAIN)
    cost = np.array([float(sensitivity2(DOMAIN, c)) for c in names])
    load = np.array([w * DOMAIN.size(t) for t, w in workload.weights.items()]) @ _loads(DOMAIN, workload, names)

    def loss(log_share):
        share = np.exp(log_share - log_share.max())
        share /= share.sum()
        return float((load * cost / (2 * 0.5 * share)).sum())

    ours = sum(w * float(variance(made.sigma2, t, DOMAIN).sum()) for t, w in workload.weights.items())
    found = minimize(loss, np.zeros(len(names)), method="BFGS")
    assert ours == pytest.approx(found.fun, rel=1e-4)


def test_a_row_more_per_child_costs_so_much_more_noise():
    workload = Workload.of(DOMAIN, TABLES)
    one, three = plan(DOMAIN, workload, "0.1"), plan(DOMAIN, workload, "0.1", rows_per_child=3)
    spec = DOMAIN.spec("sex", "age", "place")
    assert three.expected(spec).worst == pytest.approx(3 * one.expected(spec).worst, rel=1e-5)


def test_the_smallest_readable_count_has_a_bar_of_thirty_per_cent():
    expected = plan(DOMAIN, Workload.of(DOMAIN, TABLES), Budget.of(1)).expected(DOMAIN.spec("place@country"))
    assert 1.96 * expected.worst / expected.smallest_readable == pytest.approx(0.3, rel=0.02)
    assert expected.cells == 4 and 0 < expected.average <= expected.worst


def test_fewer_tables_read_better():
    all_of_them = plan(DOMAIN, Workload.all_ways(DOMAIN, 3), "0.03")
    few = plan(DOMAIN, Workload.of(DOMAIN, [("sex", "age")]), "0.03")
    spec = DOMAIN.spec("sex", "age")
    assert few.expected(spec).worst < all_of_them.expected(spec).worst / sqrt(2)


def test_what_is_held_by_a_planned_table_is_planned_too_and_nothing_else():
    made = plan(DOMAIN, Workload.of(DOMAIN, [("sex", "place@region")]), "0.03")
    assert made.covers(DOMAIN.spec("place@country")) and made.covers(DOMAIN.spec())
    with pytest.raises(NotPlanned) as refused:
        made.expected(DOMAIN.spec("place"))
    assert "sex × place@region" in str(refused.value)


def test_the_worst_table_can_be_made_as_good_as_it_gets():
    workload = Workload.of(DOMAIN, {("sex", "age"): 1.0, ("place@region",): 4.0, ("age@band", "place"): 1.0})

    def weighted(made):
        return max(w * float(variance(made.sigma2, t, DOMAIN).mean()) for t, w in workload.weights.items())

    ours = plan(DOMAIN, workload, "0.5", aim="worst")
    assert ours.spent <= Fraction("0.5")
    names = workload.closure(DOMAIN)
    loads = np.array(list(workload.weights.values()))[:, None] * _loads(DOMAIN, workload, names)
    cost = np.array([float(sensitivity2(DOMAIN, c)) for c in names])

    def loss(log_share):
        share = np.exp(log_share - log_share.max())
        return float(np.log(np.sum((loads @ (cost * share.sum() / share)) ** 40)) / 40)

    found = minimize(loss, np.zeros(len(names)), method="BFGS")
    share = np.exp(found.x) / np.exp(found.x).sum()
    assert weighted(ours) < 1.002 * (loads @ (cost / (2 * 0.5 * share))).max()
    assert weighted(ours) < weighted(plan(DOMAIN, workload, "0.5"))


def test_a_plan_too_poor_for_its_purpose_is_refused_with_what_it_could_do():
    made = plan(DOMAIN, Workload.of(DOMAIN, TABLES), "0.01")
    readable = max(e.smallest_readable for e in made.expectations())
    made.must_read(readable)
    with pytest.raises(PlanTooPoor) as refused:
        made.must_read(readable - 1)
    assert str(readable) in str(refused.value) and "Name fewer tables" in str(refused.value)


@pytest.mark.parametrize("rho", [0, -1, "0", "nan", "inf", "a little"])
def test_a_budget_that_is_no_positive_number_is_refused(rho):
    with pytest.raises(BadBudget):
        plan(DOMAIN, Workload.of(DOMAIN, TABLES), rho)


def test_a_budget_that_no_float_can_hold_is_kept_all_the_same():
    just_under = Fraction(1, 2) - Fraction(1, 10**30)  # as a float, one half, which would allow a standard deviation of 1
    made = plan(DOMAIN, Workload.of(DOMAIN, [()]), just_under)
    assert made.spent <= just_under < Fraction(1, 2)


@pytest.mark.parametrize(("weights", "rows"), [({("sex",): 0.0}, 1), ({("sex",): float("inf")}, 1), ({("sex",): 1.0}, 0)])
def test_weights_and_shares_that_cannot_be_are_refused(weights, rows):
    with pytest.raises(BadBudget):
        plan(DOMAIN, Workload.of(DOMAIN, weights), "1", rows_per_child=rows)


def test_tables_named_twice_count_twice():
    twice = Workload.of(DOMAIN, [("sex", "age"), ("age", "sex")])
    assert twice.weights == Workload.of(DOMAIN, {("sex", "age"): 2.0}).weights
