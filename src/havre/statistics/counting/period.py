"""Which days does a number cover, and with which days before is it compared? Pure.

A period is written as a code: `30d` (the last thirty days, today included), `2026-10` (a month), `2026-q3` (a quarter), `2026`
(a year) or `2026-01-05_2026-02-10` (two days, both included).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LAST_DAYS: Final = (30, 90, 365)
LONGEST: Final = 3660
EARLIEST: Final = date(2000, 1, 1)
_MONTH, _QUARTER, _YEAR = re.compile(r"([0-9]{4})-([0-9][0-9])"), re.compile(r"([0-9]{4})-q([1-4])"), re.compile(r"([0-9]{4})")
_DAYS, _BETWEEN = re.compile(r"([0-9]{1,4})d"), re.compile(r"([0-9]{4}-[0-9][0-9]-[0-9][0-9])_([0-9]{4}-[0-9][0-9]-[0-9][0-9])")
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included. `kind`: days, month, quarter or year."""

    first: date
    last: date
    kind: str = "days"

    @property
    def code(self) -> str:
        """The period in its written form, with its own days."""
        if self.kind == "year":
            return f"{self.first.year}"
        if self.kind == "quarter":
            return f"{self.first.year}-q{self.first.month // 3 + 1}"
        return f"{self.first:%Y-%m}" if self.kind == "month" else f"{self.first}_{self.last}"

    def previous(self) -> "Period":
        """The period of the same kind (or of as many days) directly before."""
        last = self.first - timedelta(days=1)
        if self.kind in _MONTHS:
            return _calendar(self.kind, last)
        return Period(last - (self.last - self.first), last)

    def back(self, count: int) -> tuple["Period", ...]:
        """`count` periods that follow one another, oldest first; the last one is this."""
        found = [self]
        while len(found) < count:
            found.append(found[-1].previous())
        return tuple(reversed(found))


def _calendar(kind: str, day: date) -> Period:
    """The month, quarter or year in which a day lies."""
    months = _MONTHS[kind]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = start.year * 12 + start.month - 1 + months
    return Period(start, date(after // 12, after % 12 + 1, 1) - timedelta(days=1), kind)


def read_period(code: str, today: date) -> Period:
    """The period of a code. ValueError for anything else: a day that is none, an end before its start, over ten years, before 2000."""
    found = _read(code, today)
    if found is None or found.first < EARLIEST:
        raise ValueError(code)
    return found


def _read(code: str, today: date) -> Period | None:
    if found := _DAYS.fullmatch(code):
        days = int(found[1])
        if 1 <= days <= LONGEST:
            return Period(today - timedelta(days=days - 1), today)
    elif found := _MONTH.fullmatch(code):
        return _calendar("month", date(int(found[1]), int(found[2]), 1))
    elif found := _QUARTER.fullmatch(code):
        return _calendar("quarter", date(int(found[1]), int(found[2]) * 3, 1))
    elif found := _YEAR.fullmatch(code):
        return _calendar("year", date(int(found[1]), 1, 1))
    elif found := _BETWEEN.fullmatch(code):
        first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
        if first <= last <= first + timedelta(days=LONGEST):
            return Period(first, last)
    return None


def offered(today: date) -> tuple[tuple[str, Period], ...]:
    """The periods that a page offers: code and period. The last days, then whole months, quarters and years that are over."""
    days = [(f"{n}d", read_period(f"{n}d", today)) for n in LAST_DAYS]
    whole: list[Period] = []
    for kind, count in (("month", 6), ("quarter", 4), ("year", 2)):
        here = _calendar(kind, today)
        whole += [p for p in reversed(here.back(count + 1)) if p.last < today]
    return (*days, *((p.code, p) for p in whole))
