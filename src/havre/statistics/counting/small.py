"""How is a small group shown to somebody who may not open the cases behind it?

A figure that rests on fewer than the policy's number is not shown (zero reads the same). What is left of a table could give a
small number away by subtraction, so further cells are hidden by `havre.disclosure.suppress`. All hidden cells of a table look
alike: to say which are small would let a reader work some of them out (ADR 12).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from havre.disclosure.suppression import suppress
from havre.statistics.counting.indicator import Kind
from havre.statistics.counting.measured import Figure, Measured, Shown

TOTAL_STAYS: Final = 1e6
"""What hiding the total would cost, against about ten for a cell."""


def guarded(found: Measured, least: int) -> Measured:
    """The same, with every figure hidden that rests on fewer than `least` rows, and every one that would tell it.

    For one breakdown of a count: `reading` refuses others. Where a whole period rests on too few, nothing of it shows.
    """
    trend = [_alone(figure, least, found.indicator.kind) for figure in found.trend]
    return replace(found, trend=trend, rows=_table(found.rows, found.now, least), before=_table(found.before, found.previous, least))


def _alone(figure: Figure, least: int, kind: Kind) -> Figure:
    """A share says two counts: those that met it and those that did not."""
    smallest = min(figure.n, figure.met, figure.n - figure.met) if kind is Kind.SHARE else figure.n
    return Figure(shown=Shown.SMALL) if smallest < least else figure


def _table(rows: Mapping[str, Figure], whole: Figure, least: int) -> dict[str, Figure]:
    """A table of one breakdown beside its total, which is shown: hiding every cell protects them all where the total is `least` or more."""
    if not rows or whole.n < least:
        return dict.fromkeys(rows, Figure(shown=Shown.HIDDEN))
    counts = np.array([int(figure.n) for figure in rows.values()], np.int64)
    weights = np.append(1 + np.log2(1 + counts), TOTAL_STAYS)
    hidden = suppress(counts, below=least, weights=weights).hidden
    return {code: Figure(shown=Shown.HIDDEN) if hidden[at] else figure for at, (code, figure) in enumerate(rows.items())}
