"""Invented rows have the tables of the estimates, come from the sheet alone, and hide rare combinations when asked."""

from __future__ import annotations

import ast
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import havre.disclosure as disclosure
from havre.disclosure import Estimates, Microdata, estimate
from havre.disclosure.microdata import BLANK, blank
from tests.unit.disclosure.shrink.sheets import DOMAIN, people, sheet, ways


@pytest.fixture(scope="module")
def estimates() -> Estimates:
    return estimate(sheet(ways(2), people()))


def table(rows: Microdata, *names: str) -> np.ndarray:
    shape = tuple(len(DOMAIN.attribute(name).codes) for name in names)
    return np.bincount(np.ravel_multi_index([rows.codes[name] for name in names], shape), minlength=int(np.prod(shape))).reshape(shape)


def test_rows_have_the_tables_of_the_estimates(estimates: Estimates) -> None:
    rows = estimates.microdata()
    assert len(rows) == estimates.total
    for pair in combinations(DOMAIN.names, 2):
        off = np.abs(table(rows, *pair) - estimates.values(*pair)).sum() / len(rows)
        assert off < 0.005


def test_any_number_of_rows_can_be_drawn(estimates: Estimates) -> None:
    few, none = estimates.microdata(500), estimates.microdata(0)
    assert len(few) == 500
    assert len(none) == 0
    assert np.abs(table(few, "age") / 500 - estimates.values("age") / estimates.total).max() < 0.01


def test_rows_are_the_same_for_the_same_seed_and_others_for_another(estimates: Estimates) -> None:
    once, again, other = estimates.microdata(800, seed=3), estimates.microdata(800, seed=3), estimates.microdata(800, seed=4)
    assert all((once.codes[name] == again.codes[name]).all() for name in DOMAIN.names)
    assert any((once.codes[name] != other.codes[name]).any() for name in DOMAIN.names)
    assert once.provenance == {"sheet": estimates.sheet.id, "method": once.provenance["method"], "seed": 3, "rows": 800, "k": None, "rare": [],
                               "blanked": 0, "invented": True}


def test_rows_read_as_codes(estimates: Estimates) -> None:
    rows = estimates.microdata(50, k=5)
    assert set(rows.labels("sex")) <= {"sex 0", "sex 1", ""}
    assert rows.labels("sex").count("") == int((rows.codes["sex"] == BLANK).sum())


def test_rare_combinations_are_blanked(estimates: Estimates) -> None:
    rows = estimates.microdata(k=11, rare=("place", "age", "route"))
    _, sizes = np.unique(np.column_stack([rows.codes[n] for n in ("place", "age", "route")]), axis=0, return_counts=True)
    assert sizes.min() >= 11
    assert rows.provenance["blanked"] > 0
    assert not (rows.codes["sex"] == BLANK).any()


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 8))
def test_after_blanking_no_combination_is_rarer_than_k_unless_there_are_fewer_rows(seed: int, rows: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    codes = {name: rng.integers(0, 4, rows).astype(np.int16) for name in "abc"}
    before = {name: column.copy() for name, column in codes.items()}
    blanked = blank(codes, k, ["a", "b", "c"])
    _, sizes = np.unique(np.column_stack([codes[n] for n in "abc"]), axis=0, return_counts=True)
    assert sizes.min() >= min(k, rows)
    assert blanked == sum(int((codes[n] == BLANK).sum()) for n in "abc")
    assert all(((codes[n] == before[n]) | (codes[n] == BLANK)).all() for n in "abc")


def test_nothing_after_the_sheet_can_reach_data() -> None:
    home = Path(str(disclosure.__file__)).parent
    files = [home / f"{name}.py" for name in ("intervals", "publication", "microdata", "exchange", "weights")] + sorted((home / "shrinkage").glob("*.py"))
    forbidden = ("havre.disclosure.measure", "havre.disclosure.counting", "havre.disclosure.contributions", "havre.disclosure.noise")
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.startswith(forbidden) or name in ("duckdb", "pyarrow", "pyspark")], file
