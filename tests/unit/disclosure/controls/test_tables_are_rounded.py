"""Does a rounded table add up, stay beside its counts, keep them in the mean, and never say anything else?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from havre.disclosure.lp import lp_bounds
from havre.disclosure.margins import Axis, Margins
from havre.disclosure.problems import RoundingImpossible, TooLarge
from havre.disclosure.rounding import Rounded, controlled_round

KEY = b"a key of this instance"
NESTED = Margins((Axis.nested("place", list("abcd"), ["north"] * 2 + ["south"] * 2), Axis.nested("sex", ["girl", "boy"])))


def is_controlled(rounded: Rounded, counts: np.ndarray) -> None:
    """Additive, multiples, each beside its count, multiples unmoved."""
    table, base = rounded.margins.expand(counts), rounded.base
    assert np.array_equal(rounded.margins.expand(rounded.values[tuple(slice(n) for n in counts.shape)]), rounded.values)
    assert not (rounded.values % base).any()
    assert (np.abs(rounded.values - table) < base).all()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(counts=arrays(np.int64, (4, 5), elements=st.integers(0, 40)), base=st.sampled_from([2, 3, 5, 10]))
def test_flat_tables(counts: np.ndarray, base: int) -> None:
    rounded = controlled_round(counts, base=base, key=KEY, name="t")
    is_controlled(rounded, counts)
    assert rounded.unbiased


@settings(max_examples=20, deadline=None, derandomize=True)
@given(counts=arrays(np.int64, (4, 2), elements=st.integers(0, 40)))
def test_tables_with_levels(counts: np.ndarray) -> None:
    rounded = controlled_round(counts, NESTED, base=5, key=KEY, name="t")
    is_controlled(rounded, counts)
    assert rounded.unbiased


@settings(max_examples=15, deadline=None, derandomize=True)
@given(counts=arrays(np.int64, (3, 3, 3), elements=st.integers(0, 20)))
def test_tables_of_three(counts: np.ndarray) -> None:
    is_controlled(controlled_round(counts, base=5, key=KEY, name="t"), counts)


def test_the_mean_is_the_table() -> None:
    counts = np.array([[1, 7, 3], [12, 0, 9]])
    drawn = np.mean([controlled_round(counts, base=5, key=KEY, name=f"{i}").values for i in range(300)], axis=0)
    assert np.abs(drawn - Margins.plain(2, 3).expand(counts)).max() < 5 * 2.5 / 300**0.5


def test_the_same_question_has_one_answer() -> None:
    counts = np.random.default_rng(0).integers(0, 40, (6, 6))
    answers = {controlled_round(counts, base=5, key=KEY, name="by age and place").values.tobytes() for _ in range(5)}
    assert len(answers) == 1
    others = [controlled_round(counts, base=5, key=KEY, name=name).values.tobytes() for name in ("a", "b", "c")]
    assert len({*others, controlled_round(counts, base=5, key=KEY[::-1], name="a").values.tobytes()}) == 4


def test_rounded_counts_leave_room_for_an_attacker() -> None:
    """Even with all margins and the rule of rounding known, no count is told."""
    counts = np.random.default_rng(3).integers(0, 30, (5, 4))
    rounded = controlled_round(counts, base=5, key=KEY, name="t")
    nothing = np.full(rounded.margins.shape, np.nan)
    found = lp_bounds(rounded.margins, nothing, lower=np.maximum(rounded.values - 4, 0), upper=rounded.values + 4)
    table = rounded.margins.expand(counts)
    assert (found.low <= table).all() and (table <= found.high).all() and found.width.min() >= 4


def test_three_ways_may_have_no_such_rounding() -> None:
    """Found by search: no choice of multiples of two adds up along all three axes."""
    counts = [[[1, 0, 0, 1], [1, 0, 0, 0], [1, 0, 1, 1], [0, 1, 1, 1]],
              [[0, 0, 1, 1], [1, 0, 1, 1], [0, 1, 1, 0], [0, 1, 1, 0]],
              [[0, 1, 1, 0], [1, 1, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]]]
    with pytest.raises(RoundingImpossible):
        controlled_round(np.array(counts), base=2, key=KEY, name="t")


def test_what_cannot_be_meant_is_refused() -> None:
    for wrong in ({"base": 1, "key": KEY}, {"base": 5, "key": b"short"}):
        with pytest.raises(ValueError):
            controlled_round(np.ones((2, 2), np.int64), name="t", **wrong)  # type: ignore[arg-type]
    with pytest.raises(TooLarge):
        controlled_round(np.ones((90, 80), np.int64), base=5, key=KEY, name="t")
