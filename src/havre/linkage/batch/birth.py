"""When can each person have been born, and can both of a pair have been born at the same time?

The rules of `evidence.birth`, on arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.batch.texts import Encoded, nothing
from havre.linkage.dates import PartialDate, parse_partial
from havre.linkage.evidence.birth import GUESS, YOUTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS: Final = ("birth_date", "age_min", "age_max", "recorded_on")
DATE_LEVELS: Final = ("date_same", "date_turned", "date_slip", "date_near", "date_off", "date_apart")
LEVELS: Final = (*DATE_LEVELS, "within", "near", "off", "far", "apart")
SAME, TURNED, SLIP, NEAR, OFF, APART, WITHIN = range(7)
UNKNOWN_YEAR: Final = PartialDate(2000, 1, 1)  # when ages on both sides come without the date on which they were true


class Births(NamedTuple):
    """By row, in years: when the date of birth starts and ends, youngest and oldest age, when the day of recording starts and ends
    (NaN where unknown); `date` is YYYYMMDD of a full date, else 0; `year` the year written, else 0."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    recorded: NDArray[np.float64]
    recorded_end: NDArray[np.float64]
    date: NDArray[np.int32]
    year: NDArray[np.int32]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def _dates(column: Encoded) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Start and end of each row's date in years; YYYYMMDD of full dates and the year."""
    spans = np.full((len(column.values), 2), np.nan)
    numbers = np.zeros((len(column.values), 2), np.int32)
    for i, value in enumerate(column.values):
        date = parse_partial(value)
        if date is not None:
            spans[i] = date.start, date.end
            numbers[i] = date.year * 10000 + (date.month or 0) * 100 + date.day if date.day else 0, date.year
    return column.take(spans, np.nan), column.take(numbers, 0)


def read(columns: Mapping[str, Encoded], rows: int) -> Births:
    """The births of each row; one age stands for both ends."""
    empty = nothing(rows)
    span, numbers = _dates(columns.get("birth_date", empty))
    recorded, _ = _dates(columns.get("recorded_on", empty))
    ages = []
    for name in ("age_min", "age_max"):
        column = columns.get(name, empty)
        ages.append(column.take(np.array([_number(v) for v in column.values]), np.nan))
    low, high = np.fmin(*ages), np.fmax(*ages)
    return Births(span[:, 0].copy(), span[:, 1].copy(), low, high, recorded[:, 0].copy(), recorded[:, 1].copy(),
                  numbers[:, 0].copy(), numbers[:, 1].copy())  # fmt: skip


@nb.njit(cache=True, nogil=True)
def _span(x: Any, i: Any, y: Any, j: Any, unknown: Any, unknown_end: Any) -> Any:
    """Earliest and latest birth in years; NaN where unknown; ages without a date borrow the other side's."""
    if not np.isnan(x.start[i]):
        return x.start[i], x.end[i]
    if np.isnan(x.low[i]):
        return np.nan, np.nan
    at, at_end = x.recorded[i], x.recorded_end[i]
    if np.isnan(at):
        at, at_end = y.recorded[j], y.recorded_end[j]
    if np.isnan(at):
        if not np.isnan(y.start[j]):
            return np.nan, np.nan
        at, at_end = unknown, unknown_end
    return at - x.high[i] - 1.0, at_end - x.low[i]


@nb.njit(cache=True, nogil=True)
def _slip(p: Any, q: Any) -> Any:
    """Whether two dates YYYYMMDD differ in one digit, by two neighbouring digits exchanged, or by up to two years alone."""
    if p % 10000 == q % 10000 and abs(p // 10000 - q // 10000) <= 2:
        return True
    wrong, first, second, place = 0, 0, 0, 1
    x, y = p, q
    for k in range(8):
        if x % 10 != y % 10:
            wrong += 1
            if wrong == 1:
                first = k
            else:
                second = k
        x //= 10
        y //= 10
        place *= 10
    if wrong == 1:
        return True
    if wrong != 2 or second != first + 1:
        return False
    low = 10**first
    return (p // low) % 10 == (q // (low * 10)) % 10 and (q // low) % 10 == (p // (low * 10)) % 10


@nb.njit(cache=True, nogil=True)
def _turned(p: Any, q: Any) -> Any:
    return p // 10000 == q // 10000 and (p // 100) % 100 == q % 100 and p % 100 == (q // 100) % 100


@nb.njit(cache=True, nogil=True, parallel=True)
def _levels(a: Any, b: Any, left: Any, right: Any, unknown: Any, unknown_end: Any) -> Any:
    out = np.full(len(a), -1, np.int8)
    width = np.zeros(len(a), np.float32)
    for k in nb.prange(len(a)):
        i, j = a[k], b[k]
        start_a, end_a = _span(left, i, right, j, unknown, unknown_end)
        start_b, end_b = _span(right, j, left, i, unknown, unknown_end)
        if np.isnan(start_a) or np.isnan(start_b):
            continue
        gap = max(0.0, start_a - end_b, start_b - end_a)
        p, q = left.date[i], right.date[j]
        if p > 0 and q > 0:
            if p == q:
                out[k] = SAME
            elif _turned(p, q):
                out[k] = TURNED
            elif _slip(p, q):
                out[k] = SLIP
            else:
                out[k] = NEAR if gap <= 1.0 else OFF if gap <= 4.0 else APART
        elif gap <= 0.02:
            out[k] = WITHIN
            width[k] = min(1.0, (end_a - start_a + end_b - start_b + 2 * GUESS) / YOUTH)
        else:
            out[k] = WITHIN + (1 if gap <= 1.0 else 2 if gap <= 2.0 else 3 if gap <= 4.0 else 4)
    return out, width


def levels(left: Births, right: Births, a: NDArray[np.int32], b: NDArray[np.int32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Level of each pair of rows (index into `LEVELS`, -1 unknown), and for `within` the share of unrelated people whose births
    would overlap as well (by the widths of the two intervals), else 0. Shape of each: (len(a),)."""
    found: tuple[NDArray[np.int8], NDArray[np.float32]] = _levels(a, b, left, right, UNKNOWN_YEAR.start, UNKNOWN_YEAR.end)
    return found
