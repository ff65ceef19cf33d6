"""Is a budget in (epsilon, delta) turned into rho truly and tightly?"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from havre.disclosure import Budget, epsilon_of
from havre.disclosure.budget import exact, gaussian_delta, zcdp_delta
from havre.disclosure.problems import BadBudget


def test_at_epsilon_one_rho_is_that_of_the_literature():
    assert float(Budget.of(1).rho) == pytest.approx(0.0280145, abs=1e-7)
    assert zcdp_delta(0.024355, 1) <= 1e-6 <= zcdp_delta(0.024357, 1)


@pytest.mark.parametrize("rho", [0.003, 0.028, 0.5, 4.0])
@pytest.mark.parametrize("epsilon", [0.1, 1.0, 3.0])
def test_the_curve_is_the_divergence_of_two_gaussians(rho, epsilon):
    mu = np.sqrt(2 * rho)
    crossing = epsilon / mu + mu / 2
    area, _ = quad(lambda x: norm.pdf(x - mu) - np.exp(epsilon) * norm.pdf(x), crossing, crossing + 40, epsabs=1e-15)
    assert gaussian_delta(rho, epsilon) == pytest.approx(area, rel=1e-6, abs=1e-14)
    assert gaussian_delta(rho, epsilon) <= zcdp_delta(rho, epsilon) * (1 + 1e-9)


@pytest.mark.parametrize("scale", [30, 200])
def test_discrete_noise_on_a_fine_grid_stays_under_the_curve_that_is_claimed(scale):
    """The exact divergence of discrete Gaussians, summed over the whole numbers, for a shift of one standard sensitivity."""
    shift = scale // 5
    z = np.arange(-40 * scale, 40 * scale + 1)
    density = np.exp(-(z**2) / (2 * scale**2))
    density /= density.sum()
    for epsilon in (0.05, 0.2, 0.5, 0.9):
        moved = np.r_[np.zeros(shift), density[:-shift]]
        delta = np.maximum(moved - np.exp(epsilon) * density, 0).sum()
        continuous_less_four = shift**2 / (2 * (scale**2 - 4))  # the rounded Gaussian of the proof
        assert delta <= gaussian_delta(continuous_less_four, epsilon) * (1 + 1e-9)


@pytest.mark.parametrize(("epsilon", "delta"), [(1, "1e-6"), ("0.1", "1e-9"), ("1/3", "1e-6"), (8, "1e-5"), ("0.01", "1e-12")])
def test_there_and_back_stays_within_what_was_asked(epsilon, delta):
    budget = Budget.of(epsilon, delta)
    assert gaussian_delta(float(budget.rho), float(exact(epsilon))) <= float(exact(delta))
    assert epsilon_of(budget.rho, exact(delta)) == pytest.approx(float(exact(epsilon)), rel=1e-8)
    assert (budget.epsilon, budget.delta) == (exact(epsilon), exact(delta))


def test_numbers_are_the_decimals_that_were_written():
    assert exact(0.1) == Fraction(1, 10) and exact("0.1") == Fraction(1, 10) and exact("1/3") == Fraction(1, 3)


@pytest.mark.parametrize(("epsilon", "delta"), [(0, "1e-6"), (-1, "1e-6"), (1, 0), (1, 1), (1000, "1e-6"), ("x", "1e-6"), (1, "nan")])
def test_what_is_no_budget_is_refused(epsilon, delta):
    with pytest.raises(BadBudget):
        Budget.of(epsilon, delta)


def test_nothing_spent_is_no_epsilon():
    assert gaussian_delta(0, 1) == 0.0
    assert epsilon_of(0, 1e-6) == 0.0 and epsilon_of(1e-9, 0.1) == 0.0
    with pytest.raises(BadBudget):
        epsilon_of(1, 0)
    with pytest.raises(BadBudget):
        Budget(Fraction(0))
