"""Is every small cell hidden, at the least cost, so that no attack narrows one down?"""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from scipy.optimize import linprog

from havre.disclosure import lp, suppression
from havre.disclosure.domain import Attribute
from havre.disclosure.lp import Contradiction, System, lp_bounds, narrow
from havre.disclosure.margins import Axis, Margins
from havre.disclosure.suppression import Suppressed, suppress

NESTED = Margins((Axis.nested("place", list("abcdef"), ["north"] * 3 + ["south"] * 3, ["country"] * 6), Axis.nested("sex", ["girl", "boy"])))


def withstands(shown: Suppressed, table: np.ndarray, below: int) -> None:
    """What must hold of every suppressed table."""
    assert shown.hidden[table < below].all()
    assert np.array_equal(shown.published[~shown.hidden], table[~shown.hidden])
    assert np.isnan(shown.published[shown.hidden]).all()
    found = lp_bounds(shown.margins, shown.published, integer=True)
    assert (found.low <= table).all() and (table <= found.high).all()
    assert (found.width[shown.hidden] >= below - 1).all()


def test_margins_add_up_along_every_level() -> None:
    counts = np.arange(12).reshape(6, 2)
    table = NESTED.expand(counts)
    assert NESTED.axes[0].labels == (*"abcdef", "north", "south", "country", "total")
    assert table[6:10].tolist() == [[6, 9, 15], [24, 27, 51], [30, 36, 66], [30, 36, 66]]
    assert not (NESTED.relations @ table.ravel()).any()


def test_an_axis_follows_the_levels_of_a_codebook() -> None:
    place = Attribute("place", ["x", "y", "z"], {"region": {"x": "r", "y": "r", "z": "s"}}, other=None, missing=None)
    assert Axis.of(place) == Axis.nested("place", ["x", "y", "z"], ["r", "r", "s"])


def test_a_code_in_two_groups_is_refused() -> None:
    with pytest.raises(ValueError, match="two groups"):
        Axis.nested("place", ["a", "b"], ["north", "north"], ["here", "there"])


def test_counts_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        NESTED.expand(np.ones((2, 6), np.int64))


def test_the_attack_reads_a_lonely_hidden_cell_from_its_margins() -> None:
    table = Margins.plain(2, 3).expand(np.array([[3, 40, 50], [20, 30, 60]])).astype(float)
    table[0, 0] = np.nan
    found = lp_bounds(Margins.plain(2, 3), table)
    assert found.low[0, 0] == found.high[0, 0] == 3


def test_values_that_do_not_add_up_are_said_to_contradict() -> None:
    table = Margins.plain(2, 2).expand(np.array([[3, 4], [5, 6]])).astype(float)
    table[2, 2] = 20
    with pytest.raises(Contradiction):
        lp_bounds(Margins.plain(2, 2), table)


def test_values_that_leave_less_than_nothing_are_said_to_contradict() -> None:
    with pytest.raises(Contradiction):
        lp_bounds(Margins.plain(2), np.array([7.0, np.nan, 5.0]))


def test_a_solver_that_gives_up_is_never_taken_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    real = linprog
    table = Margins.plain(2, 2).expand(np.array([[3, 4], [5, 6]])).astype(float)
    table[:2, :2] = np.nan
    monkeypatch.setattr(lp, "linprog", lambda *args, options=None, **rest: real(*args, options=options or {"maxiter": 0, "presolve": False}, **rest))
    assert lp_bounds(Margins.plain(2, 2), table).width[0, 0] == 7  # asked a second time, without presolve
    monkeypatch.setattr(lp, "linprog", lambda *args, options=None, **rest: real(*args, options={"maxiter": 0, "presolve": False}, **rest))
    with pytest.raises(ArithmeticError):
        lp_bounds(Margins.plain(2, 2), table)


def test_whole_people_are_fewer_than_fractions() -> None:
    """Three sums over three pairs: halves fit, whole numbers reach only one."""
    pairs = sparse.csr_matrix(np.hstack([[[1, 1, 0], [0, 1, 1], [1, 0, 1]], np.eye(3)]).astype(float))
    system = System(np.arange(6), pairs, np.ones(3), np.zeros(6), np.full(6, np.inf))
    goal = np.array([1.0, 1, 1, 0, 0, 0])
    fractions, whole = system.extreme(goal), system.extreme(goal, integer=True)
    assert fractions is not None and goal @ fractions == pytest.approx(1.5)
    assert whole is not None and goal @ whole == pytest.approx(1.0)


def test_an_attacker_who_counts_whole_people_is_never_weaker() -> None:
    counts = np.random.default_rng(4).integers(0, 3, (3, 3, 2))
    margins = Margins.plain(3, 3, 2)
    table = margins.expand(counts).astype(float)
    table[:3, :3, :2] = np.nan
    loose, strict = lp_bounds(margins, table), lp_bounds(margins, table, integer=True)
    assert (strict.low >= loose.low).all() and (strict.high <= loose.high).all()
    assert (strict.low == np.rint(strict.low)).all() and (strict.high == np.rint(strict.high)).all()


def test_the_least_is_hidden_as_trying_every_choice_shows() -> None:
    rng = np.random.default_rng(5)
    for _ in range(2):
        counts = rng.integers(0, 30, (2, 3))
        shown = suppress(counts, below=5)
        assert shown.optimal
        table = shown.margins.expand(counts)
        withstands(shown, table, 5)
        cost = 1 + np.log2(1 + table)
        free = np.flatnonzero(table.ravel() >= 5)
        cheaper = []
        for choice in product([False, True], repeat=len(free)):
            hidden = (table < 5).ravel()
            hidden[free] = choice
            if cost.ravel()[hidden].sum() < shown.lost - 1e-9:
                published = np.where(hidden, np.nan, table.ravel()).reshape(table.shape)
                bounds = lp_bounds(shown.margins, published)
                if (bounds.width.ravel()[hidden] >= 4).all():
                    cheaper.append(choice)
        assert not cheaper


@settings(max_examples=12, deadline=None, derandomize=True)
@given(counts=arrays(np.int64, (3, 4), elements=st.integers(0, 25)), below=st.sampled_from([3, 5, 11]))
def test_no_flat_table_gives_way(counts: np.ndarray, below: int) -> None:
    shown = suppress(counts, below=below)
    withstands(shown, shown.margins.expand(counts), below)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(counts=arrays(np.int64, (6, 2), elements=st.integers(0, 40)))
def test_no_table_with_levels_gives_way(counts: np.ndarray) -> None:
    shown = suppress(counts, NESTED, below=5)
    withstands(shown, NESTED.expand(counts), 5)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(counts=arrays(np.int64, (2, 3, 2), elements=st.integers(0, 30)))
def test_no_table_of_three_gives_way(counts: np.ndarray) -> None:
    shown = suppress(counts, below=5, exact_cells=0)
    withstands(shown, shown.margins.expand(counts), 5)


def test_cell_by_cell_stays_near_the_optimum() -> None:
    rng = np.random.default_rng(2)
    best = quick = 0.0
    for _ in range(4):
        counts = rng.poisson(rng.gamma(0.7, 40, (4, 5)))
        exact, fast = suppress(counts), suppress(counts, exact_cells=0)
        assert exact.optimal and not fast.optimal
        withstands(fast, fast.margins.expand(counts), 11)
        best, quick = best + exact.lost, quick + fast.lost
    assert best <= quick <= 1.15 * best


def test_a_table_without_small_cells_is_shown_whole() -> None:
    shown = suppress(np.full((3, 3), 40))
    assert not shown.hidden.any() and shown.lost == 0 and shown.optimal


def test_a_very_small_table_hides_its_total() -> None:
    shown = suppress(np.array([[1, 2], [0, 1]]))
    assert shown.hidden.all()


def test_zero_reads_as_small_unless_everybody_knows_it() -> None:
    counts = np.array([[0, 60, 50], [40, 30, 60], [70, 20, 90]])
    assert suppress(counts).hidden[0, 0]
    impossible = counts == 0
    shown = suppress(counts, impossible=impossible)
    assert shown.published[0, 0] == 0 and not shown.hidden.any()
    with pytest.raises(ValueError, match="impossible"):
        suppress(counts, impossible=counts == 60)


@pytest.mark.parametrize("wrong", [{"below": 0}, {"width": -1}, {"weights": np.ones((2, 2))}])
def test_what_cannot_be_meant_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        suppress(np.array([[1, 20], [30, 40]]), **wrong)  # type: ignore[arg-type]


def test_a_cell_that_only_whole_numbers_narrow_is_opened_upwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the attack with whole numbers find one, everything that holds one of its leaves is hidden, and the attack made again."""
    counts = np.array([[[3, 40], [50, 60]], [[70, 80], [90, 45]]])
    found = iter([np.array([0]), np.array([], np.int64)])
    monkeypatch.setattr(suppression, "narrow", lambda *args, integer=False, **rest: next(found) if integer else narrow(*args, **rest))
    shown = suppress(counts, impossible=np.zeros_like(counts, bool))
    assert shown.hidden.ravel()[shown.margins.above(0)].all() and shown.hidden[-1, -1, -1]
    assert not shown.optimal


def test_where_the_optimum_takes_too_long_the_quick_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = np.array([[3, 40, 50], [60, 70, 20], [30, 80, 4]])
    monkeypatch.setattr(suppression, "EXACT_ROUNDS", 0)
    shown = suppress(counts)
    assert not shown.optimal
    withstands(shown, shown.margins.expand(counts), 11)
    monkeypatch.undo()
    monkeypatch.setattr(suppression, "EXACT_NODES", 0)
    withstands(suppress(counts), shown.margins.expand(counts), 11)


def test_suppression_without_complement_is_what_the_attack_undoes() -> None:
    """The control: hiding small cells alone gives most of them away."""
    rng = np.random.default_rng(8)
    counts = rng.poisson(rng.gamma(0.8, 60, (12, 9)))
    margins = Margins.plain(12, 9)
    table = margins.expand(counts)
    bounds = lp_bounds(margins, np.where(table < 11, np.nan, table))
    alone = ((bounds.width == 0) & (table < 11)).sum() / (table < 11).sum()
    assert alone > 0.1
    shown = suppress(counts)
    assert (lp_bounds(margins, shown.published).width[shown.hidden] >= 10).all()


def test_why_hidden_cells_all_look_alike() -> None:
    """Were it told which hidden cells are small, some small counts would be known exactly though every interval was wide."""
    rng, small_cells, known = np.random.default_rng(3), 0, 0
    for _ in range(6):
        counts = rng.poisson(rng.gamma(0.7, 12, (5, 4)))
        shown = suppress(counts, below=5)
        small = shown.hidden & (shown.margins.expand(counts) < 5)
        told = lp_bounds(shown.margins, shown.published, lower=np.where(small, 0.0, 5.0), upper=np.where(small, 4.0, np.inf))
        assert lp_bounds(shown.margins, shown.published).width[small].min() >= 4
        small_cells, known = small_cells + small.sum(), known + (told.width[small] == 0).sum()
    assert known / small_cells > 0.02
