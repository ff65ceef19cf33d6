"""When can each person have been born, and can both of a pair have been born at the same time?

The rules of `evidence.birth`, on arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch import dates
from havre.linkage.batch.dates import read_otherwise
from havre.linkage.batch.texts import Encoded, nothing
from havre.linkage.dates import DAYS, GREGORIAN_FROM, PartialDate
from havre.linkage.evidence.birth import CALENDAR_DAYS, GUESS, HEAPED, ROUND, YOUTH, known_part
from havre.linkage.evidence.birth import SAME as MEETING

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS: Final = ("birth_date", "age_min", "age_max", "recorded_on")
DATE_LEVELS: Final = ("date_same", "date_heaped", "date_calendar", "date_turned", "date_slip", "date_near", "date_off", "date_apart")
LEVELS: Final = (*DATE_LEVELS, "within", "near", "off", "far", "apart", "calendar")
SAME, ON_HEAP, IN_CALENDAR, TURNED, SLIP, NEAR, OFF, APART, WITHIN, AGES_NEAR, AGES_OFF, AGES_FAR, AGES_APART, CALENDAR = range(14)
CENTURIES: Final = 300  # years from which on two years of one day are of two calendars
UNKNOWN_YEAR: Final = PartialDate(2000, 1, 1)  # when ages on both sides come without the date on which they were true


# By row, in years: when the date of birth starts and ends as far as it says something, and in the other calendar it may be written in
# (`dates.Dates`), youngest and oldest age, when the day of recording starts (NaN where unknown). `date` is YYYYMMDD of a full date,
# `year` the year of any, both in the Gregorian calendar; `written` YYYYMMDD as written; else 0. `heaped`: whether it is a day that is
# written when only the year is known. One row after the other, since pairs ask for all of a row at once.
BIRTH: Final = np.dtype([(name, np.float64) for name in ("start", "end", "other_start", "other_end", "low", "high", "recorded")]
                        + [(name, np.int32) for name in ("date", "year", "written")]
                        + [(name, np.bool_) for name in ("foreign", "ethiopian", "heaped")], align=True)  # fmt: skip


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return np.nan


def _numbers(day: PartialDate | None) -> tuple[int, int, int, bool]:
    """`date`, `year`, `written` and `heaped` of a date."""
    if day is None:
        return 0, 0, 0, False
    written = day.year * 10000 + (day.month or 0) * 100 + day.day if day.day else 0
    if day.year >= GREGORIAN_FROM:
        return written, day.year, written, day.heaped
    first = date.fromordinal(round(day.start * DAYS))
    return first.year * 10000 + first.month * 100 + first.day if written else 0, first.year, written, day.heaped


def read(columns: Mapping[str, Encoded], rows: int, ethiopian: NDArray[np.bool_]) -> NDArray[np.void]:
    """The births of each row as `BIRTH`; one age stands for both ends. `ethiopian`: `dates.signs`."""
    empty = nothing(rows)
    born, recorded = columns.get("birth_date", empty), columns.get("recorded_on", empty)
    days = dates.parsed(born)
    span = dates.read(born, [day and known_part(day) for day in days], ethiopian)
    other = dates.read(born, days, ethiopian)
    date_, year, written = np.ascontiguousarray(born.take(np.array([_numbers(day)[:3] for day in days], np.int32).reshape(-1, 3), 0).T)
    heaped = born.take(np.array([_numbers(day)[3] for day in days], np.bool_), False)
    ages = []
    for name in ("age_min", "age_max"):
        column = columns.get(name, empty)
        ages.append(column.take(np.array([_number(v) for v in column.values]), np.nan))
    out = np.zeros(rows, BIRTH)
    told = (span.start, span.end, other.other_start, other.other_end, np.fmin(*ages), np.fmax(*ages),
            dates.read(recorded, dates.parsed(recorded), ethiopian).start, date_, year, written, other.foreign, ethiopian, heaped)  # fmt: skip
    for name, values in zip(BIRTH.names or (), told, strict=True):
        out[name] = values
    return out


@nb.njit(cache=True, nogil=True)
def _span(x: Any, y: Any, unknown: Any) -> Any:
    """Earliest and latest birth in years; NaN where unknown; ages without a date borrow the other side's, and a single round age may
    be a year off."""
    if not np.isnan(x.start):
        return x.start, x.end
    low, high = x.low, x.high
    if np.isnan(low):
        return np.nan, np.nan
    at = x.recorded
    if np.isnan(at):
        at = y.recorded
    if np.isnan(at):
        if not np.isnan(y.start):
            return np.nan, np.nan
        at = unknown
    spare = HEAPED if low == high and low >= ROUND and low % ROUND == 0 else 0.0
    return at - high - 1.0 - spare, at - low + spare


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


@nb.njit(cache=True, nogil=True)
def _of_dates(x: Any, y: Any, gap: Any) -> Any:
    """Level of two full dates, neither of them heaped or both the same."""
    p, q = x.written, y.written
    if p == q:
        return ON_HEAP if x.heaped else SAME
    if abs(x.start - y.start) <= CALENDAR_DAYS and abs(p // 10000 - q // 10000) > CENTURIES:
        return IN_CALENDAR
    if _turned(p, q):
        return TURNED
    if _slip(p, q):
        return SLIP
    return NEAR if gap <= 1.0 else OFF if gap <= 4.0 else APART


@nb.njit(cache=True, nogil=True)
def _gap(start_a: Any, end_a: Any, start_b: Any, end_b: Any) -> Any:
    return max(0.0, start_a - end_b, start_b - end_a)


@nb.njit(cache=True, nogil=True)
def _by_calendar(x: Any, y: Any, start_a: Any, end_a: Any, start_b: Any, end_b: Any, level: Any) -> Any:
    """The level if one of two births that disagree was written in another calendar, else `level`."""
    there = x.ethiopian or y.ethiopian
    one, other = read_otherwise(x.foreign, x.other_start, there), read_otherwise(y.foreign, y.other_start, there)
    if x.written > 0 and y.written > 0:
        met = (one and abs(x.other_start - start_b) <= CALENDAR_DAYS) or (other and abs(start_a - y.other_start) <= CALENDAR_DAYS)
        return IN_CALENDAR if met else level
    met = one and _gap(x.other_start, x.other_end, start_b, end_b) <= MEETING
    met = met or (other and _gap(start_a, end_a, y.other_start, y.other_end) <= MEETING)
    return CALENDAR if met else level


@nb.njit(cache=True, nogil=True, parallel=True)
def _levels(a: Any, b: Any, left: Any, right: Any, unknown: Any) -> Any:
    out = np.full(len(a), -1, np.int8)
    width = np.zeros(len(a), np.float32)
    for k in nb.prange(len(a)):
        x, y = left[a[k]], right[b[k]]
        start_a, end_a = _span(x, y, unknown)
        start_b, end_b = _span(y, x, unknown)
        if np.isnan(start_a) or np.isnan(start_b):
            continue
        gap = _gap(start_a, end_a, start_b, end_b)
        p, q = x.written, y.written
        if p > 0 and q > 0 and (p == q or not (x.heaped or y.heaped)):
            level = _of_dates(x, y, gap)
        elif gap <= MEETING:
            level = WITHIN
            width[k] = min(1.0, (end_a - start_a + end_b - start_b + 2 * GUESS) / YOUTH)
        else:
            level = AGES_NEAR if gap <= 1.0 else AGES_OFF if gap <= 2.0 else AGES_FAR if gap <= 4.0 else AGES_APART
        if level in (OFF, APART, AGES_OFF, AGES_FAR, AGES_APART):
            level = _by_calendar(x, y, start_a, end_a, start_b, end_b, level)
        out[k] = level
    return out, width


def levels(left: NDArray[np.void], right: NDArray[np.void], a: NDArray[np.int32], b: NDArray[np.int32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Level of each pair of rows (index into `LEVELS`, -1 unknown), and for `within` the share of unrelated people whose births
    would overlap as well (by the widths of the two intervals), else 0. Shape of each: (len(a),)."""
    found: tuple[NDArray[np.int8], NDArray[np.float32]] = _levels(a, b, left, right, UNKNOWN_YEAR.start)
    return found
