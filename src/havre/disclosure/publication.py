"""How may a number be shown? Its status, its rounding, its rank among others and its share, none of which looks at the truth."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from havre.disclosure.plan import READABLE, Z
from havre.disclosure.sheet import Status, Table

if TYPE_CHECKING:
    from havre.disclosure.shrinkage.estimates import Estimates

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

FALSE = 0.05
"""A cell is shown only where the chance that it holds nobody is at most this."""


def statuses(value: Floats, low: Floats, high: Floats, nobody: Floats) -> NDArray[np.str_]:
    """The status of each cell: "too small" where it may well hold nobody (FALSE) or its interval reaches nought, else "shown" where half
    the interval is within READABLE of the count, else "uncertain"."""
    small = (nobody > FALSE) | (low <= 0) | (value <= 0)
    certain = (high - low) / 2 <= READABLE * value
    out: NDArray[np.str_] = np.where(small, Status.TOO_SMALL.value, np.where(certain, Status.SHOWN.value, Status.UNCERTAIN.value))
    return out


def threshold(estimates: Estimates, ways: int, *, suppressed: float | None = None, false: float | None = None) -> float:
    """The count from which on cells of tables by so many attributes are shown, set without the truth.

    Either so that this share of the cells that hold somebody is suppressed, or the least at which the share of cells that hold nobody
    among those shown is at most `false`: both as expected from the second world of the calibration. One of the two must be given.
    """
    counts, held = estimates.calibration.second(ways)
    order = np.argsort(counts, kind="stable")
    counts, held = counts[order], held[order]
    if suppressed is not None:
        return float(np.quantile(counts[held], min(1.0, max(0.0, suppressed))))
    if false is None:
        raise ValueError("Say which share is suppressed, or which share may be false.")
    shares = np.cumsum((~held)[::-1])[::-1] / np.arange(len(held), 0, -1)
    fine = np.flatnonzero(shares <= false)
    return float(counts[fine[0]]) if len(fine) else float("inf")


def rounded(value: float, se: float) -> int:
    """A count rounded to half its standard error: to the largest of 1, 2, 5, 10, 20, 50, … that is no more than that."""
    step = rounding_step(se)
    return floor(value / step + 0.5) * step


def rounding_step(se: float) -> int:
    """The step that `rounded` takes."""
    if not se / 2 >= 1:
        return 1
    power = 10 ** floor(log10(se / 2))
    return int(max(step * power for step in (1, 2, 5) if step * power <= se / 2))


def about(value: float, se: float, low: float, high: float) -> tuple[int, int, int]:
    """A count and its interval as a sentence tells them ("about 340, 300 to 380"): the ends are rounded outwards."""
    step = rounding_step(se)
    return rounded(value, se), max(0, floor(low / step) * step), -floor(-high / step) * step


def ranks(low: Floats, high: Floats) -> tuple[Whole, Whole]:
    """The best and the worst rank that each of several counts may have (1 is the largest): two counts are ordered only where their
    intervals do not overlap. Shapes: those of `low`."""
    flat_low, flat_high = np.sort(low.ravel()), np.sort(high.ravel())
    best = 1 + flat_low.size - np.searchsorted(flat_low, high, side="right")
    worst = flat_low.size - np.searchsorted(flat_high, low, side="left")
    return best.astype(np.int64), worst.astype(np.int64)


def shares(table: Table, axis: int | Sequence[int] | None = None, whole: Table | None = None) -> tuple[Floats, Floats, Floats]:
    """The share of each cell in the sum over `axis` (the whole table if None), with its 95 % interval, within 0 and 1.

    Delta method, for p = a / b: var p = (var a + p^2 var b - 2 p cov(a, b)) / b^2. `whole`, the table of the sums, says how well
    they are known; each cell shares in their error by its own variance: cov(a, b) = var b x var a / (sum of the var a). Without it
    the errors of cells are taken as independent. NaN where the sum is nought.
    """
    axes = tuple(axis) if isinstance(axis, Sequence) else axis
    total, variance = table.value.sum(axis=axes, keepdims=True), table.se**2
    together = variance.sum(axis=axes, keepdims=True)
    known = together if whole is None else whole.se.reshape(total.shape) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total > 0, table.value / total, np.nan)
        spread = variance + share**2 * known - 2 * share * known * np.where(together > 0, variance / together, 0.0)
        half = Z * np.sqrt(np.maximum(spread, 0.0)) / total
    return share, np.maximum(share - half, 0.0), np.minimum(share + half, 1.0)
