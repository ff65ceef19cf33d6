"""Is the noise real, is its size told truly, and do the tables of a sheet agree?"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from havre.disclosure import Attribute, Budget, Domain, Sheet, Workload, count, from_bytes, measure, plan, to_bytes
from havre.disclosure.noise import with_noise
from havre.disclosure.problems import NotPlanned, SheetDamaged
from tests.unit.disclosure.core.worlds import DOMAIN, people

TABLES = [("sex", "age", "place"), ("age@band", "place@region")]


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return measure(plan(DOMAIN, Workload.of(DOMAIN, TABLES), Budget.of(1)), people())


@pytest.mark.parametrize("scale", [3, 1000.5, 2.0**30])
def test_the_noise_is_gaussian_of_the_scale_asked_for(scale):
    drawn = with_noise(np.zeros(20_000, dtype=np.int64), Fraction(scale)) / scale
    assert abs(drawn.mean()) < 5.5 / np.sqrt(20_000)  # a chance of 4 in 10^8 to fail
    assert abs((drawn**2).mean() - 1) < 5.5 * np.sqrt(2 / 20_000)
    assert abs((drawn**4).mean() - 3) < 5.5 * np.sqrt(96 / 20_000)
    assert abs((np.abs(drawn) < 1).mean() - 0.6827) < (0.2 if scale == 3 else 5.5 * np.sqrt(0.25 / 20_000))


def test_noise_is_drawn_anew_each_time():
    zeros = np.zeros(50, dtype=np.int64)
    assert not np.array_equal(with_noise(zeros, Fraction(10**6)), with_noise(zeros, Fraction(10**6)))


def test_sums_agree_at_every_level_and_by_any_route(sheet):
    finest = sheet.table("sex", "age", "place").value
    ages, places = [DOMAIN.attribute(name) for name in ("age", "place")]
    assert sheet.table().value == pytest.approx(finest.sum(), abs=1e-6)
    np.testing.assert_allclose(sheet.table("sex", "age").value, finest.sum(axis=2), atol=1e-6)
    for at in (1, 2):
        to_group = ages.ancestors(2, at)[:, None] == np.arange(len(ages.level(at).codes))
        np.testing.assert_allclose(sheet.table(("age", at), "sex").value, (finest.sum(axis=2) @ to_group), atol=1e-6)
    for at in (1, 2, 3):
        to_group = places.ancestors(3, at)[:, None] == np.arange(len(places.level(at).codes))
        np.testing.assert_allclose(sheet.table(("place", at)).value, finest.sum(axis=(0, 1)) @ to_group, atol=1e-6)


def test_the_order_in_which_a_table_is_asked_for_changes_nothing(sheet):
    one, other = sheet.table("place@region", "sex"), sheet.table((("sex", 1), ("place", 2)))
    assert one.spec == other.spec
    assert one.value.tobytes() == other.value.tobytes()


def test_the_variance_told_is_that_of_many_measurements():
    domain = Domain((Attribute("a", ["1", "2", "3"], other=None, missing=None),
                     Attribute("b", list("pqrst"), {"g": dict(zip("pqrst", "GGHHI", strict=True))}, other=None, missing=None)))
    rows = people(domain, 300)
    made = plan(domain, Workload.of(domain, [("a", "b")]), "0.05")
    truth = count(rows, [domain.spec("a", "b")])[domain.spec("a", "b")]
    sheets = [measure(made, rows) for _ in range(400)]
    for items in (("a", "b"), ("b@g",), ("a",), ()):
        expected = sheets[0].variance(*items)
        spec = domain.spec(*items)
        exact = count(rows, [spec])[spec]
        errors = np.array([s.table(*items).value - exact for s in sheets])
        ratio = (errors**2).mean(axis=0) / expected
        assert np.abs(ratio - 1).max() < 5.5 * np.sqrt(2 / 400)
        assert np.abs(errors.mean(axis=0) / np.sqrt(expected)).max() < 5.5 / np.sqrt(400)
    errors = np.array([(s.table("a", "b").value - truth).ravel() for s in sheets])
    expected = sheets[0].covariance("a", "b")
    observed = errors.T @ errors / len(errors)
    scale = np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
    assert np.abs((observed - expected) / scale).max() < 5.5 * np.sqrt(2 / 400)


def test_the_covariance_says_the_variance_of_every_sum(sheet):
    fine = sheet.covariance("age", "place@region")
    np.testing.assert_allclose(np.diag(fine), sheet.variance("age", "place@region").ravel(), rtol=1e-12)
    sums = np.kron(np.eye(8), np.ones((1, 5)))
    np.testing.assert_allclose(np.diag(sums @ fine @ sums.T), sheet.variance("age"), rtol=1e-9)
    assert np.linalg.eigvalsh(fine).min() > -1e-9


def test_the_raw_interval_holds_the_truth_nineteen_times_in_twenty(sheet):
    rows, held, cells = people(), 0, 0
    for _ in range(10):
        measured = measure(sheet.plan, rows)
        for items in (("sex", "age", "place"), ("age", "place@region"), ("sex", "place@country")):
            exact = count(rows, [measured.spec(*items)])[measured.spec(*items)]
            table = measured.table(*items)
            held += int(((table.low <= exact) & (exact <= table.high)).sum())
            cells += exact.size
    assert 0.92 < held / cells < 0.98


def test_a_group_without_siblings_adds_no_noise_of_its_own(sheet):
    own = sheet.components[(("place", 3),)]
    at = DOMAIN.attribute("place").codes.index("U")
    assert own[at] == 0 and own[0] != 0


def test_components_are_centred(sheet):
    for component, answer in sheet.components.items():
        for axis, (name, at) in enumerate(component):
            parents = np.asarray(DOMAIN.attribute(name).level(at).parents)
            sums = np.apply_along_axis(lambda line, p=parents: np.bincount(p, line), axis, answer)
            assert np.abs(sums).max() < 1e-7


def test_a_table_that_was_not_planned_is_blank_and_never_nought():
    sheet = measure(plan(DOMAIN, Workload.of(DOMAIN, [("sex",)]), "0.1"), people())
    table = sheet.table("sex", "age")
    assert np.isnan(table.value).all() and set(table.status.ravel()) == {"not planned"}
    with pytest.raises(NotPlanned):
        sheet.variance("age")


def test_status_follows_the_bar(sheet):
    table = sheet.table("age", "place")
    for cell in product(*map(range, table.value.shape)):
        width = 1.96 * table.se[cell]
        if table.status[cell] == "shown":
            assert width <= 0.3001 * table.value[cell]
        elif table.status[cell] == "too small":
            assert table.low[cell] <= 0
        else:
            assert table.low[cell] > 0 and width > 0.2999 * table.value[cell]


def test_the_file_is_the_sheet_and_nothing_but_the_sheet(sheet):
    raw = to_bytes(sheet)
    again = from_bytes(raw, id=sheet.id)
    assert to_bytes(again) == raw and again.id == sheet.id
    assert again.plan == sheet.plan
    for items in TABLES:
        assert again.table(*items).value.tobytes() == sheet.table(*items).value.tobytes()


@pytest.mark.parametrize("harm", [
    lambda raw: b"", lambda raw: raw[:-1], lambda raw: raw + b" ", lambda raw: raw.replace(b'"rows_per_child":1', b'"rows_per_child":9'),
    lambda raw: raw[:14] + b"99999999999\n" + raw[20:], lambda raw: raw[:-8] + b"\xff" * 8, lambda raw: raw.replace(b'"rho"', b'"rhO"'),
    lambda raw: b"\x80\x04N.", lambda raw: raw[:14] + b"1\n{\n",
])
def test_bytes_that_were_changed_are_refused(sheet, harm):
    with pytest.raises(SheetDamaged):
        from_bytes(harm(to_bytes(sheet)))


def test_bytes_with_another_fingerprint_are_refused(sheet):
    raw = bytearray(to_bytes(sheet))
    raw[-1] ^= 1
    with pytest.raises(SheetDamaged):
        from_bytes(bytes(raw), id=sheet.id)
