"""What is a population? A unit, a codebook, and one row for each child entered in the period."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from havre.statistics.populations.axes import Axis
from havre.statistics.populations.period import Period

Row = Mapping[str, str]
Counted = tuple[UUID, Row]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose numbers: the files of the agencies of one country, entered in a period."""

    country: str
    period: Period

    @property
    def start(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.period.first, time(), UTC)

    @property
    def end(self) -> datetime:
        """The first moment after."""
        return datetime.combine(self.period.end, time(), UTC)


@dataclass(frozen=True, slots=True)
class Population:
    """One population. Titles and texts are messages.

    `axes(scope)` never looks at a child. `rows(scope, wanted)` gives the id of each child, once, with the finest code of every axis in
    `wanted`; it runs inside `acting(system)` and nowhere else. `ledger` names the ledger that pays: part of a population pays with it.
    """

    code: str
    title: str
    counted: str
    care: str
    ledger: str
    axes: Callable[[Scope], tuple[Axis, ...]]
    rows: Callable[[Scope, frozenset[str]], Iterator[Counted]]

    def axis(self, scope: Scope, name: str) -> Axis:
        """One axis by name. Raises KeyError."""
        return {axis.name: axis for axis in self.axes(scope)}[name]
