"""Do several answers together tell what one does not? Two dates subtracted, one question asked again, tables hidden only in part."""

from itertools import cycle

import numpy as np
import pytest

from havre.disclosure import Margins, Publication, from_bytes, lp_bounds, refuse_differences, suppress, to_bytes
from havre.disclosure.audit.attacks import averaged, came_between
from havre.disclosure.problems import SmallDifference
from tests.attacks.world import CERTAIN, sheet, sheet_of, tables, tables_of, world

M, N, UNRELATED = world().members, world().non_members, world().unrelated
NEW = 150  # children between two releases


def test_exact_tables_of_two_dates_show_who_came() -> None:
    found = came_between(M[:NEW], N[:NEW], tables(UNRELATED, 3), tables(np.vstack([UNRELATED, M[:NEW]]), 3))
    assert found.members == NEW and found.interval(CERTAIN)[0] > 0.5


def test_who_came_elsewhere_shows_nothing() -> None:
    found = came_between(M, N, tables(UNRELATED, 2), tables(np.vstack([UNRELATED, world().reference[:NEW]]), 2))
    assert abs(found.difference) <= 0.02 and found.gives_nothing(CERTAIN)


def test_two_sheets_do_not_show_who_came() -> None:
    found = came_between(M[:NEW], N[:NEW], tables_of(sheet_of(UNRELATED)), tables_of(sheet_of(np.vstack([UNRELATED, M[:NEW]]))))
    assert found.gives_nothing(CERTAIN) and found.members < NEW / 2


def test_suppression_alone_shows_who_came_and_is_refused() -> None:
    """Both tables are safe by themselves; together they show a group of three."""
    before = np.array([[120, 80, 95], [60, 140, 75]])
    after = before + np.array([[0, 3, 0], [20, 0, 0]])
    shown = suppress(before), suppress(after)
    assert (shown[1].published - shown[0].published)[0, 1] == 3
    cells = np.arange(6)
    old = Publication.of("first", shown[0], np.concatenate([cells, np.full(6, -1)]))
    new = Publication.of("second", shown[1], np.concatenate([cells, cells]))
    with pytest.raises(SmallDifference):
        refuse_differences(new, [old], np.concatenate([before.ravel(), (after - before).ravel()]))


def test_hiding_small_cells_alone_is_undone_by_linear_programming() -> None:
    rng = np.random.default_rng(4)
    counts = rng.poisson(rng.gamma(0.8, 60, (14, 9)))
    margins = Margins.plain(14, 9)
    table = margins.expand(counts)
    small = table < 11
    alone = lp_bounds(margins, np.where(small, np.nan, table))
    assert (alone.width[small] == 0).mean() > 0.1
    shown = suppress(counts)
    assert (lp_bounds(margins, shown.published).width[shown.hidden] >= 10).all()


def test_noise_drawn_anew_wears_off() -> None:
    rng = np.random.default_rng(3)
    exact = tables(M)[0, 1].astype(np.int64)
    found = averaged(lambda: exact + rng.normal(0, 5, exact.shape), exact, 2000)
    assert found.first < 0.4 and found.mean > 0.99


def test_a_sheet_answers_the_same_for_ever() -> None:
    """Asked again, by another route, after being stored and read: one answer, and no more of the truth than the first time."""
    exact = tables(M)[0, 1].astype(np.int64)
    stored = to_bytes(sheet())
    ways = [lambda: sheet().table("q0", "q1").value, lambda: sheet().table("q1", "q0").value, lambda: from_bytes(stored).table("q0", "q1").value]
    turn = cycle(ways)
    def ask() -> np.ndarray:
        return next(turn)()
    found = averaged(ask, exact, 60)
    assert found.distinct == 1 and found.mean == found.first and found.first < 0.5
