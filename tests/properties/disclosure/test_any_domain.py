"""Whatever the codebooks, levels and tables: do parts add up, costs stay within the budget, and files come back the same?"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.disclosure import Attribute, Domain, Rows, Workload, count, from_bytes, measure, plan, to_bytes
from havre.disclosure.contributions import bound
from havre.disclosure.residual import aggregate, centre, centre_whole, multiples, reconstruct, sensitivity2
from havre.disclosure.workload import below

CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def attributes(draw: st.DrawFn, name: str) -> Attribute:
    codes = [f"{name}{i}" for i in range(draw(st.integers(1, 6)))]
    parents: dict[str, dict[str, str]] = {}
    below_codes = codes
    for depth in range(draw(st.integers(0, 2))):
        groups = {code: f"g{depth}{draw(st.integers(0, 2))}" for code in below_codes}
        parents[f"level{depth}"] = groups
        below_codes = sorted(set(groups.values()))
    return Attribute(name, codes, parents, other=draw(st.sampled_from([None, "other"])), missing=draw(st.sampled_from([None, "not known"])))


@st.composite
def domains(draw: st.DrawFn) -> Domain:
    return Domain(tuple(draw(attributes(name)) for name in "abc"[:draw(st.integers(1, 3))]))


@st.composite
def workloads(draw: st.DrawFn) -> tuple[Domain, Workload]:
    domain = draw(domains())
    tables = draw(st.lists(st.tuples(*(st.integers(0, a.depth) for a in domain.attributes)), min_size=1, max_size=4))
    weights = {tuple(zip(domain.names, levels, strict=True)): draw(st.floats(0.01, 100)) for levels in tables}
    return domain, Workload.of(domain, weights)


def some_rows(domain: Domain, seed: int, n: int = 60) -> Rows:
    rng = np.random.default_rng(seed)
    return Rows(domain, {a.name: rng.integers(0, len(a.codes), n).astype(np.int32) for a in domain.attributes})


@given(workloads(), st.integers(0, 99))
@CALM
def test_parts_add_up_to_exact_tables(world, seed):
    domain, workload = world
    exact = count(some_rows(domain, seed), [*workload.tables, *workload.closure(domain)])
    for spec in workload.tables:
        parts = {c: centre(exact[c].astype(float), c, domain) for c in below(domain, spec)}
        np.testing.assert_allclose(reconstruct(parts, spec, domain), exact[spec], atol=1e-9)
        for component in below(domain, spec):
            np.testing.assert_array_equal(aggregate(exact[spec], spec, component, domain), exact[component])
            np.testing.assert_allclose(centre_whole(exact[component], component, domain), parts[component] * multiples(component, domain), atol=1e-6)


@given(workloads())
@CALM
def test_the_sensitivity_is_that_of_the_worst_row(world):
    domain, workload = world
    for component in workload.closure(domain):
        shape = domain.shape(component)
        worst = Fraction(0)
        for cell in product(*map(range, shape)):
            one = np.zeros(shape, dtype=np.int64)
            one[cell] = 1
            scaled, grid = centre_whole(one, component, domain), multiples(component, domain)
            worst = max(worst, sum((Fraction(int(v), int(g)) ** 2 for v, g in zip(scaled.ravel(), grid.ravel(), strict=True)), start=Fraction(0)))
        assert worst == sensitivity2(domain, component)


@given(workloads(), st.fractions(Fraction(1, 10**7), 100), st.integers(1, 5), st.sampled_from(["total", "worst"]))
@CALM
def test_the_cost_never_exceeds_the_budget(world, rho, rows, aim):
    domain, workload = world
    made = plan(domain, workload, rho, rows_per_child=rows, aim=aim)
    assert rho * (1 - Fraction(1, 10**4)) < made.spent <= rho
    for spec in workload.tables:
        assert made.covers(spec) and made.expected(spec).cells == prod(domain.shape(spec))


@given(workloads(), st.integers(0, 99))
@CALM
def test_the_tables_of_a_sheet_agree_and_its_file_comes_back(world, seed):
    domain, workload = world
    sheet = measure(plan(domain, workload, "0.3"), some_rows(domain, seed))
    raw = to_bytes(sheet)
    again = from_bytes(raw, id=sheet.id)
    assert to_bytes(again) == raw
    for spec in workload.tables:
        fine = sheet.table(spec)
        assert again.table(spec).value.tobytes() == fine.value.tobytes()
        for axis in range(len(spec)):
            rest = spec[:axis] + spec[axis + 1:]
            np.testing.assert_allclose(fine.value.sum(axis=axis), sheet.table(rest).value, atol=1e-6 * (1 + np.abs(fine.value).max()))
        assert (fine.se > 0).all()


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 5)), min_size=1, max_size=40), st.integers(1, 4), st.randoms(use_true_random=False))
@CALM
def test_no_child_has_more_than_its_share_and_the_order_of_rows_changes_nothing(pairs, most, random):
    domain = Domain((Attribute("a", [str(i) for i in range(6)], other=None, missing=None),))

    def kept(listed):
        rows = Rows(domain, {"a": np.array([code for _, code in listed], dtype=np.int32)})
        whose = [child for child, _ in listed]
        bounded = bound(rows, whose, most, drop=True)
        assert len(bounded.rows) == sum(min(most, whose.count(child)) for child in set(whose)) == len(listed) - bounded.dropped
        return sorted(bounded.rows.codes["a"])

    shuffled = list(pairs)
    random.shuffle(shuffled)
    assert kept(pairs) == kept(shuffled)
