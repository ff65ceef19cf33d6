"""When was it, as far as anyone knows, and is this person a child?"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_ISO = re.compile(r"(~?)([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TYPED = re.compile(r"\d+(?:[\s/.\-]+\d+){0,2}")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day; `circa` when even that is about.

    Impossible dates (31 February, a day without a month) raise ValueError.
    """

    year: int
    month: int | None = None
    day: int | None = None
    circa: bool = False

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("A day needs its month.")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `2015`, `2015-03`, `2015-03-11`, each with `~` before it for about; else ValueError."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise ValueError("Not a partial date: write 2015, 2015-03 or 2015-03-11, with ~ for about.")
        circa, year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, bool(circa))

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The partial date that is known to the day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{p:02d}" for p in (self.month, self.day) if p is not None]
        return ("~" if self.circa else "") + "-".join(parts)

    def earliest(self) -> date:
        """The first day it can have been; about adds one year, month or day, as it is known."""
        month, day = self.month or 1, self.day or 1
        if not self.circa:
            return date(self.year, month, day)
        if self.day is not None:
            return _shift(date(self.year, month, day), -1)
        if self.month is not None:
            return _first_of_month(self.year, month - 1)
        return _first_of_month(self.year - 1, 1)

    def latest(self) -> date:
        """The last day it can have been."""
        month = self.month or 12
        if self.day is not None:
            return _shift(date(self.year, month, self.day), 1 if self.circa else 0)
        if not self.circa:
            return _last_of_month(self.year, month)
        return _last_of_month(self.year, month + 1) if self.month else _last_of_month(self.year + 1, 12)


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _first_of_month(year: int, month: int) -> date:
    year, month = (year - 1, 12) if month < 1 else (year, month)
    return date(year, month, 1) if year >= 1 else date.min


def _last_of_month(year: int, month: int) -> date:
    year, month = (year + 1, 1) if month > 12 else (year, month)
    return date(year, month, monthrange(year, month)[1]) if year <= 9999 else date.max


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Completed years: at least `low`, at most `high`."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError("An age range runs from a lower to a higher age, from 0.")


def age_range(
    birth: PartialDate | None, age_min: int | None, age_max: int | None, recorded_on: date, today: date
) -> AgeRange | None:
    """The ages a person can have today, in completed years; None when nothing is known.

    A birth date is preferred. Otherwise the ages recorded on `recorded_on` grow with the calendar: the lower
    by the completed years since, the higher by the nearest whole years. A missing lower age counts as 0, so
    that doubt favours the child; a missing higher age equals the lower one.
    """
    if birth is not None:
        low, high = _years(birth.latest(), today), _years(birth.earliest(), today)
        return AgeRange(max(low, 0), max(high, 0))
    if age_min is None and age_max is None:
        return None
    first = 0 if age_min is None else max(age_min, 0)
    last = first if age_max is None else max(age_max, 0)
    since = max(_years(recorded_on, today), 0)
    nearest = max(round((today - recorded_on).days / 365.2425), 0)
    first, last = min(first, last), max(first, last)
    return AgeRange(first + since if age_min is not None else first, last + max(since, nearest))


def _years(then: date, today: date) -> int:
    return today.year - then.year - ((today.month, today.day) < (then.month, then.day))


def is_child(ages: AgeRange | None, limit: int = 18) -> bool:
    """Whether to treat the person as a child: the lower age is under `limit`, or nothing is known (G34)."""
    return ages is None or ages.low < limit


def parse_typed_date(text: str) -> PartialDate:
    """Read what a person typed, day first: `3 11 2026`, `3/11/2026`, `11 2026`, `2026`; also ISO order and
    `~`.

    Digits of any script are read. ValueError carries a plain sentence.
    """
    typed = text.strip()
    circa = typed.startswith("~")
    typed = typed.removeprefix("~").strip()
    if _TYPED.fullmatch(typed) is None:
        raise ValueError("Write the date as day, month, year, for example 3 11 2026.")
    written = re.findall(r"\d+", typed)
    if len(written[0]) == 4:
        written.reverse()
    if len(written[-1]) != 4:
        raise ValueError("Write the year with four digits, for example 2026.")
    if any(len(part) > 2 for part in written[:-1]):
        raise ValueError("Write the day and the month with one or two digits.")
    numbers = [int(part) for part in reversed(written)]
    month = numbers[1] if len(numbers) > 1 else None
    day = numbers[2] if len(numbers) > 2 else None
    try:
        return PartialDate(numbers[0], month, day, circa)
    except ValueError:
        raise ValueError("This day does not exist. Check the day and the month.") from None
