"""The rows that the bench of statistics invents, how it measures errors and false cells, and what it writes down."""

from pathlib import Path

import numpy as np
import pytest

from bench.statistics import data, errors
from bench.statistics.network import Network, Node, Rows
from bench.statistics.peers.folder import read_answer, read_question, write_answer, write_question
from bench.statistics.peers.sampler import shared_out
from bench.statistics.told import words

FOUR = Rows("four", {"sex": ("girl", "boy"), "age": ("young", "old")}, np.array([[0, 0], [0, 0], [1, 0], [0, 1]], np.int16))


def test_rows_are_the_same_for_the_same_seed_and_of_one_population_for_another() -> None:
    one, again, other = data.cases(3_000, 1), data.cases(3_000, 1), data.cases(3_000, 2)
    assert (one.codes == again.codes).all()
    assert (one.codes != other.codes).any()
    for j in range(len(one.names)):
        shares = [rows.counts((j,)) / 3_000 for rows in (one, other)]
        assert np.abs(shares[0] - shares[1]).max() < 0.06


@pytest.mark.parametrize(("made", "attributes"), [(data.cases, 15), (data.sparse, 10), (data.census, 13)])
def test_sets_have_their_attributes_and_stay_in_their_codebooks(made, attributes) -> None:
    rows = made(500, 3)
    assert rows.codes.shape == (500, attributes) == (500, len(rows.attributes))
    assert (rows.codes >= 0).all() and (rows.codes.max(0) < rows.sizes).all()
    assert "source" not in rows.attributes


def test_what_is_favoured_comes_more_often() -> None:
    coin = Node("coin", {"heads": 1, "tails": 1})
    plain, favoured = (Node("said", {"yes": 1, "no": 1}, {"coin": 0.0}, favours) for favours in ({}, {("coin", "heads"): {"yes": 9.0}}))
    told = [Network("coins", [coin, said], 1).sample(4_000, 1).counts((0, 1))[0] for said in (plain, favoured)]
    assert told[0][0] / told[0].sum() == pytest.approx(0.5, abs=0.05)
    assert told[1][0] / told[1].sum() == pytest.approx(0.9, abs=0.05)


def test_errors_are_over_all_tables_of_so_many_attributes() -> None:
    assert FOUR.counts((0, 1)).tolist() == [[2, 1], [1, 0]]
    assert errors.by_way(FOUR, lambda columns: FOUR.counts(columns).astype(float), (1, 2)) == {1: 0.0, 2: 0.0}
    nothing_told = errors.of_tables(FOUR, {})
    assert errors.by_way(FOUR, nothing_told, (1, 2)) == {1: 1.0, 2: 1.0}
    one_off = errors.of_tables(FOUR, {(0,): np.array([3.0, 1.0]), (1,): np.array([2.0, 1.0])})
    assert errors.by_way(FOUR, one_off, (1,)) == {1: round(1 / 8, 4)}


def test_rows_with_an_empty_value_are_missing_from_its_tables_only() -> None:
    drawn = np.array([[0, 0], [0, -1]], np.int16)
    told = errors.of_rows(FOUR, drawn)
    assert told((0,)).tolist() == [2, 0] and told((1,)).tolist() == [1, 0] and told((0, 1)).tolist() == [[1, 0], [0, 0]]


def test_false_and_suppressed_cells() -> None:
    found = errors.shown_cells(np.array([True, True, False, False]), np.array([5, 0, 2, 0]))
    assert (found.shown, found.false, found.suppressed) == (2, 1, 0.5)


def test_codes_are_shared_out_as_near_to_the_weights_as_whole_numbers_are() -> None:
    got = np.bincount(shared_out(np.array([1.0, 2.0, 0.0, 1.0]), 10, np.random.default_rng(1)), minlength=4)
    assert got.sum() == 10 and got[2] == 0 and got[1] == 5 and set(got[[0, 3]].tolist()) == {2, 3}
    assert len(shared_out(np.zeros(3), 4, np.random.default_rng(1))) == 4


def test_what_is_written_for_the_systems_is_read_again(tmp_path: Path) -> None:
    write_question(tmp_path, FOUR.attributes, FOUR.codes)
    attributes, codes = read_question(tmp_path)
    assert list(attributes.items()) == [("sex", ["girl", "boy"]), ("age", ["young", "old"])] and (codes == FOUR.codes).all()
    write_answer(tmp_path / "a.npz", {(0, 1): np.eye(2)}, FOUR.codes, {(0, 1): np.eye(2) > 0})
    answer = read_answer(tmp_path / "a.npz")
    assert (answer.tables[0, 1] == np.eye(2)).all() and answer.rows is not None and answer.shown[0, 1].dtype == bool
    write_answer(tmp_path / "b.npz", {}, None)
    assert read_answer(tmp_path / "b.npz").rows is None


def test_ratios_and_goals_stand_in_the_page() -> None:
    def told(two: float, seconds: float) -> dict[str, object]:
        errors_of = {"1": 0.01, "2": two, "3": 0.3}
        return {"tables": errors_of, "rows": errors_of, "fit_s": seconds, "rows_s": 1.0, "fit_extra_mb": 10.0}

    about = {"machine": {"cores": 2, "memory_gib": 8, "python": "3.11"}, "seconds": 3.0, "load": [0.5], "slowdown": 1.0}
    sets = {"cases": {"systems": {"havre": told(0.05, 2.0), "pac-synth": told(0.2, 10.0)}, "cells": {"own rule": {"shown": 3, "false": 1, "suppressed": 0.5}}}}
    text = words({"release": {**about, "goals": [{"goal": "lower", "value": 4.0, "met": True}], "sets": sets, "missing": {"MST": "not here"}}})
    assert "| lower | 4.0 | yes |" in text
    assert "| cases | pac-synth | 4.00 | 1.00 | 4.00 | 1.00 | 5.00 | 1.00 |" in text
    assert "Not measured: MST (not here)." in text and "Parts not run: growth" in text
