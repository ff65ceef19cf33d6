"""Whom does a plan count? Read once, inside the transaction that measures, by the system, and forgotten after the count."""

from havre.access.system import system_actor
from havre.disclosure import Rows
from havre.disclosure.contributions import bound
from havre.infra.acting import acting
from havre.statistics.releases.plans import ReleasePlan

ROWS_PER_CHILD = 1


def snapshot(plan: ReleasePlan) -> Rows:
    """One row for each child, as places in the public codebook. Identity that has to be opened is opened under audit and not kept.

    Raises TooManyRows when a child stands in two rows, UnknownCode for a value that no list foresees. That nobody is there is no
    refusal: it would tell.
    """
    names = [axis.name for axis in plan.axes]
    columns: dict[str, list[str]] = {name: [] for name in names}
    children: list[str] = []
    with acting(system_actor(), purpose="statistics"):
        for child, row in plan.who.rows(plan.scope, frozenset(names)):
            children.append(str(child))
            for name in names:
                columns[name].append(row[name])
    return bound(plan.domain.encode(columns), children, ROWS_PER_CHILD).rows
