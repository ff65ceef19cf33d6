"""Can somebody who may not open the cases work a small figure out by putting together all indicators of all quarters?"""

from dataclasses import replace

import numpy as np
import pytest

from havre.disclosure.suppression import suppress
from havre.statistics.counting.measured import Figure, Measured, Shown
from havre.statistics.counting.small import guarded
from tests.attacks.linked import LEAST, Small, attack, cases

LEFT = 3
"""How many steps of one lie at least between what is possible at most and at least."""


def hidden_table_by_table(found: Measured, least: int) -> Measured:
    """The same cells hidden as in ours, and exact numbers shown."""
    whole = Figure(shown=Shown.SMALL) if found.now.n < least else found.now
    counts = np.array([int(figure.n) for figure in found.rows.values()], np.int64)
    hidden = suppress(counts, below=least, weights=np.append(1 + np.log2(1 + counts), 1e6)).hidden if whole.told else np.ones(len(counts), bool)
    rows = {code: Figure(shown=Shown.HIDDEN) if hidden[at] else figure for at, (code, figure) in enumerate(found.rows.items())}
    return replace(found, trend=[found.previous, whole], rows=rows)


def holds(found: list[Small]) -> bool:
    return all(each.low - 1e-6 <= each.true <= each.high + 1e-6 for each in found)


def test_hiding_table_by_table_is_undone_across_indicators() -> None:
    found = attack(cases(1), hidden_table_by_table)
    assert holds(found) and len(found) > 60
    assert sum(each.known for each in found) > len(found) / 10


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rounding_on_top_leaves_nothing_worked_out(seed: int) -> None:
    found = attack(cases(seed), guarded)
    assert holds(found) and len(found) > 60
    assert min(each.high - each.low for each in found) >= LEFT
    assert np.median([min(each.high, 10 * LEAST) - each.low for each in found]) >= LEAST - 2
