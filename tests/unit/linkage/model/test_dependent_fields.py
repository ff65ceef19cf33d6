"""Fields that repeat one another count once and a little more; more agreement never counts less."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.linkage import Description, load_model, score
from havre.linkage.model.dependence import Group, damped, dampen, learned_weight
from havre.linkage.model.parameters import parse_model

VALUES = st.lists(st.floats(-9, 9), min_size=1, max_size=5)


def test_the_strongest_for_and_against_count_in_full() -> None:
    assert damped([2.0, 1.0, -3.0, -1.0], 0.5) == [2.0, 0.5, -3.0, -0.5]
    assert damped([2.0, 2.0], 0.5) == [2.0, 1.0]
    assert damped([-1.0], 0.5) == [-1.0]


@settings(deadline=None)
@given(VALUES, st.integers(0, 4), st.floats(0, 5), st.floats(0, 1))
def test_more_agreement_never_counts_less(values: list[float], which: int, more: float, weight: float) -> None:
    raised = list(values)
    raised[which % len(values)] += more
    assert sum(damped(raised, weight)) >= sum(damped(values, weight)) - 1e-9


@settings(deadline=None)
@given(VALUES, st.floats(0, 5), st.floats(0, 1))
def test_another_agreeing_field_never_counts_less(values: list[float], another: float, weight: float) -> None:
    assert sum(damped([*values, another], weight)) >= sum(damped(values, weight)) - 1e-9
    assert sum(damped([*values, -another], weight)) <= sum(damped(values, weight)) + 1e-9


def test_only_fields_of_one_group_dampen_one_another() -> None:
    pieces = [("origin", 3.0, 2.0), ("sex", 0.5, 0.1), ("language", 1.0, 2.5)]
    assert dampen(pieces, [Group(frozenset({"origin", "language"}), 0.5)]) == [("origin", 3.0, 1.0), ("sex", 0.5, 0.1), ("language", 0.5, 2.5)]


def test_language_and_people_of_the_same_village_add_less_than_alone() -> None:
    home = Description(origin=("Sudan", "Red Sea", "Tokar"))
    whole = Description(origin=("Sudan", "Red Sea", "Tokar"), languages=("bej",), ethnicity="Beja")
    alone = Description(languages=("bej",), ethnicity="Beja")
    place, everything, words = (sum(e.llr for e in score(p, p).evidence) for p in (home, whole, alone))
    assert place < everything < place + words


def _communities(seed: int, bound: float) -> list[list[float]]:
    """Ratios of three fields in random pairs of people: with chance `bound` all three follow from one shared village."""
    import math

    rng, out = Random(seed), []
    for _ in range(4_000):
        village = rng.random() < 0.1
        agree = [village if rng.random() < bound else rng.random() < 0.1 for _ in range(3)]
        out.append([math.log(0.9 / 0.1) if yes else math.log(0.1 / 0.9) for yes in agree])
    return out


def test_the_weight_of_a_group_is_learned_from_random_pairs() -> None:
    alone, somewhat, bound = (learned_weight(_communities(5, b)) for b in (0.0, 0.6, 1.0))
    assert alone > 0.9, "independent fields are counted in full"
    assert alone > somewhat > bound
    assert bound < 0.12, "fields that say the same count once"
    assert learned_weight([]) == 1.0


def test_a_group_weight_beyond_one_is_refused() -> None:
    data = {
        "version": "x", "prior": {"match": 0.1, "family": 0.1}, "calibration": {"slope": 1, "shift": 0, "limit": 9},
        "fields": {}, "groups": {"home": {"fields": ["origin"], "weight": 2}},
    }  # fmt: skip
    with pytest.raises(ValueError, match="between 0 and 1"):
        parse_model(data)
    assert {name: group.weight for name, group in load_model().groups.items()} == {"home": 0.5, "separation": 0.6}
