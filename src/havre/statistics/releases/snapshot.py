"""Whom does a plan count? Read once, inside the transaction that measures, by the system; counted by DuckDB in memory, and forgotten."""

import pyarrow as pa

from havre.access.system import system_actor
from havre.disclosure import Counts, count, count_file
from havre.infra.acting import acting
from havre.statistics.releases.plans import ReleasePlan

ROWS_PER_CHILD = 1
CHILD = "child"


def snapshot(plan: ReleasePlan) -> Counts:
    """The exact tables of a plan: for `measure` alone. Identity that has to be opened is opened under audit and not kept.

    Raises TooManyRows when a child stands in two rows, UnknownCode for a value that no list foresees. That nobody is there is no
    refusal: it would tell.
    """
    names = [axis.name for axis in plan.axes]
    columns: dict[str, list[str]] = {CHILD: [], **{name: [] for name in names}}
    with acting(system_actor(), purpose="statistics"):
        for child, row in plan.who.rows(plan.scope, frozenset(names)):
            columns[CHILD].append(str(child))
            for name in names:
                columns[name].append(row[name])
    tables = plan.workload.widest()
    if not columns[CHILD]:
        return count(plan.domain.encode({name: [] for name in names}), tables)
    return count_file(pa.table(columns), plan.domain, tables, child=CHILD, most=ROWS_PER_CHILD).counts
