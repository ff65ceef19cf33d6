"""What came out of counting: figures with what they rest on, and how they are read. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from havre.statistics.counting.indicator import PART, Indicator, Kind
from havre.statistics.counting.period import Period


class Shown(StrEnum):
    """How a figure may be shown."""

    EXACT = "exact"
    ROUNDED = "rounded"  # near it: see `counting.small`
    SMALL = "small"    # a whole period that rests on fewer than the policy's number; zero reads the same
    HIDDEN = "hidden"  # a cell of a table: too few, or hidden so that these cannot be worked out; which of the two is not told


@dataclass(frozen=True, slots=True)
class Figure:
    """What was counted: `n` below the line (rows or weights), `met` above it, `total` of the amounts, `middle` and `ninth` in ten."""

    n: float = 0
    met: float = 0
    total: float = 0
    middle: float | None = None
    ninth: float | None = None
    shown: Shown = Shown.EXACT

    @property
    def told(self) -> bool:
        """Whether a number is shown, exact or rounded."""
        return self.shown in (Shown.EXACT, Shown.ROUNDED)

    def value(self, kind: Kind) -> float | None:
        """The number itself; None when there is nothing to divide by or it is not shown."""
        if not self.told:
            return None
        if kind is Kind.COUNT:
            return self.n
        if kind is Kind.MEDIAN:
            return self.middle
        if not self.n:
            return None
        if kind is Kind.SHARE:
            return 100 * self.met / self.n
        return (100 if kind is Kind.RATE else 1) * self.total / self.n


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator over a period and the periods before it (`trend`, oldest first; the last is the period itself).

    `rows` breaks it down by `by` for this period and the previous one; `cells` by `by` and `across` for this period alone.
    """

    indicator: Indicator
    periods: Sequence[Period]
    trend: Sequence[Figure]
    by: str = ""
    across: str = ""
    rows: Mapping[str, Figure] = field(default_factory=dict)
    before: Mapping[str, Figure] = field(default_factory=dict)
    columns: Mapping[str, Figure] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], Figure] = field(default_factory=dict)

    @property
    def now(self) -> Figure:
        """The figure of the period."""
        return self.trend[-1]

    @property
    def previous(self) -> Figure:
        """The figure of the period before."""
        return self.trend[-2]

    def value_of(self, figure: Figure, *, earlier: bool = False) -> float | None:
        """The number of one row of a breakdown. A rate by its own parts keeps all children below the line."""
        whole = self.previous if earlier else self.now
        if self.indicator.kind is Kind.RATE and self.by == PART and figure.shown is Shown.EXACT:
            figure = Figure(whole.n, total=figure.total)
        return figure.value(self.indicator.kind)

    def rests_on(self, figure: Figure, *, earlier: bool = False) -> int | None:
        """How many rows the number of a row of a breakdown rests on; None where that is not shown. A rate by its parts rests on all."""
        if not figure.told:
            return None
        whole = self.previous if earlier else self.now
        return round(whole.n if self.indicator.kind is Kind.RATE and self.by == PART else figure.n)

    @property
    def value(self) -> float | None:
        """The number of the period."""
        return self.now.value(self.indicator.kind)

    @property
    def was(self) -> float | None:
        """The number of the period before."""
        return self.previous.value(self.indicator.kind)
