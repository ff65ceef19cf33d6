"""Do arrays, files and a database count the same, and refuse the same?"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from havre.disclosure import Attribute, Domain, Rows, Workload, count, count_file
from havre.disclosure.contributions import bound
from havre.disclosure.counting import sql
from havre.disclosure.counting.files import codebook
from havre.disclosure.problems import (
    BadBudget,
    BadCodebook,
    ChildNotNamed,
    EmptyDomain,
    EmptyPopulation,
    MissingAttribute,
    TooManyRows,
    UnknownCode,
)
from tests.unit.disclosure.core.worlds import AGE, DOMAIN, PLACE, SEX, people

SPECS = Workload.of(DOMAIN, [("sex", "age", "place"), ("age@band", "place@region"), ("place@country",), ()]).tables


@pytest.fixture(scope="module")
def written() -> pa.Table:
    """500 rows of 200 children; every tenth place is written in a way the codebook does not know, every eleventh is empty."""
    rows = people(n=500)
    table = {name: list(rows.labels(name)) for name in DOMAIN.names}
    table["place"] = ["" if i % 11 == 0 else "Élsewhere, 'far'" if i % 10 == 0 else v for i, v in enumerate(table["place"])]
    table["who"] = [f"child {i % 200}" for i in range(500)]
    return pa.table(table)


@pytest.fixture(scope="module", params=["csv", "parquet", "arrow"])
def source(request, written, tmp_path_factory) -> Path | pa.Table:
    folder = tmp_path_factory.mktemp("files")
    if request.param == "csv":
        csv.write_csv(written, folder / "a file.csv")
        return folder / "a file.csv"
    if request.param == "parquet":
        parquet.write_table(written, folder / "file.parquet")
        return folder / "file.parquet"
    return written


def same(one, other):
    assert one.keys() == other.keys()
    for spec in one:
        np.testing.assert_array_equal(one[spec], other[spec])


def by_hand(written: pa.Table) -> np.ndarray:
    """The finest table counted row by row."""
    table = np.zeros(DOMAIN.shape(DOMAIN.spec("sex", "age", "place")), dtype=int)
    for row in written.to_pylist():
        place = "not known" if row["place"] == "" else row["place"] if row["place"] in PLACE.codes else "other"
        table[SEX.codes.index(row["sex"]), AGE.codes.index(row["age"]), PLACE.codes.index(place)] += 1
    return table


def test_every_way_in_counts_what_a_person_would(source, written):
    counted = count_file(source, DOMAIN, SPECS)
    np.testing.assert_array_equal(counted.counts[DOMAIN.spec("sex", "age", "place")], by_hand(written))
    same(counted.counts, count(DOMAIN.encode(written.to_pydict()), SPECS))
    assert (counted.rows, counted.dropped) == (500, 0) and counted.counts[()] == 500


@pytest.mark.parametrize("most", [1, 2])
def test_the_same_rows_of_a_child_are_kept_everywhere(source, written, most):
    counted = count_file(source, DOMAIN, SPECS, child="who", most=most, drop=True)
    bounded = bound(DOMAIN.encode(written.to_pydict()), written["who"].to_pylist(), most, drop=True)
    same(counted.counts, count(bounded.rows, SPECS))
    assert counted.rows == len(bounded.rows) == 200 * most
    assert counted.dropped == bounded.dropped == 500 - 200 * most


def test_a_row_that_would_be_left_out_must_have_codes_too(written):
    wrong = written.set_column(0, "sex", pa.array(["?" if i == 0 else v for i, v in enumerate(written["sex"].to_pylist())]))
    for most in (1, 2):
        with pytest.raises(UnknownCode) as refused:
            count_file(wrong, DOMAIN, SPECS, child="who", most=most, drop=True)
        assert refused.value.params == {"attribute": "sex", "count": 1}


def test_the_question_to_a_database_gives_the_same_tables(written):
    for most in (None, 1):
        expected = count_file(written, DOMAIN, SPECS, **({} if most is None else {"child": "who", "most": most, "drop": True}))
        levels = sql.columns(DOMAIN, SPECS)
        with duckdb.connect() as con:
            con.register("source", written)
            con.execute(f"CREATE VIEW {sql.ROWS} AS SELECT sex AS v0, age AS v1, place AS v2, who AS child FROM source")
            con.register(sql.CODES, codebook(DOMAIN, levels))
            answer = con.execute(sql.grouped(DOMAIN, levels, SPECS, most))
            names = [column[0] for column in answer.description]
            rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        at = {pair: f"c{i}" for i, pair in enumerate(levels)}
        found = {spec: np.zeros(DOMAIN.shape(spec), dtype=np.int64) for spec in SPECS}
        for row in rows:
            here = {name for name in names if name != "n" and row[name] is not None}
            spec = next(spec for spec in SPECS if {at[pair] for pair in spec} == here)
            found[spec][tuple(row[at[pair]] for pair in spec)] = row["n"]
        same(found, expected.counts)


def test_the_rows_kept_do_not_depend_on_the_order_or_on_other_children():
    rows = people(n=300)
    whose = [f"c{i % 60}" for i in range(300)]
    kept = count(bound(rows, whose, 2, drop=True).rows, SPECS)
    order = np.random.default_rng(3).permutation(300)
    shuffled = Rows(DOMAIN, {name: codes[order] for name, codes in rows.codes.items()})
    same(count(bound(shuffled, [whose[i] for i in order], 2, drop=True).rows, SPECS), kept)
    fewer = [i for i in range(300) if i % 60 != 7]
    without = bound(Rows(DOMAIN, {name: codes[fewer] for name, codes in rows.codes.items()}), [whose[i] for i in fewer], 2, drop=True)
    changed = sum(np.abs(kept[SPECS[0]] - count(without.rows, SPECS)[SPECS[0]]).ravel())
    assert changed == 2  # the two rows of the child that is gone, and nobody else's


def test_tables_of_no_one_column_are_the_total():
    rows = people(n=70_000)  # more than one piece
    same(count(rows, [(), DOMAIN.spec("sex")]), {(): np.array(70_000), DOMAIN.spec("sex"): np.bincount(rows.codes["sex"], minlength=3)})


@pytest.mark.parametrize(("change", "options", "problem"), [
    (lambda t: t.drop_columns(["age"]), {}, MissingAttribute),
    (lambda t: t, {"child": "nobody"}, MissingAttribute),
    (lambda t: t.set_column(0, "sex", pa.array(["no such code"] * 500)), {}, UnknownCode),
    (lambda t: t.slice(0, 0), {}, EmptyPopulation),
    (lambda t: t, {"child": "who", "most": 2}, TooManyRows),
    (lambda t: t, {"most": 0}, BadBudget),
    (lambda t: t.append_column("id", pa.array(["a"] * 499 + [None])), {"child": "id", "most": 500}, ChildNotNamed),
], ids=["missing attribute", "missing child", "unknown code", "nobody", "one child in many rows", "no rows allowed", "nameless"])
def test_what_cannot_be_counted_is_refused_with_what_to_do(written, change, options, problem):
    with pytest.raises(problem) as refused:
        count_file(change(written), DOMAIN, SPECS, **options)
    said = str(refused.value)
    assert "%" not in said and "no such code" not in said and "child 1" not in said


def test_arrays_refuse_the_same():
    rows = people(n=10)
    with pytest.raises(TooManyRows) as refused:
        bound(rows, ["a"] * 10, 3)
    assert refused.value.params == {"most": 10, "cap": 3}
    with pytest.raises(ChildNotNamed):
        bound(rows, ["a"] * 9 + [""], 10)
    with pytest.raises(ChildNotNamed):
        bound(rows, ["a"], 10)
    with pytest.raises(BadBudget):
        bound(rows, ["a"] * 10, 0)
    with pytest.raises(BadCodebook):
        DOMAIN.encode({"sex": ["f"], "age": ["1", "2"], "place": ["P"]})
    with pytest.raises(MissingAttribute):
        DOMAIN.encode({"sex": ["f"], "age": ["1"]})
    with pytest.raises(UnknownCode) as unknown:
        DOMAIN.encode({"sex": ["f"], "age": ["1000"], "place": ["P"]})
    assert unknown.value.params == {"attribute": "age", "count": 1}


def test_values_are_read_as_a_database_writes_them():
    domain = Domain((Attribute("v", ["1", "2.5", "true", "2026-01-31"]),))
    from datetime import date
    found = domain.encode({"v": [1, 2.5, True, date(2026, 1, 31), None, "", float("nan"), "else", np.True_]}).labels("v")
    assert found == ["1", "2.5", "true", "2026-01-31", "not known", "not known", "not known", "other", "true"]


@pytest.mark.parametrize(("make", "problem"), [
    (lambda: Domain(()), EmptyDomain),
    (lambda: Attribute("a", [], other=None, missing=None), EmptyDomain),
    (lambda: Workload.of(DOMAIN, []), EmptyDomain),
    (lambda: Attribute("a", ["x", "x"]), BadCodebook),
    (lambda: Attribute("a@b", ["x"]), BadCodebook),
    (lambda: Attribute("a", ["x", ""]), BadCodebook),
    (lambda: Attribute("a", ["x"], {"a": {"x": "y"}}), BadCodebook),
    (lambda: Domain((SEX, SEX)), BadCodebook),
    (lambda: Attribute.of_levels("a", [("coarse", ["g"], [0]), ("a", ["x", "y"], [0, 1])], None, None), (BadCodebook, IndexError)),
    (lambda: Attribute.of_levels("a", [("coarse", ["h", "g"], [0, 0]), ("a", ["x", "y"], [1, 0])], None, None), BadCodebook),
    (lambda: DOMAIN.spec("age", "age@band"), BadCodebook),
    (lambda: DOMAIN.spec("colour"), MissingAttribute),
    (lambda: DOMAIN.spec("place@village"), MissingAttribute),
    (lambda: DOMAIN.spec(("place", 4)), MissingAttribute),
])
def test_codebooks_that_cannot_be_are_refused(make, problem):
    with pytest.raises(problem):
        make()


def test_other_and_not_known_stay_themselves_at_every_level():
    for at in (1, 2, 3):
        codes = PLACE.level(at).codes
        assert "other" in codes and "not known" in codes
        for code in ("other", "not known"):
            assert codes[PLACE.ancestors(3, at)[PLACE.codes.index(code)]] == code
    assert list(product(*DOMAIN.codes(DOMAIN.spec("place@country")))) == [("X",), ("Y",), ("other",), ("not known",)]
