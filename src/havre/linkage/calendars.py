"""Which day is a date of another calendar?

Days are counted as `datetime.date.toordinal` does. Formulas after Reingold and Dershowitz, Calendrical Calculations:
Ethiopian by leap years every fourth year, Hijri by the tabular (civil) 30-year cycle, Solar Hijri by the 33-year cycle that
agrees with the observed equinox from 1178 to 1633. Observed Hijri months may begin a day or two off the table.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

_ETHIOPIAN_START: Final = 2796  # 29 August 8, Julian
_HIJRI_START: Final = 227015  # 16 July 622, Julian
_SOLAR_START: Final = 226894  # so that the years of this cycle meet those observed: 1 Farvardin 1395 was 20 March 2016


class Calendar(StrEnum):
    """Calendars in which dates of registers are found besides the Gregorian."""

    ETHIOPIAN = "ethiopian"
    HIJRI = "hijri"
    SOLAR_HIJRI = "solar_hijri"


# Calendar -> (months, days of a month at most).
_SIZES: Final = {Calendar.ETHIOPIAN: (13, 30), Calendar.HIJRI: (12, 30), Calendar.SOLAR_HIJRI: (12, 31)}


def day_of(calendar: Calendar, year: int, month: int = 1, day: int = 1) -> int:
    """The ordinal of a date. Raises ValueError for a month or day that no year of the calendar has."""
    months, days = _SIZES[calendar]
    if not (year >= 1 and 1 <= month <= months and 1 <= day <= days):
        raise ValueError(f"No date of the {calendar} calendar: {year}-{month}-{day}")
    if calendar is Calendar.ETHIOPIAN:
        return _ETHIOPIAN_START + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1
    if calendar is Calendar.HIJRI:
        return _HIJRI_START + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + (6 * month - 1) // 11 + day - 1
    before = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    return _SOLAR_START + 365 * (year - 1) + (8 * year + 21) // 33 + before + day


def days_of(calendar: Calendar, year: int, month: int | None = None, day: int | None = None) -> tuple[int, int]:
    """First ordinal of a date as far as it is known, and the one after its last. Raises ValueError as `day_of`."""
    if month is None:
        return day_of(calendar, year), day_of(calendar, year + 1)
    if day is not None:
        start = day_of(calendar, year, month, day)
        return start, start + 1
    last = month == _SIZES[calendar][0]
    return day_of(calendar, year, month), day_of(calendar, year + 1) if last else day_of(calendar, year, month + 1)
