"""Compiled: can both have been born, and have lost their families, at the same time? The rules of `evidence.birth` and `evidence.separation`, on numbers."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

from havre.linkage.dates import DAYS, GREGORIAN_FROM, PartialDate
from havre.linkage.evidence.birth import CALENDAR_DAYS, GUESS, HEAPED, ROUND, SAME, YOUTH
from havre.linkage.evidence.compiled.form import AGE_UNIT, AGES, BIRTH, ETHIOPIAN, RECORDED, SEPARATED
from havre.linkage.evidence.compiled.names import MISSING
from havre.linkage.evidence.separation import LIMITS

(WITHIN, NEAR, OFF, FAR, APART, CALENDAR, DATE_SAME, DATE_HEAPED, DATE_CALENDAR, DATE_TURNED, DATE_SLIP, DATE_NEAR, DATE_OFF,
 DATE_APART) = range(14)  # fmt: skip
LOST_APART, SAME_YEAR, SAME_MONTH, SAME_DAYS = range(4)
(DAYS_LIMIT, _), (MONTH_LIMIT, _), (YEAR_LIMIT, _) = LIMITS
UNDATED = PartialDate(2000, 1, 1).start  # when ages on both sides come without the date on which they were true
START, KNOWN, OTHERS = 3, 5, 7  # of a date: where its first and last days stand, those of what it is taken to say, and of other readings
NO_DATE = -1.0


@nb.njit(cache=True, nogil=True)
def _heaped(f: Any, at: int) -> Any:
    return f[at + 2] == 1 and (f[at + 1] == 1 or (f[at + 1] == 7 and f[at] >= GREGORIAN_FROM))


@nb.njit(cache=True, nogil=True)
def _recorded(f: Any) -> Any:
    return f[f[RECORDED]] / DAYS if f[RECORDED] < f[RECORDED + 1] else NO_DATE


@nb.njit(cache=True, nogil=True)
def interval(f: Any, g: Any) -> Any:
    """Whether it is known, and the earliest and latest birth in years (`birth.interval`)."""
    if f[BIRTH] < f[BIRTH + 1]:
        return True, f[f[BIRTH] + KNOWN] / DAYS, f[f[BIRTH] + KNOWN + 1] / DAYS
    if f[AGES] == f[AGES + 1]:
        return False, 0.0, 0.0
    low, high = f[f[AGES]], f[f[AGES] + 1]
    a, b = ((low if low else high) - 1) / AGE_UNIT, ((high if high else low) - 1) / AGE_UNIT
    start = _recorded(f)
    if start == NO_DATE:
        start = _recorded(g)
    if start == NO_DATE:
        if g[BIRTH] < g[BIRTH + 1]:
            return False, 0.0, 0.0
        start = UNDATED
    spare = HEAPED if a == b and a >= ROUND and a % ROUND == 0 else 0.0
    return True, start - max(a, b) - 1.0 - spare, start - min(a, b) + spare


@nb.njit(cache=True, nogil=True)
def _digits(f: Any, at: int) -> Any:
    """Year, month and day in eight digits."""
    out, rest = np.empty(8, np.int64), f[at] * 10000 + f[at + 1] * 100 + f[at + 2]
    for k in range(7, -1, -1):
        out[k] = rest % 10
        rest //= 10
    return out


@nb.njit(cache=True, nogil=True)
def _slip(f: Any, x: int, g: Any, y: int) -> Any:
    """Whether two full dates that differ are a slip of the pen apart."""
    a, b = _digits(f, x), _digits(g, y)
    slips, start, end = 0, -1, -1
    for k in range(8):
        if a[k] != b[k]:
            slips += 1
            start, end = (k if start < 0 else start), k
    if slips == 1 or (f[x + 1] == g[y + 1] and f[x + 2] == g[y + 2] and abs(f[x] - g[y]) <= 2):
        return True
    return slips == 2 and end == start + 1 and a[start] == b[end] and a[end] == b[start]


@nb.njit(cache=True, nogil=True)
def _dates(f: Any, x: int, g: Any, y: int, gap: float) -> Any:
    """Level of two full dates."""
    if f[x] == g[y] and f[x + 1] == g[y + 1] and f[x + 2] == g[y + 2]:
        return DATE_HEAPED if _heaped(f, x) else DATE_SAME
    apart = abs(f[x + START] / DAYS - g[y + START] / DAYS)
    if apart <= CALENDAR_DAYS and (f[x] < g[y] - 300 or g[y] < f[x] - 300):
        return DATE_CALENDAR
    if f[x] == g[y] and f[x + 1] == g[y + 2] and f[x + 2] == g[y + 1]:
        return DATE_TURNED
    if _slip(f, x, g, y):
        return DATE_SLIP
    return DATE_NEAR if gap <= 1.0 else DATE_OFF if gap <= 4.0 else DATE_APART


@nb.njit(cache=True, nogil=True)
def _others(f: Any, section: int, there: Any) -> Any:
    """Where other readings of a date start, and where they end."""
    start, end = f[section] + OTHERS, f[section + 1]
    return (start, end) if end > f[section] and (there or f[f[section]] < GREGORIAN_FROM) else (start, start)


@nb.njit(cache=True, nogil=True)
def _gap(a: float, b: float, c: float, d: float) -> Any:
    return max(0.0, a - d, c - b)


@nb.njit(cache=True, nogil=True)
def _by_calendar(f: Any, one: Any, g: Any, two: Any, full: Any) -> Any:
    """Whether one of two births that disagree was written in another calendar."""
    there = f[ETHIOPIAN] != 0 or g[ETHIOPIAN] != 0
    at, end = _others(f, BIRTH, there)
    while at < end:
        a, b = f[at] / DAYS, f[at + 1] / DAYS
        if (abs(a - two[1]) <= CALENDAR_DAYS) if full else (_gap(a, b, two[1], two[2]) <= SAME):
            return True
        at += 2
    at, end = _others(g, BIRTH, there)
    while at < end:
        a, b = g[at] / DAYS, g[at + 1] / DAYS
        if (abs(one[1] - a) <= CALENDAR_DAYS) if full else (_gap(one[1], one[2], a, b) <= SAME):
            return True
        at += 2
    return False


@nb.njit(cache=True, nogil=True)
def birth(f: Any, g: Any) -> Any:
    """Level of date of birth or age, and how usual an overlap of intervals is (below 0 where the level alone decides)."""
    one, two = interval(f, g), interval(g, f)
    if not (one[0] and two[0]):
        return MISSING, -1.0
    gap, x, y = _gap(one[1], one[2], two[1], two[2]), f[BIRTH], g[BIRTH]
    dated, other = x < f[BIRTH + 1], y < g[BIRTH + 1]
    full = dated and other and f[x + 2] > 0 and g[y + 2] > 0
    same = full and f[x] == g[y] and f[x + 1] == g[y + 1] and f[x + 2] == g[y + 2]
    if full and (same or not (_heaped(f, x) or _heaped(g, y))):
        level = _dates(f, x, g, y, gap)
    elif gap <= SAME:
        return WITHIN, min(1.0, (one[2] - one[1] + two[2] - two[1] + 2 * GUESS) / YOUTH)
    else:
        level = NEAR if gap <= 1.0 else OFF if gap <= 2.0 else FAR if gap <= 4.0 else APART
    if level in (OFF, FAR, APART, DATE_OFF, DATE_APART) and (dated or other) and _by_calendar(f, one, g, two, full):
        level = DATE_CALENDAR if full else CALENDAR
    return level, -1.0


@nb.njit(cache=True, nogil=True)
def _reach(a: float, b: float, c: float, d: float) -> Any:
    gap, width = _gap(a, b, c, d), max(b - a, d - c)
    return max(gap, 0.0 if width < 0.02 else 0.05 if width < 0.1 else 0.5)


@nb.njit(cache=True, nogil=True)
def separation_date(f: Any, g: Any) -> Any:
    """Level of the two dates of separation, in whichever calendar brings them closest."""
    x, y = f[SEPARATED], g[SEPARATED]
    if x == f[SEPARATED + 1] or y == g[SEPARATED + 1]:
        return MISSING
    there = f[ETHIOPIAN] != 0 or g[ETHIOPIAN] != 0
    a, b, c, d = f[x + START] / DAYS, f[x + START + 1] / DAYS, g[y + START] / DAYS, g[y + START + 1] / DAYS
    written = _reach(a, b, c, d)
    nearest = written
    at, end = _others(f, SEPARATED, there)
    while at < end:
        nearest = min(nearest, _reach(f[at] / DAYS, f[at + 1] / DAYS, c, d))
        at += 2
    at, end = _others(g, SEPARATED, there)
    while at < end:
        nearest = min(nearest, _reach(a, b, g[at] / DAYS, g[at + 1] / DAYS))
        at += 2
    reach = nearest if nearest <= DAYS_LIMIT else written
    return SAME_DAYS if reach <= DAYS_LIMIT else SAME_MONTH if reach <= MONTH_LIMIT else SAME_YEAR if reach <= YEAR_LIMIT else LOST_APART
