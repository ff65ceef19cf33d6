"""When, as far as a partial date says?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from havre.linkage.calendars import Calendar, days_of

DAYS: Final = 365.2425
GREGORIAN_FROM: Final = 1500  # an earlier year of birth or separation is one of another calendar
SOLAR_UNTIL: Final = 1412  # such a year up to this one is first read as Solar Hijri (2033), a later one as Hijri (from 1992)
READ_BETWEEN: Final = (1900.0, 2100.0)  # years of this world in which another reading must lie
_FORM = re.compile(r"^\s*(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2}))?)?(?:[T ].*)?\s*$")


def _read_as(calendar: Calendar, year: int, month: int | None, day: int | None) -> tuple[float, float] | None:
    """The days a date means in another calendar, in years (fractional); None when the calendar has no such date."""
    try:
        start, end = days_of(calendar, year, month, day)
    except ValueError:
        return None
    return start / DAYS, end / DAYS


@lru_cache(maxsize=65536)
def _foreign(year: int, month: int | None, day: int | None) -> tuple[tuple[float, float], ...]:
    """What a date before `GREGORIAN_FROM` means, the likelier calendar first."""
    order = (Calendar.SOLAR_HIJRI, Calendar.HIJRI) if year <= SOLAR_UNTIL else (Calendar.HIJRI, Calendar.SOLAR_HIJRI)
    return tuple([span for calendar in order if (span := _read_as(calendar, year, month, day))])


@lru_cache(maxsize=65536)
def _others(year: int, month: int | None, day: int | None) -> tuple[tuple[float, float], ...]:
    """Further readings of a date, those in `READ_BETWEEN`: Ethiopian for a year that looks Gregorian."""
    found = _foreign(year, month, day)[1:] if year < GREGORIAN_FROM else (_read_as(Calendar.ETHIOPIAN, year, month, day),)
    return tuple([span for span in found if span and READ_BETWEEN[0] <= span[0] <= READ_BETWEEN[1]])


@lru_cache(maxsize=65536)
def _start(year: int, month: int, day: int) -> float:
    return date(year, month, day).toordinal() / DAYS


@lru_cache(maxsize=65536)
def _end(year: int, month: int | None, day: int | None) -> float:
    if month is None:
        after = date(year + 1, 1, 1)
    elif day is None:
        after = date(year + month // 12, month % 12 + 1, 1)
    else:
        after = date(year, month, day) + timedelta(days=1)
    return after.toordinal() / DAYS


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year with, where known, month and day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def start(self) -> float:
        """First instant it can mean, in years (fractional)."""
        if self.year < GREGORIAN_FROM:
            return _foreign(self.year, self.month, self.day)[0][0]
        return _start(self.year, self.month or 1, self.day or 1)

    @property
    def end(self) -> float:
        """Last instant it can mean, in years (fractional)."""
        if self.year < GREGORIAN_FROM:
            return _foreign(self.year, self.month, self.day)[0][1]
        return _end(self.year, self.month, self.day)

    def others(self, ethiopian: bool) -> tuple[tuple[float, float], ...]:
        """First and last instants of what it means if it was written in another calendar than `start` and `end` take it for;
        the Ethiopian one only where that is likely, as its years look like Gregorian ones."""
        return _others(self.year, self.month, self.day) if ethiopian or self.year < GREGORIAN_FROM else ()

    @property
    def heaped(self) -> bool:
        """Whether it is one of the days that are written when only the year is known: 1 January or 1 July, or a new year's day."""
        return self.day == 1 and (self.month == 1 or (self.month == 7 and self.year >= GREGORIAN_FROM))

    @property
    def full(self) -> bool:
        """Whether day, month and year are known."""
        return self.day is not None


@lru_cache(maxsize=65536)
def parse_partial(text: str | None) -> PartialDate | None:
    """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYYMMDD`; None when empty or impossible. The calendar is not asked for."""
    found = _FORM.match(text) if text else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month == 0 or (month is not None and month > 12):
        month = day = None
    if not 1 <= year <= 9998:
        return None
    if day is not None and not _possible(year, month, day):
        day = None
    return PartialDate(year, month, day)


def _possible(year: int, month: int | None, day: int) -> bool:
    """Whether a calendar has the day; of those before `GREGORIAN_FROM` one of them."""
    if month is None or not 1 <= day <= 31:
        return False
    if year < GREGORIAN_FROM:
        return bool(_foreign(year, month, day))
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
