"""Do many tables together tell who is in the data, or what a child answered?"""

from math import sqrt

import numpy as np
import pytest
from scipy.stats import norm

from havre.disclosure.audit.attacks import Comparison, by_tables, rebuilt
from tests.attacks.world import CERTAIN, SECRET, planned, sheet_of, tables, tables_of, world

M, N, REFERENCE, UNRELATED = world().members, world().non_members, world().reference, world().unrelated
FEW = 400  # in so small a group exact tables give nearly everything away
GROUPS = [slice(start, start + FEW) for start in range(0, len(M), FEW)]


def test_membership_shows_in_exact_tables_of_few() -> None:
    found = by_tables(M[:FEW], N[:FEW], tables(M[:FEW], 3), REFERENCE)
    assert found.interval(CERTAIN)[0] > 0.2


def test_membership_does_not_show_in_tables_of_others() -> None:
    found = by_tables(M, N, tables(UNRELATED, 3), REFERENCE)
    assert abs(found.difference) <= 0.02 and found.gives_nothing(CERTAIN)


def test_membership_in_sheets_stays_within_what_is_promised() -> None:
    """A budget is not nothing: at epsilon = 1 success on members less success on others is at most 2 Phi(mu / 2) - 1, here .094, for
    whatever attacker (Dong, Roth and Su 2022). Groups of few, thousands of targets and a reference sample come near it, and not past it."""
    promised = 2 * norm.cdf(sqrt(2 * float(planned().rho)) / 2) - 1
    told = pooled([by_tables(M[g], N[g], tables_of(sheet_of(M[g])), REFERENCE) for g in GROUPS])
    exact = pooled([by_tables(M[g], N[g], tables(M[g]), REFERENCE) for g in GROUPS])
    assert told.interval(CERTAIN)[0] <= promised < exact.interval(CERTAIN)[0]


def pooled(found: list[Comparison]) -> Comparison:
    """Groups taken together."""
    return Comparison(sum(f.members for f in found), sum(f.non_members for f in found), sum(f.each for f in found))


def with_secret(told: dict[tuple[int, ...], np.ndarray]) -> dict[tuple[int, ...], np.ndarray]:
    return {columns: table for columns, table in told.items() if columns[-1] == SECRET}


def test_answers_are_rebuilt_from_exact_tables() -> None:
    found = pooled([rebuilt(M[g], N[g], with_secret(tables(M[g], 3)), SECRET) for g in GROUPS[:2]])
    assert found.members / found.each > 0.99 and found.interval(CERTAIN)[0] > 0.15


def test_answers_are_not_rebuilt_from_tables_of_others() -> None:
    found = pooled([rebuilt(M[g], N[g], with_secret(tables(UNRELATED[g], 3)), SECRET) for g in GROUPS])
    assert abs(found.difference) <= 0.02 and found.gives_nothing(CERTAIN)


def test_answers_are_not_rebuilt_from_sheets() -> None:
    found = pooled([rebuilt(M[g], N[g], with_secret(tables_of(sheet_of(M[g], 3), 3)), SECRET) for g in GROUPS[:2]])
    assert found.gives_nothing(CERTAIN)
    assert found.members / found.each < 0.8


def test_attacks_are_not_judged_on_what_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="as many"):
        by_tables(M[:10], N[:9], tables(M), REFERENCE)
    with pytest.raises(ValueError, match="last axis"):
        rebuilt(M[:10], N[:10], tables(M), SECRET)
