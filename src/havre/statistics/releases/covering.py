"""Was this counted before? What a stored sheet holds is answered from it and never measured again."""

from functools import lru_cache

import numpy as np

from havre.disclosure import Sheet, from_bytes
from havre.disclosure.sheet import Table
from havre.statistics.models import StoredSheet
from havre.statistics.populations.axes import month_code, quarter_code
from havre.statistics.populations.period import Period
from havre.statistics.releases.plans import ReleasePlan, Spec


@lru_cache(maxsize=32)
def _opened(id: str, content: bytes) -> Sheet:
    return from_bytes(content, id)


def opened(stored: StoredSheet) -> Sheet:
    """The sheet of a stored one; its bytes must still have their digest."""
    return _opened(stored.pk, bytes(stored.content))


def period_of(stored: StoredSheet) -> Period:
    """The months of a stored sheet."""
    return Period(stored.first_month, stored.last_month)


def sheets(population: str, country: str, period: Period) -> list[StoredSheet]:
    """The sheets of a population that share a month with the period, the oldest first; those of withdrawn releases are left out."""
    return list(StoredSheet.objects.filter(population=population, country=country, first_month__lte=period.last, last_month__gte=period.first,
                                           retired_at=None)
                .select_related("spending").order_by("measured_at", "pk"))


def slice_of(period: Period, sheet_period: Period) -> tuple[int, str] | None:
    """Which level and code of the axis *month* is this period, within a sheet of a longer one? None when it is not one code.

    Level 0 is the whole period of the sheet.
    """
    if period == sheet_period:
        return 0, ""
    if not period.within(sheet_period):
        return None
    first, held = period.first, set(sheet_period.months())
    if period.count == 1:
        return 3, month_code(first)
    if period.months() == tuple(m for m in sheet_period.months() if quarter_code(m) == quarter_code(first)):
        return 2, quarter_code(first)
    if set(period.months()) == {m for m in held if m.year == first.year}:
        return 1, str(first.year)
    return None


def holds(stored: StoredSheet, spec: Spec, period: Period) -> bool:
    """Whether the table of this period can be worked out from the sheet."""
    return _spec_in(stored, spec, period) is not None


def _spec_in(stored: StoredSheet, spec: Spec, period: Period) -> tuple[Spec, int, str] | None:
    found = slice_of(period, period_of(stored))
    if found is None:
        return None
    level, code = found
    sheet = opened(stored)
    names = set(sheet.domain.names)
    if any(name not in names or at > sheet.domain.attribute(name).depth for name, at in spec):
        return None
    if level and ("month" not in names or any(name == "month" for name, _ in spec)):
        return None
    full = sheet.domain.spec(*spec, *([("month", level)] if level else []))
    return (full, level, code) if sheet.plan.covers(full) else None


def covering(plan: ReleasePlan, spec: Spec) -> StoredSheet | None:
    """The oldest sheet that holds a table of a plan for its months; None when it was never counted."""
    return next((stored for stored in sheets(plan.population, plan.country, plan.period) if holds(stored, spec, plan.period)), None)


def overlapping(plan: ReleasePlan) -> list[tuple[Spec, StoredSheet]]:
    """The planned tables that were counted before for some of the months, each with the oldest sheet that holds it.

    A question of the room heeds every sheet; a release heeds releases only, so that no question of an analyst stands in its way
    (what the question cost stays on the ledger and is paid for beside it).
    """
    out = []
    stored = [one for one in sheets(plan.population, plan.country, plan.period) if plan.line == "room" or one.line != "room"]
    for spec in plan.specs:
        held = next((one for one in stored if _counted_in(one, spec)), None)
        if held is not None and spec:
            out.append((spec, held))
    return out


def _counted_in(stored: StoredSheet, spec: Spec) -> bool:
    sheet = opened(stored)
    names = set(sheet.domain.names)
    return all(name in names and at <= sheet.domain.attribute(name).depth for name, at in spec) and sheet.plan.covers(spec)


def table_of(stored: StoredSheet, spec: Spec, period: Period) -> Table | None:
    """The table of this period as the sheet has it, one axis for each attribute of `spec`; None when it does not hold it."""
    found = _spec_in(stored, spec, period)
    if found is None:
        return None
    full, level, code = found
    table = opened(stored).table(full)
    return table if not level else sliced(table, "month", code)


def sliced(table: Table, name: str, code: str) -> Table:
    """The part of a table where one attribute has one code; that axis is gone."""
    at = [axis for axis, _ in table.spec].index(name)
    place = table.codes[at].index(code)
    spec, codes = table.spec[:at] + table.spec[at + 1:], table.codes[:at] + table.codes[at + 1:]
    value, se, low, high = (np.asarray(np.take(part, place, axis=at)) for part in (table.value, table.se, table.low, table.high))
    return Table(spec, codes, value, se, low, high, np.asarray(np.take(table.status, place, axis=at)))
