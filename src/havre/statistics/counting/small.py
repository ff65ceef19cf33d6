"""How is a small group shown to somebody who may not open the cases behind it?

A figure that rests on fewer than the policy's number is not shown (zero reads the same). What is left of a table could give a
small number away by subtraction, so further cells are hidden by `havre.disclosure.suppress`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from havre.disclosure.suppression import suppress
from havre.statistics.counting.indicator import Kind
from havre.statistics.counting.measured import Figure, Measured, Shown


def guarded(found: Measured, least: int) -> Measured:
    """The same, with every figure hidden that rests on fewer than `least` rows, and every one that would tell it.

    One table is shown: by both breakdowns when there are two, else by one. Where a whole period rests on too few, nothing of it shows.
    """
    trend = [_alone(figure, least, found.indicator.kind) for figure in found.trend]
    if found.across:
        rows, columns, cells = _two(found, least)
    else:
        rows, columns, cells = _one(found.rows, found.now, least), {}, {}
    return replace(found, trend=trend, rows=rows, before=_one(found.before, found.previous, least), columns=columns, cells=cells)


def _alone(figure: Figure, least: int, kind: Kind) -> Figure:
    """A share says two counts: those that met it and those that did not."""
    smallest = min(figure.n, figure.met, figure.n - figure.met) if kind is Kind.SHARE else figure.n
    return Figure(shown=Shown.SMALL) if smallest < least else figure


def _hide(figure: Figure, least: int) -> Figure:
    return Figure(shown=Shown.SMALL if figure.n < least else Shown.HIDDEN)


def _counts(figures: Sequence[Sequence[Figure]]) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    return np.array([[int(figure.n) for figure in row] for row in figures], np.int64)


def _one(rows: Mapping[str, Figure], whole: Figure, least: int) -> dict[str, Figure]:
    """A table of one breakdown. A group that the table does not hold counts as empty: at least two cells are always hidden together."""
    if not rows or whole.n < least:
        return {code: _hide(figure, least) for code, figure in rows.items()}
    hidden = suppress(_counts([list(rows.values())])[0], below=least).hidden
    return {code: _hide(figure, least) if hidden[at] else figure for at, (code, figure) in enumerate(rows.items())}


def _two(found: Measured, least: int) -> tuple[dict[str, Figure], dict[str, Figure], dict[tuple[str, str], Figure]]:
    """A table of two breakdowns with its sums."""
    sides, tops = list(found.rows), list(found.columns)
    whole = [[found.cells.get((side, top), Figure()) for top in tops] for side in sides]
    if not sides or not tops or found.now.n < least:
        everything = np.ones((len(sides) + 1, len(tops) + 1), np.bool_)
    else:
        everything = suppress(_counts(whole), below=least).hidden
    rows = {side: _hide(found.rows[side], least) if everything[at, -1] else found.rows[side] for at, side in enumerate(sides)}
    columns = {top: _hide(found.columns[top], least) if everything[-1, at] else found.columns[top] for at, top in enumerate(tops)}
    cells = {(side, top): _hide(whole[y][x], least) if everything[y, x] else whole[y][x] for y, side in enumerate(sides) for x, top in enumerate(tops)}
    return rows, columns, cells
