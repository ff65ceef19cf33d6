"""Does a total that grows keep its noise small, its past unchanged, and its budget?"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from havre.disclosure.problems import BadBudget, TooLarge
from havre.disclosure.running import GRID, RunningTotal


@pytest.mark.parametrize(("periods", "most"), [(1, 1.001), (12, 1.95), (36, 2.25), (120, 2.65)])
def test_the_noise_hardly_grows(periods, most):
    assert 1 - 1e-9 < RunningTotal.of(periods, "0.02").factor < most


@pytest.mark.parametrize("rho", ["1/3", "0.028", "5"])
def test_the_budget_is_kept_exactly(rho):
    plan = RunningTotal.of(36, rho, per_child=2)
    assert isinstance(plan.spent, Fraction)
    assert Fraction(rho) * (1 - Fraction(1, 10**5)) < plan.spent <= Fraction(rho)


def test_one_child_more_moves_the_answers_by_no_more_than_the_sensitivity():
    plan = RunningTotal.of(36, "0.1")
    b = np.array([[plan.coefficients[i - j] / GRID if i >= j else 0 for j in range(36)] for i in range(36)])
    assert (b**2).sum(axis=0).max() == pytest.approx(float(plan.sensitivity2))
    assert np.abs(b @ b - np.tril(np.ones((36, 36)))).max() < 1e-7  # the square root of the summing matrix


def test_the_standard_error_told_is_that_of_many_runs_and_totals_are_unbiased():
    plan = RunningTotal.of(12, "0.5")
    counts = [40, 0, 3, 90, 12, 7, 0, 0, 55, 21, 9, 30]
    errors = np.array([plan.totals(plan.extend((), counts)) - np.cumsum(counts) for _ in range(600)])
    assert np.abs((errors**2).mean(axis=0) / plan.se**2 - 1).max() < 5.5 * np.sqrt(2 / 600)
    assert np.abs(errors.mean(axis=0) / plan.se).max() < 5.5 / np.sqrt(600)


def test_a_new_month_leaves_the_months_before_as_they_were():
    plan = RunningTotal.of(24, "0.02")
    counts = list(range(10, 34))
    noisy: tuple[int, ...] = ()
    told = []
    for month in range(1, 25):
        noisy = plan.extend(noisy, counts[:month])
        told.append(plan.totals(noisy))
    for before, after in pairwise(told):
        assert after[:-1].tobytes() == before.tobytes()
    assert plan.extend(noisy, counts) == noisy


@pytest.mark.parametrize("make", [lambda: RunningTotal.of(0, "1"), lambda: RunningTotal.of(3, 0), lambda: RunningTotal.of(3, 1, per_child=0),
                                  lambda: RunningTotal.of(2, 1).extend((), [1, 2, 3])])
def test_what_cannot_be_planned_is_refused(make):
    with pytest.raises(BadBudget):
        make()


def test_totals_too_large_to_be_exact_are_refused():
    with pytest.raises(TooLarge):
        RunningTotal.of(2, 1).extend((), [2**40])


def test_the_smallest_readable_total_has_a_bar_of_thirty_per_cent():
    plan = RunningTotal.of(12, "0.03")
    assert 1.96 * plan.se.max() / plan.smallest_readable == pytest.approx(0.3, rel=0.02)
