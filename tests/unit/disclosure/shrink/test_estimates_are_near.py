"""Estimates are nearer than raw answers, add up, and are the same however they are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from havre.disclosure import Estimates, Sheet, Spec, Workload, estimate, for_estimates, plan
from havre.disclosure.problems import NotPlanned
from tests.unit.disclosure.shrink.sheets import DOMAIN, exact, people, sheet, ways

ROWS = people(1500)
PLAN = ways()


@pytest.fixture(scope="module")
def measured() -> Sheet:
    return sheet(PLAN, ROWS)


@pytest.fixture(scope="module")
def estimates(measured: Sheet) -> Estimates:
    return estimate(measured)


def specs(number: int) -> list[Spec]:
    return [spec for spec in PLAN.workload.tables if len(spec) == number]


@pytest.mark.parametrize(("number", "times"), [(2, 1.01), (3, 2.0)])
def test_the_error_is_less_than_that_of_raw_answers(measured: Sheet, estimates: Estimates, number: int, times: float) -> None:
    ours = sum(np.abs(estimates.values(spec) - exact(ROWS, spec)).sum() for spec in specs(number))
    raw = sum(np.abs(np.maximum(measured.table(spec).value, 0) - exact(ROWS, spec)).sum() for spec in specs(number))
    assert ours * times < raw


def test_counts_are_never_below_nought_and_the_total_is_whole(estimates: Estimates) -> None:
    assert estimates.total == round(float(estimates.sheet.components[()]))
    for spec in PLAN.workload.tables:
        assert estimates.values(spec).min() >= 0
        assert estimates.values(spec).sum() == pytest.approx(estimates.total, rel=1e-6)


def test_tables_agree_in_what_they_share_at_every_level(estimates: Estimates) -> None:
    near = 1.0  # row, of 1,500
    assert np.abs(estimates.values("place", "age").sum(0) - estimates.values("age")).max() < 1e-5
    by_place = estimates.values("place", "age", "status")
    assert np.abs(by_place.sum(0) - estimates.values("age", "status")).max() < near
    assert np.abs(by_place.sum((1, 2)) - estimates.values("place")).max() < near
    assert np.abs(estimates.values("place", "sex", "route").sum((1, 2)) - estimates.values("place")).max() < near
    region = DOMAIN.attribute("place").ancestors(2, 1)
    assert np.abs(np.bincount(region, estimates.values("place")) - estimates.values("place@region")).max() < near
    assert np.abs(np.add.reduceat(by_place, [0, 3, 5], 0) - estimates.values("place@region", "age", "status")).max() < near


def test_the_same_question_has_the_same_answer_by_every_route(measured: Sheet, estimates: Estimates) -> None:
    other = estimate(Sheet(measured.plan, dict(measured.components)))
    first = other.table("status", "age@age", "place@region")
    there = estimates.table(("place", 1), "age", "status")
    for name in ("value", "se", "low", "high"):
        assert getattr(first, name).tobytes() == getattr(there, name).tobytes()
    assert (first.status == there.status).all()


def test_what_was_not_planned_is_blank_and_refused() -> None:
    narrow = estimate(sheet(plan(DOMAIN, Workload.of(DOMAIN, [("age", "sex")]), "0.028"), ROWS))
    table = narrow.table("age", "status")
    assert (table.status == "not planned").all()
    assert np.isnan(table.value).all()
    with pytest.raises(NotPlanned):
        narrow.values("status")
    assert narrow.values("age", "sex").shape == (6, 2)


def test_single_attributes_alone_can_be_estimated() -> None:
    alone = estimate(sheet(plan(DOMAIN, Workload.all_ways(DOMAIN, 1), "0.5"), ROWS))
    table = alone.table("age")
    assert np.abs(table.value - exact(ROWS, DOMAIN.spec("age"))).max() < 20
    assert (table.low <= table.value).all()
    assert (table.value <= table.high).all()


def test_little_noise_leaves_the_answers_as_they_are() -> None:
    rows = people(3000, seed=4)
    clear = estimate(sheet(ways(rho="4000"), rows))
    for spec in clear.sheet.plan.workload.tables:
        assert np.abs(clear.values(spec) - exact(rows, spec)).max() < 3


def test_nobody_is_estimated_as_nobody() -> None:
    empty = Sheet(PLAN, {c: np.zeros(DOMAIN.shape(c)) for c in PLAN.sigma})
    assert estimate(empty).total == 0
    assert not estimate(empty).values("age", "sex").any()


def test_weights_for_estimates_favour_few_attributes() -> None:
    made = for_estimates(DOMAIN, Workload.all_ways(DOMAIN, 3))
    assert set(made.tables) == set(Workload.all_ways(DOMAIN, 3).tables)
    assert made.weights[DOMAIN.spec("age")] > made.weights[DOMAIN.spec("age", "sex")] > made.weights[DOMAIN.spec("age", "sex", "status")]
