"""Is a table refused when, subtracted from an earlier one, it would single out a few?"""

import numpy as np
import pytest
from scipy import sparse

from havre.disclosure.differencing import Publication, refuse_differences
from havre.disclosure.margins import Axis, Margins
from havre.disclosure.problems import SmallDifference
from havre.disclosure.suppression import suppress

BEFORE = np.array([[120, 80], [95, 60], [140, 75]])


def shown(name: str, counts: np.ndarray, leaves: np.ndarray, margins: Margins | None = None) -> Publication:
    return Publication.of(name, suppress(counts, margins), leaves)


def refreshed(added: np.ndarray) -> tuple[Publication, Publication, np.ndarray]:
    """Last week's table and today's: atoms are the cells of last week, then those of the children who came since."""
    cells = np.arange(BEFORE.size)
    old = shown("last week", BEFORE, np.concatenate([cells, np.full(len(cells), -1)]))
    new = shown("today", BEFORE + added, np.concatenate([cells, cells]))
    return new, old, np.concatenate([BEFORE.ravel(), added.ravel()])


def test_three_new_children_are_not_told_by_a_weekly_table() -> None:
    added = np.zeros((3, 2), np.int64)
    added[1, 0] = 3
    new, old, atoms = refreshed(added)
    with pytest.raises(SmallDifference) as refusal:
        refuse_differences(new, [old], atoms)
    assert refusal.value.params == {"table": "today", "earlier": "last week", "limit": 11}


def test_many_new_children_everywhere_may_be_told() -> None:
    new, old, atoms = refreshed(np.full((3, 2), 30))
    refuse_differences(new, [old], atoms)


def test_the_same_table_again_is_no_danger() -> None:
    old = shown("first", BEFORE, np.arange(BEFORE.size))
    refuse_differences(shown("again", BEFORE, np.arange(BEFORE.size)), [old], BEFORE.ravel())


def test_two_groupings_of_ages_do_not_isolate_one_year() -> None:
    """Ages 0-4, 5, 6-11 and 12-17 are the atoms; one table cuts after 5, the other before."""
    atoms = np.array([90, 4, 130, 200])
    old = shown("bands from 6", np.array([94, 130, 200]), np.array([0, 0, 1, 2]))
    new = shown("bands from 5", np.array([90, 134, 200]), np.array([0, 1, 1, 2]))
    with pytest.raises(SmallDifference):
        refuse_differences(new, [old], atoms)
    safe = shown("bands from 6, without the older", np.array([94, 130]), np.array([0, 0, 1, -1]))
    refuse_differences(safe, [old], atoms)


def test_what_only_the_linear_program_sees_is_refused() -> None:
    """A table by place and sex hides four cells; one by road, where a road was taken by the girls of one place and the boys of the other,
    solves them. No two shown cells leave few when subtracted."""
    counts = np.array([[4, 90], [60, 70], [80, 50]])
    margins = Margins((Axis.nested("place", ["a", "b", "c"]), Axis.nested("sex", ["girl", "boy"])))
    weights = margins.expand(counts).astype(float)
    weights[2, :2] = 1000.0  # the cells of c are wanted, so that those of b go
    new = Publication.of("by place and sex", suppress(counts, margins, weights=weights), np.arange(6))
    assert np.isnan(new.values).sum() == 4
    road = shown("by road", np.array([4 + 70, 90 + 60 + 80 + 50]), np.array([0, 1, 1, 0, 1, 1]))
    with pytest.raises(SmallDifference):
        refuse_differences(new, [road], counts.ravel())
    other = shown("by season", np.array([4 + 90 + 30, 30 + 70 + 80 + 50]), np.array([0, 0, 0, 1, 1, 1, 1]))
    split = np.array([4, 90, 30, 30, 70, 80, 50])  # the girls of b came in two seasons: nothing is solved
    refuse_differences(Publication.of("by place and sex", suppress(counts, margins, weights=weights), np.array([0, 1, 2, 2, 3, 4, 5])), [other], split)


def test_three_tables_together_may_tell_what_no_two_do() -> None:
    """Three halves of one square: with a total apart, each pair of them leaves all open; the three solve it."""
    atoms = np.array([5, 40, 50, 60])
    def of(name: str, *held: tuple[int, ...]) -> Publication:
        cells = np.zeros((len(held), 4))
        for row, atoms_held in zip(cells, held, strict=True):
            row[list(atoms_held)] = 1
        return Publication(name, sparse.csr_matrix(cells), cells @ atoms)
    one, two, three = of("one", (0, 1)), of("two", (0, 2)), of("three", (1, 2))
    refuse_differences(two, [one], atoms)
    refuse_differences(three, [one], atoms)
    with pytest.raises(SmallDifference) as refusal:
        refuse_differences(three, [one, two], atoms)
    assert refusal.value.params["earlier"] == "one, two"


def test_an_earlier_table_opens_a_hidden_cell() -> None:
    """The new table hides the girls of one place; the earlier one had shown them with all the rest."""
    counts = np.array([[4, 90], [60, 70], [80, 50]])
    margins = Margins((Axis.nested("place", ["a", "b", "c"]), Axis.nested("sex", ["girl", "boy"])))
    new = shown("by place and sex", counts, np.arange(6), margins)
    old = Publication("boys by place, and all", *_boys_and_all(counts))
    with pytest.raises(SmallDifference):
        refuse_differences(new, [old], counts.ravel())


def _boys_and_all(counts: np.ndarray) -> tuple[object, np.ndarray]:
    cells = np.zeros((4, 6))
    cells[[0, 1, 2], [1, 3, 5]] = 1
    cells[3] = 1
    return sparse.csr_matrix(cells), np.append(counts[:, 1], counts.sum()).astype(float)


def test_corrected_counts_are_compared_pair_by_pair() -> None:
    old = shown("before the correction", BEFORE + 40, np.arange(BEFORE.size))
    refuse_differences(shown("after", BEFORE, np.arange(BEFORE.size)), [old], BEFORE.ravel())
    nearly = BEFORE.copy()
    nearly[0, 0] -= 2
    with pytest.raises(SmallDifference):
        refuse_differences(shown("after", nearly, np.arange(BEFORE.size)), [shown("before", BEFORE, np.arange(BEFORE.size))], nearly.ravel())


def test_tables_that_hide_everything_leave_everything_open() -> None:
    few = np.array([[1, 2], [0, 1]])
    refuse_differences(shown("today", few, np.arange(4)), [shown("before", few, np.arange(4))], few.ravel())
