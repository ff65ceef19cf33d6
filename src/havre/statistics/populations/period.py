"""Which whole months does a release cover? Pure."""

from dataclasses import dataclass
from datetime import date

from havre.core.problems import InputRefused
from havre.core.words import N_

LONGEST = 36


@dataclass(frozen=True, slots=True)
class Period:
    """Whole calendar months, from the one of `first` to the one of `last` (both the first day of their month)."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1:
            raise ValueError("a period begins and ends with a whole month")
        if self.last < self.first or self.count > LONGEST:
            raise InputRefused({"period": [N_("Choose a period of 1 to 36 whole months, the first one first.")]})

    @property
    def count(self) -> int:
        """How many months."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def months(self) -> tuple[date, ...]:
        """The first day of each month, in order."""
        start = self.first.year * 12 + self.first.month - 1
        return tuple(date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(self.count))

    @property
    def end(self) -> date:
        """The first day after the period."""
        following = self.last.year * 12 + self.last.month
        return date(following // 12, following % 12 + 1, 1)

    def over(self, today: date) -> bool:
        """Whether every month is past, so that nothing can be entered into it any more."""
        return today >= self.end

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a month."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: "Period") -> bool:
        """Whether every month of this period is one of the other's."""
        return other.first <= self.first and self.last <= other.last

    @classmethod
    def read(cls, first: str, last: str) -> "Period":
        """From `2026-01` and `2026-09`. Raises InputRefused."""
        try:
            return cls(date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01"))
        except ValueError:
            raise InputRefused({"period": [N_("Write each month as year and month, for example 2026-03.")]}) from None

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}/{self.last:%Y-%m}"
