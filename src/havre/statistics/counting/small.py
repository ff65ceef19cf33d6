"""How is a figure shown to somebody who may not open the cases behind it?

Three things together, since none of them is enough alone (ADR 12). A figure that rests on fewer than the policy's number is not shown
(zero reads the same). What is left of a table could give a small number away by subtraction, so further cells are hidden by
`havre.disclosure.suppress`; all hidden cells look alike: to say which are small would let a reader work some of them out. And what is
shown is rounded: numbers hang together across indicators (open then, plus opened, less closed, is open now; children alone are part of
those registered), so that exact ones are an equation for what each table hides by itself.
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
SHARES_TO: Final = 5
"""To how many in a hundred a share is told."""


def guarded(found: Measured, least: int) -> Measured:
    """The same, with every figure hidden that rests on fewer than `least` rows, and every one that would tell it; the rest is rounded.

    For one breakdown of a count: `reading` refuses others. Where a whole period rests on too few, nothing of it shows.
    """
    kind = found.indicator.kind
    trend = [_alone(figure, least, kind) for figure in found.trend]
    return replace(found, trend=trend, rows=_table(found.rows, found.now, least, kind), before=_table(found.before, found.previous, least, kind))


def step(least: int) -> int:
    """To which multiple counts are rounded: 10 where fewer than 11 are not shown."""
    return max(2, least - 1)


def nearest(number: float, base: int) -> int:
    """The nearest multiple, the upper one from the middle: whoever reads 40 to the nearest 10 knows 35 to 44."""
    return int((number + base / 2) // base) * base


def _rounded(figure: Figure, least: int, kind: Kind) -> Figure:
    """The figure near the true one. A share is told to five in a hundred of a rounded number, other quotients to what a page shows."""
    n, value = nearest(figure.n, step(least)), figure.value(kind)
    met, total = 0.0, 0.0
    if value is not None and kind is Kind.SHARE:
        met = nearest(value, SHARES_TO) * n / 100
    elif value is not None and kind in (Kind.MEAN, Kind.RATE):
        total = round(value, 1) * n / (100 if kind is Kind.RATE else 1)
    middle, ninth = (None if point is None else round(point, 1) for point in (figure.middle, figure.ninth))
    return Figure(n, met, total, middle, ninth, Shown.ROUNDED)


def _alone(figure: Figure, least: int, kind: Kind) -> Figure:
    """A share says two counts: those that met it and those that did not."""
    smallest = min(figure.n, figure.met, figure.n - figure.met) if kind is Kind.SHARE else figure.n
    return Figure(shown=Shown.SMALL) if smallest < least else _rounded(figure, least, kind)


def _table(rows: Mapping[str, Figure], whole: Figure, least: int, kind: Kind) -> dict[str, Figure]:
    """A table of one breakdown beside its total, which is shown: hiding every cell protects them all where the total is `least` or more."""
    if not rows or whole.n < least:
        return dict.fromkeys(rows, Figure(shown=Shown.HIDDEN))
    counts = np.array([int(figure.n) for figure in rows.values()], np.int64)
    weights = np.append(1 + np.log2(1 + counts), TOTAL_STAYS)
    hidden = suppress(counts, below=least, weights=weights).hidden
    return {code: Figure(shown=Shown.HIDDEN) if hidden[at] else _rounded(figure, least, kind) for at, (code, figure) in enumerate(rows.items())}
