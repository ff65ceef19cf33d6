"""Whom does a plan count? Read once, inside the transaction that measures, by the system, and forgotten after the count."""

from uuid import UUID

from havre.access.system import system_actor
from havre.disclosure import Rows
from havre.disclosure.problems import TooManyRows
from havre.infra.acting import acting
from havre.statistics.releases.plans import ReleasePlan


def snapshot(plan: ReleasePlan) -> Rows:
    """One row for each child, as places in the public codebook. Identity that has to be opened is opened under audit and not kept.

    Raises TooManyRows when a child stands in two rows, UnknownCode for a value that no list foresees.
    """
    names = [axis.name for axis in plan.axes]
    columns: dict[str, list[str]] = {name: [] for name in names}
    seen: set[UUID] = set()
    with acting(system_actor(), purpose="statistics"):
        for child, row in plan.who.rows(plan.scope, frozenset(names)):
            if child in seen:
                raise TooManyRows(most=2, cap=1)
            seen.add(child)
            for name in names:
                columns[name].append(row[name])
    return plan.domain.encode(columns)
