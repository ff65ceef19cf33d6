"""What can be shown instead of a table that cannot? Each offer is a table that the rules would allow, worked out like any other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from havre.core.problems import InputRefused
from havre.statistics.gates import nobody_recognised
from havre.statistics.populations.period import Period
from havre.statistics.problems import Alternative
from havre.statistics.releases import covering
from havre.statistics.releases.plans import ReleasePlan, TablePlan
from havre.statistics.releases.preview import preview

MOST = 5


def alternatives(plan: ReleasePlan, today: date) -> tuple[Alternative, ...]:
    """Up to five tables near the asked one (the first of the plan) that would be answered: grouped, of a longer period, or with less."""
    found: list[tuple[Alternative, ReleasePlan]] = []
    for code, params, near in _near(plan, today):
        if _possible(near, today) and all(near != held for _, held in found):
            found.append((Alternative(code, params, near.as_json()), near))
        if len(found) == MOST:
            break
    return tuple(offer for offer, _ in found)


def _possible(plan: ReleasePlan, today: date) -> bool:
    spec = plan.specs[0]
    if covering.covering(plan, spec) is not None:
        return True
    return nobody_recognised(preview(plan, today).facts).ok


def _near(plan: ReleasePlan, today: date) -> Iterator[tuple[str, dict[str, str], ReleasePlan]]:
    """Tables near this one: each attribute one level coarser, longer or kept periods, each attribute left out, then two at once."""
    by = plan.tables[0].by
    for at, name in enumerate(by):
        coarser = _coarser(plan, name)
        if coarser:
            yield "group", {"attribute": coarser}, _with(plan, (*by[:at], coarser, *by[at + 1:]))
    for period in _periods(plan, today):
        longer = _over(plan, period)
        if longer is not None:
            yield "longer", {"first": f"{period.first:%Y-%m}", "last": f"{period.last:%Y-%m}"}, longer
    if len(by) > 1:
        for at, name in enumerate(by):
            yield "drop", {"attribute": name}, _with(plan, (*by[:at], *by[at + 1:]))
    if len(by) > 2:
        for at, name in enumerate(by):
            kept = (*by[:at], *by[at + 1:])
            for place, other in enumerate(kept):
                coarser = _coarser(plan, other)
                if coarser:
                    yield "drop_and_group", {"attribute": name, "group": coarser}, _with(plan, (*kept[:place], coarser, *kept[place + 1:]))
                yield "drop_two", {"attribute": name, "other": other}, _with(plan, (*kept[:place], *kept[place + 1:]))


def _with(plan: ReleasePlan, by: tuple[str, ...]) -> ReleasePlan:
    return replace(plan, tables=(TablePlan(by),))


def _over(plan: ReleasePlan, period: Period) -> ReleasePlan | None:
    try:
        return replace(plan, period=period, tables=plan.tables[:1])
    except InputRefused:
        return None


def _coarser(plan: ReleasePlan, by: str) -> str:
    """The attribute one level up, as `name@level`; "" at the coarsest."""
    name, _, level = by.partition("@")
    axis = {axis.name: axis for axis in plan.axes}[name]
    names = [held.name for held in axis.levels]
    at = names.index(level) if level else len(names) - 1
    return f"{name}@{names[at - 1]}" if at else ""


def _periods(plan: ReleasePlan, today: date) -> Iterator[Period]:
    """Longer periods, and those for which a sheet is kept."""
    yield from _longer(plan.period, today)
    yield from (covering.period_of(stored) for stored in covering.sheets(plan.population, plan.country, plan.period))


def _longer(period: Period, today: date) -> Iterator[Period]:
    """The quarter, the year so far and the whole year around a period, as far as they are over."""
    year = period.first.year
    begins = date(year, (period.first.month - 1) // 3 * 3 + 1, 1)
    ends = (date(year, begins.month + 2, 1), date(year, 12, 1))
    so_far = date(today.year, today.month - 1, 1) if today.month > 1 else date(today.year - 1, 12, 1)
    for first, last in ((begins, ends[0]), (date(year, 1, 1), ends[1]), (date(year, 1, 1), so_far)):
        if first <= period.first and last >= period.last and (first, last) != (period.first, period.last):
            longer = Period(first, last)
            if longer.over(today):
                yield longer
