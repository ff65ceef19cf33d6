"""When, as far as a partial date says?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

DAYS: Final = 365.2425
_FORM = re.compile(r"^\s*(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2}))?)?(?:[T ].*)?\s*$")


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
        return _start(self.year, self.month or 1, self.day or 1)

    @property
    def end(self) -> float:
        """Last instant it can mean, in years (fractional)."""
        return _end(self.year, self.month, self.day)

    @property
    def full(self) -> bool:
        """Whether day, month and year are known."""
        return self.day is not None


@lru_cache(maxsize=65536)
def parse_partial(text: str | None) -> PartialDate | None:
    """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYYMMDD`; None when empty or impossible."""
    found = _FORM.match(text) if text else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month == 0 or (month is not None and month > 12):
        month = day = None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        day = None
    if day == 0 or not 1 <= year <= 9998:
        day = None
    return PartialDate(year, month, day) if 1 <= year <= 9998 else None
