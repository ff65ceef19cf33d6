"""Do the parts of a table add up to it, whatever the levels?"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from havre.disclosure import Attribute, Domain, Workload, count
from havre.disclosure.residual import aggregate, centre, centre_whole, multiples, reconstruct, sensitivity2, spread
from havre.disclosure.workload import below
from tests.unit.disclosure.core.worlds import DOMAIN, people

WHOLE = DOMAIN.spec("sex", "age", "place")


def every_spec(domain: Domain) -> list[tuple[tuple[str, int], ...]]:
    choices = [[(a.name, at) for at in range(a.depth + 1)] for a in domain.attributes]
    return [domain.spec(*chosen) for chosen in product(*choices)]


def test_without_noise_every_table_at_every_level_is_the_exact_marginal():
    rows = people()
    exact = count(rows, every_spec(DOMAIN))
    parts = {c: centre(exact[c].astype(float), c, DOMAIN) for c in below(DOMAIN, WHOLE)}
    for spec in every_spec(DOMAIN):
        np.testing.assert_allclose(reconstruct(parts, spec, DOMAIN), exact[spec], atol=1e-8, err_msg=str(spec))


def test_counting_a_level_is_adding_up_the_finest_table():
    rows = people()
    exact = count(rows, every_spec(DOMAIN))
    for spec in every_spec(DOMAIN):
        np.testing.assert_array_equal(aggregate(exact[WHOLE], WHOLE, spec, DOMAIN), exact[spec])
    assert exact[()] == 2000


def test_centring_in_whole_numbers_is_centring_times_the_group_sizes():
    rows = people()
    for component in below(DOMAIN, WHOLE):
        exact = count(rows, [component])[component]
        expected = centre(exact.astype(float), component, DOMAIN) * multiples(component, DOMAIN)
        np.testing.assert_allclose(centre_whole(exact, component, DOMAIN), expected, atol=1e-6)


@pytest.mark.parametrize("component", below(DOMAIN, WHOLE), ids=str)
def test_the_sensitivity_is_what_the_worst_single_row_adds(component):
    shape = DOMAIN.shape(component)
    worst = 0.0
    for cell in product(*map(range, shape)):
        one = np.zeros(shape)
        one[cell] = 1
        worst = max(worst, float((centre(one, component, DOMAIN) ** 2).sum()))
    assert worst == pytest.approx(float(sensitivity2(DOMAIN, component)), rel=1e-12)
    assert isinstance(sensitivity2(DOMAIN, component), Fraction)


def test_parts_and_tables_determine_each_other():
    rng = np.random.default_rng(4)
    parts = {c: centre(rng.normal(size=DOMAIN.shape(c)), c, DOMAIN) for c in below(DOMAIN, WHOLE)}
    table = reconstruct(parts, WHOLE, DOMAIN)
    for component, part in parts.items():
        np.testing.assert_allclose(centre(aggregate(table, WHOLE, component, DOMAIN), component, DOMAIN), part, atol=1e-9)


def test_parts_of_codes_without_levels_are_orthogonal_so_that_nothing_is_paid_for_twice():
    flat = Domain(tuple(Attribute(name, [str(i) for i in range(size)], other=None, missing=None) for name, size in (("a", 2), ("b", 3), ("c", 5))))
    spec = flat.spec("a", "b", "c")
    rng = np.random.default_rng(4)
    parts = {c: centre(rng.normal(size=flat.shape(c)), c, flat) for c in below(flat, spec)}
    lifted = [np.broadcast_to(spread(part, c, spec, flat), flat.shape(spec)).ravel() for c, part in parts.items()]
    for i, one in enumerate(lifted):
        for other in lifted[:i]:
            assert abs(one @ other) < 1e-9 * np.linalg.norm(one) * np.linalg.norm(other)


def test_the_closure_leaves_out_levels_that_say_nothing_new():
    closed = Workload.of(DOMAIN, [("age@band", "place@country")]).closure(DOMAIN)
    assert closed == ((), (("age", 1),), (("place", 1),), (("age", 1), ("place", 1)))
