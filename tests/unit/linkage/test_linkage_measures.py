"""How right scored pairs are, how well chances mean what they say, and what a run without a part leaves out."""

import numpy as np
import pytest

from bench.linkage.asked import Truth, recall_at_10, told
from bench.linkage.contest import Answers
from bench.linkage.measures import calibration_error, each_once, scored
from bench.linkage.peers.columns import span, widened
from bench.linkage.told import words
from bench.linkage.without import model_without, switched_off
from havre.linkage import load_model
from havre.linkage.names.lexicon import Lexicon

TRUE = {("a", "x"), ("b", "y"), ("c", "z"), ("d", "w")}


def test_figures_of_scored_pairs() -> None:
    pairs = [("a", "x", 0.9), ("b", "y", 0.8), ("a", "y", 0.7), ("c", "z", 0.4)]
    got = scored([p[0] for p in pairs], [p[1] for p in pairs], np.array([p[2] for p in pairs]), TRUE, len(TRUE))
    assert got.f1_at(0.5) == pytest.approx(2 * 2 / (3 + 4))
    assert got.best_f1() == pytest.approx(2 * 3 / (4 + 4))
    assert got.recall_at_precision(0.99) == 0.5
    assert got.recall_at_precision(0.75) == 0.75


def test_pairs_of_equal_score_are_cut_together() -> None:
    got = scored(["a", "q"], ["x", "x"], np.array([0.9, 0.9]), TRUE, len(TRUE))
    assert got.recall_at_precision(0.99) == 0.0
    assert scored([], [], np.array([]), TRUE, 4).best_f1() == 0.0


def test_each_row_is_paired_once_by_the_highest_score() -> None:
    left, right = ["a", "a", "b", "b"], ["x", "y", "y", "z"]
    assert each_once(left, right, np.array([0.9, 0.8, 0.7, 0.6])).tolist() == [True, False, True, False]
    assert each_once(left, right, np.array([0.7, 0.9, 0.8, 0.6])).tolist() == [False, True, False, True]


def test_chances_that_mean_what_they_say_have_no_error() -> None:
    told_chance = np.repeat(0.8, 10)
    assert calibration_error(told_chance, np.arange(10) < 8) == pytest.approx(0.0)
    assert calibration_error(told_chance, np.arange(10) < 3) == pytest.approx(0.5)


class _Truth(Truth):
    def __init__(self) -> None:
        self.sought, self.group, self.letters = ["p", None, "q"], ["somali", "somali", "burmese"], ["latin / latin", None, "burmese / latin"]


def test_recall_counts_only_children_who_are_registered() -> None:
    answers = Answers(ms=[1.0, 2.0, 3.0], found={0: [("p", 0.9, 0.0)], 1: [("r", 0.4, 0.0)], 2: [("r", 0.5, 0.1), ("q", 0.3, 0.2)]})
    got = told(answers, _Truth())
    assert (got["recall_at_1"], got["recall_at_10"], got["questions"]) == (0.5, 1.0, 3)
    assert got["by_group"] == {"burmese": {"at_1": 0.0, "at_10": 1.0, "n": 1}, "somali": {"at_1": 1.0, "at_10": 1.0, "n": 1}}
    assert recall_at_10(answers, _Truth(), [0, 1]) == 1.0


def test_spans_of_birth() -> None:
    first, last = span(None, 4, 6, "2026-07-01")
    assert first is not None and last is not None
    assert last - first == pytest.approx(3.0)
    assert span("2020", None, None, "2026-07-01")[0] == pytest.approx(2020, abs=0.02)
    assert span(None, None, None, "2026-07-01") == (None, None)


def test_columns_for_peers_hold_latin_letters_and_keys() -> None:
    row = {"id": "l1", "given": "محمد", "father": None, "grandfather": None, "mother": None, "family": None, "birth_date": None, "age_min": 3, "age_max": 3,
           "recorded_on": "2026-01-01", "origin": "SD > SD-01", "siblings": "علي (4); سارة"}  # fmt: skip
    got = widened({name: [value] for name, value in row.items()}, "left")
    assert got["given_latin"][0].isascii() and got["given_key"][0]
    assert (got["region"], got["village"], len(got["sibling_keys"][0])) == (["SD-01"], [None], 2)


def test_without_the_transducer_names_in_two_scripts_compare_otherwise() -> None:
    tokens, pairs = ["نهى", "nouha", "شيماء", "chaima", "щербаков", "schtscherbakow"], (np.array([0, 2, 4]), np.array([1, 3, 5]))
    with switched_off(""):
        whole = Lexicon(tokens).similarities(*pairs)
    with switched_off("transducer"):
        rules_alone = Lexicon(tokens).similarities(*pairs)
    assert np.abs(whole - rules_alone).max() > 0.01


def test_without_the_family_class_relatives_weigh_as_strangers() -> None:
    model = load_model()
    family = model_without("family", model)
    assert family.prior_family < model.prior_family
    assert all(f == u for field in family.fields.values() for _, f, u in field.levels.values())
    assert all(field.typical is None for field in model_without("frequencies", model).fields.values())
    with pytest.raises(ValueError, match="no part"), switched_off("luck"):
        pass


def test_goals_stand_in_the_table_as_met_or_not() -> None:
    result = {"seconds": 3, "load": [1.0], "slowdown": 1.0, "machine": {"cores": 2, "memory_gib": 24, "python": "3.11"}, "goals": [{"id": "x", "goal": "at least 1", "value": {"a": 0.5}, "met": False}]}
    text = words({"names": result})
    assert "| at least 1 | a 0.5 | **no** |" in text and "Parts not run: scripts" in text
