"""Can both have been born at the same time?

Full dates are compared as dates (exchanged day and month, one slip of the pen); everything else as intervals of
possible birth, so that an age given last year and a year of birth given today meet. Wide intervals that overlap
say little, narrow ones much. What people write when they do not know counts as little as it says: 1 January and 1 July
stand for their year, ages of 5, 10 and 15 for a year more or less. Dates that disagree are read in other calendars too.
"""

from __future__ import annotations

from typing import Final

from havre.linkage.dates import DAYS, PartialDate
from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.prepared import Prepared

YOUTH = 18.0  # spread of birth years among registered children, in years
NEARS = ((1.0, "near"), (2.0, "off"), (4.0, "far"))
DATE_NEARS = ((1.0, "date_near"), (4.0, "date_off"))
GUESS = 0.5  # years by which even a stated age range is usually uncertain
ROUND: Final = 5.0  # ages heap at multiples of this
HEAPED: Final = 1.0  # years by which a single round age is uncertain, more than another
SAME: Final = 0.02  # years within which two intervals meet
CALENDAR_DAYS: Final = 1.5 / DAYS  # how far a table may be from an observed calendar, in years
APART: Final = frozenset({"off", "far", "apart", "date_off", "date_apart"})

Span = tuple[float, float]


def known_part(date: PartialDate) -> PartialDate:
    """A date as far as it says something: of a heaped one the year alone."""
    return PartialDate(date.year) if date.heaped else date


def interval(person: Prepared, other: Prepared) -> Span | None:
    """Earliest and latest birth in years; ages without a recording date borrow the other side's."""
    if person.birth is not None:
        known = known_part(person.birth)
        return known.start, known.end
    low, high = person.source.age_min, person.source.age_max
    if low is None and high is None:
        return None
    low, high = (low if low is not None else high), (high if high is not None else low)
    assert low is not None and high is not None
    at = person.recorded or other.recorded
    if at is None:
        if other.birth is not None:
            return None
        at = PartialDate(2000, 1, 1)
    start, spare = at.start, HEAPED if low == high and low >= ROUND and low % ROUND == 0 else 0.0
    return start - max(low, high) - 1.0 - spare, start - min(low, high) + spare


def _shown(person: Prepared) -> str:
    if person.source.birth_date:
        return person.source.birth_date
    ages = [f"{age:g}" for age in (person.source.age_min, person.source.age_max) if age is not None]
    return "-".join(dict.fromkeys(ages))


def _slips(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True))


def _dates(a: PartialDate, b: PartialDate) -> str | None:
    """Level of two full dates; None when they are not a slip apart."""
    assert a.month and a.day and b.month and b.day
    if a == b:
        return "date_heaped" if a.heaped else "date_same"
    if abs(a.start - b.start) <= CALENDAR_DAYS and (a.year < b.year - 300 or b.year < a.year - 300):
        return "date_calendar"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "date_turned"
    text_a, text_b = (f"{d.year:04}{d.month:02}{d.day:02}" for d in (a, b))
    if _slips(text_a, text_b) == 1:
        return "date_slip"
    if (a.month, a.day) == (b.month, b.day) and abs(a.year - b.year) <= 2:
        return "date_slip"
    if sorted(text_a) != sorted(text_b):
        return None
    turned = any(text_a[:i] + text_a[i + 1] + text_a[i] + text_a[i + 2 :] == text_b for i in range(7))
    return "date_slip" if turned else None


def _gap(a: Span, b: Span) -> float:
    return max(0.0, a[0] - b[1], b[0] - a[1])


def _by_calendar(left: Prepared, right: Prepared, ia: Span, ib: Span) -> str | None:
    """The level if one of two births that disagree was written in another calendar; None when that does not help."""
    x, y = left.birth, right.birth
    there = left.ethiopian or right.ethiopian
    pairs = [(span, ib) for span in (x.others(there) if x else ())] + [(ia, span) for span in (y.others(there) if y else ())]
    if x and y and x.full and y.full:
        return "date_calendar" if any(abs(a[0] - b[0]) <= CALENDAR_DAYS for a, b in pairs) else None
    return "calendar" if any(_gap(a, b) <= SAME for a, b in pairs) else None


def birth_level(left: Prepared, right: Prepared) -> Level:
    """Agreement on date of birth or age."""
    ia, ib = interval(left, right), interval(right, left)
    if ia is None or ib is None:
        return NOTHING
    gap = _gap(ia, ib)
    x, y = left.birth, right.birth
    if x is not None and y is not None and x.full and y.full and (x == y or not (x.heaped or y.heaped)):
        level = _dates(x, y) or next((name for limit, name in DATE_NEARS if gap <= limit), "date_apart")
    elif gap <= SAME:
        return "within", min(1.0, (ia[1] - ia[0] + ib[1] - ib[0] + 2 * GUESS) / YOUTH), None
    else:
        level = next((name for limit, name in NEARS if gap <= limit), "apart")
    if level in APART and (x or y):
        level = _by_calendar(left, right, ia, ib) or level
    return level, None, None


def birth(left: Prepared, right: Prepared) -> Seen:
    """Agreement on date of birth or age, as written, with the years between."""
    level, ia, ib = birth_level(left, right), interval(left, right), interval(right, left)
    apart = round(abs(sum(ia) - sum(ib)) / 2, 1) if ia and ib else None
    return seen("birth", level, _shown(left), _shown(right), () if apart is None else (("years", apart),))
