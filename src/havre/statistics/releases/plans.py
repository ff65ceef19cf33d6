"""What exactly would be counted? A plan: a population, whole months, few tables by name, and the budget it may spend."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from havre.core.problems import InputRefused
from havre.core.words import N_
from havre.disclosure import Attribute, Domain, Workload
from havre.statistics.models import LINES
from havre.statistics.populations import all_populations, population
from havre.statistics.populations.axes import OTHER, UNKNOWN, Axis
from havre.statistics.populations.period import Period
from havre.statistics.populations.population import Population, Scope

MOST_TABLES: Final = 40
_COUNTRY: Final = re.compile("[A-Z]{2}")
Spec = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One table: attributes, each `name` (finest level) or `name@level`, and how much its precision counts."""

    by: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True)
class ReleasePlan:
    """A plan that fits its population's codebook. `epsilon` is in thousandths, `line` public, partner or room."""

    population: str
    country: str
    period: Period
    tables: tuple[TablePlan, ...]
    epsilon: int
    line: str

    def __post_init__(self) -> None:
        errors: dict[str, list[str]] = {}
        if self.population not in all_populations():
            errors["population"] = [N_("Choose who is counted.")]
        if not _COUNTRY.fullmatch(self.country):
            errors[""] = [N_("Your agency has no country, so there is nothing to count.")]
        if not 1 <= len(self.tables) <= MOST_TABLES:
            errors["tables"] = [N_("Name at least one table, and not more than 40.")]
        if any(not 1 <= table.weight <= 100 for table in self.tables):
            errors["tables"] = [N_("The weight of a table is a whole number from 1 to 100.")]
        if self.epsilon < 1:
            errors["epsilon"] = [N_("Say how much of the budget this may spend.")]
        if self.line not in LINES:
            errors["line"] = [N_("Choose who may read it.")]
        if errors:
            raise InputRefused(errors)
        self.workload  # noqa: B018  (refuses attributes and levels that are not in the codebook)

    @property
    def who(self) -> Population:
        """The population."""
        return population(self.population)

    @property
    def scope(self) -> Scope:
        """Whose files, which months."""
        return Scope(self.country, self.period)

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The axes that the tables name, in the order of the codebook."""
        named = {by.partition("@")[0] for table in self.tables for by in table.by}
        held = self.who.axes(self.scope)
        unknown = sorted(named - {axis.name for axis in held})
        if unknown:
            raise InputRefused({"tables": [N_("A table names something that this population does not know. Choose from the list.")]})
        return tuple(axis for axis in held if axis.name in named)

    @cached_property
    def domain(self) -> Domain:
        """The codebook of those axes, as the disclosure control reads it."""
        return domain_of(self.axes)

    @cached_property
    def specs(self) -> tuple[Spec, ...]:
        """The tables as attributes with levels, without repeats, in the order in which they were named."""
        return tuple(dict.fromkeys(self._spec(table) for table in self.tables))

    @cached_property
    def workload(self) -> Workload:
        """The tables with their weights."""
        weights: dict[Spec, float] = {}
        for table in self.tables:
            spec = self._spec(table)
            weights[spec] = max(weights.get(spec, 0.0), float(table.weight))
        return Workload(weights)

    def _spec(self, table: TablePlan) -> Spec:
        levels = {axis.name: {level.name: at for at, level in enumerate(axis.levels, start=1)} for axis in self.axes}
        for by in table.by:
            name, _, level = by.partition("@")
            if level and level not in levels[name]:
                raise InputRefused({"tables": [N_("A table names a level that is not there. Choose from the list.")]})
        if len({by.partition("@")[0] for by in table.by}) != len(table.by):
            raise InputRefused({"tables": [N_("A table names the same thing twice.")]})
        return self.domain.spec(*table.by)

    def as_json(self) -> dict[str, Any]:
        """The plan as it is kept and audited: codes only."""
        return {"population": self.population, "country": self.country, "first": f"{self.period.first:%Y-%m}", "last": f"{self.period.last:%Y-%m}",
                "tables": [{"by": list(table.by), "weight": table.weight} for table in self.tables], "epsilon": self.epsilon, "line": self.line}


def domain_of(axes: Sequence[Axis]) -> Domain:
    """Axes as the codebook of the disclosure control. Axes without a code for *other* or *not known* have none there either."""
    return Domain(tuple(_attribute(axis) for axis in axes))


def _attribute(axis: Axis) -> Attribute:
    above = {axis.levels[at].name: axis.parents[at] for at in reversed(range(len(axis.parents)))}
    made = Attribute(axis.name, axis.codes, above, finest=axis.levels[-1].name, other=OTHER if OTHER in axis.codes else None,
                     missing=UNKNOWN if UNKNOWN in axis.codes else None)
    if tuple(level.codes for level in made.levels) != tuple(level.codes for level in axis.levels):
        raise ValueError(f"{axis.name}: the codes of a level stand in another order than their finer codes")
    return made


def plan_from(said: Mapping[str, Any]) -> ReleasePlan:
    """A plan from its JSON. Raises InputRefused for anything that is not one."""
    try:
        period = Period.read(str(said["first"]), str(said["last"]))
        tables = tuple(TablePlan(tuple(str(by) for by in table["by"]), int(table.get("weight", 1))) for table in said["tables"])
        return ReleasePlan(str(said["population"]), str(said["country"]), period, tables, int(said["epsilon"]), str(said["line"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputRefused({"": [N_("This is not a plan: a part of it is missing or has the wrong form.")]}) from None
