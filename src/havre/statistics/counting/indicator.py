"""What is an indicator: which question it answers, how it is worked out, and from which rows?

An indicator's file holds one `Indicator` and one function `rows(look)`, which gives a query of rows to count. Its columns:

| Column | Holds |
|---|---|
| `x_at` | when it happened (shape event): counted in the period it falls in |
| `x_since`, `x_until` | from when until when it holds (shape stock): counted at the end of a period; no `x_until` while it lasts |
| `x_met` | whether what is asked is so (kind share) |
| `x_due` | by when it should be so: before that, a row that has not met it is left out; rows without such a time are too |
| `x_amount` | a number of the row (kinds mean, median, rate) |
| `x_weight` | how often the row counts below the line (kinds mean and rate); once when left out |
| `x_part` | the own breakdown, as a code |
| `d_…` | the columns of `DIMENSIONS`, as far as they are asked for: `look.about(...)` gives them |
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from havre.statistics.counting.look import Look

Rows: TypeAlias = Any  # a QuerySet; what `annotate` adds has no type

DIMENSIONS: Final = ("sex", "age", "status", "risk", "group", "team")
AGE_BANDS: Final = (("0_5", 0, 5), ("6_11", 6, 11), ("12_17", 12, 17))
ADULT: Final = "18_over"
UNKNOWN: Final = "unknown"
PART: Final = "part"


class Kind(StrEnum):
    """How the value follows from the rows."""

    COUNT = "count"    # how many rows
    SHARE = "share"    # those that met it, in 100 rows
    MEAN = "mean"      # sum of the amounts over the sum of the weights
    RATE = "rate"      # the same, in 100
    MEDIAN = "median"  # the middle of the amounts, with the point below which nine in ten lie


class Shape(StrEnum):
    """Whether rows are things that happened, or things that hold for a while."""

    EVENT = "event"
    STOCK = "stock"


class Unit(StrEnum):
    """What one is, or what the value is given in; each has words in `web.numbers.words`."""

    CASES = "cases"
    CHILDREN = "children"
    TASKS = "tasks"
    CONSENTS = "consents"
    DECISIONS = "decisions"
    IN_100 = "in_100"
    PER_100 = "per_100"
    CASES_EACH = "cases_each"
    WORKERS_EACH = "workers_each"
    VISITS_EACH = "visits_each"
    HOURS = "hours"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number, with all that a reader needs to judge it. Sentences are English message ids.

    `number` is its place in the list of what the field reports (`counting.asked`); `of` says what one row is. `part` names the
    code list (or the words, `web.numbers.words.PARTS`) of its own breakdown. `per` groups the rows by a column first: each
    group is one unit, and its size the amount (`within`: met when the size is at most this key of the country policy).
    """

    number: int
    title: str
    definition: str
    formula: str
    unit: Unit
    kind: Kind
    shape: Shape
    sources: tuple[str, ...]
    rows: Callable[["Look"], Rows]
    caveats: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = DIMENSIONS
    part: str = ""
    per: str = ""
    within: str = ""
    list: str = ""  # the list of children behind it, as a query of `cases:list`; empty where that list cannot be chosen
    code: str = field(default="", compare=False)  # its file's name, set by the registry

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """What it can be broken down by: its own parts first."""
        return ((PART,) if self.part and not self.per else ()) + self.dimensions

    def crossed(self, by: str) -> tuple[str, ...]:
        """What it can be broken down across, beside `by`. A rate's own parts share one number of children below the line: not two ways."""
        if self.per or (self.kind is Kind.RATE and by == PART):
            return ()
        return tuple(name for name in self.breakdowns if name != by and (name != PART or self.kind is not Kind.RATE))
