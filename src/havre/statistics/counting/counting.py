"""How are the rows of an indicator counted? In the database, in one statement for a period and all periods before it.

A stock is not counted period by period: rows are grouped by how many period ends lie before they begin and before they
end; from that small table the stock at every end follows exactly.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from havre.infra.server import COUNT_ROLE
from havre.statistics.counting.indicator import PART, Indicator, Kind, Shape
from havre.statistics.counting.look import Look
from havre.statistics.counting.measured import Figure, Measured
from havre.statistics.counting.period import Period

BANDS: Final = (("0_9", 9), ("10_19", 19), ("20_29", 29), ("over", 10**9))


@dataclass(frozen=True, slots=True)
class _Cell:
    """One group: from and to which period it counts (index, both included), its codes, and its sums."""

    low: int
    high: int
    by: str | None
    across: str | None
    figure: Figure


def midnight(day: date) -> datetime:
    """The beginning of a day where this instance is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def bounds_of(periods: Sequence[Period]) -> list[datetime]:
    """The beginning of the first period and the end (not included) of each."""
    return [midnight(periods[0].first), *(midnight(p.last + timedelta(days=1)) for p in periods)]


def measure(indicator: Indicator, look: Look, periods: Sequence[Period], by: str = "", across: str = "") -> Measured:
    """Count an indicator over periods that follow one another, broken down by up to two of its `breakdowns`."""
    if indicator.per:
        return _per(indicator, look, periods)
    last = len(periods) - 1
    trend: dict[int, Figure] = defaultdict(Figure)
    rows: dict[tuple[int, str], Figure] = defaultdict(Figure)
    columns: dict[str, Figure] = defaultdict(Figure)
    cells: dict[tuple[str, str], Figure] = defaultdict(Figure)
    for cell in _counted(indicator, look, bounds_of(periods), by, across):
        for at in range(max(cell.low, 0), min(cell.high, last) + 1):
            if cell.by is None and cell.across is None:
                trend[at] = _plus(trend[at], cell.figure)
            elif cell.across is None:
                rows[at, str(cell.by)] = _plus(rows[at, str(cell.by)], cell.figure)
            elif cell.by is None and at == last:
                columns[cell.across] = _plus(columns[cell.across], cell.figure)
            elif at == last:
                cells[str(cell.by), cell.across] = _plus(cells[str(cell.by), cell.across], cell.figure)
    return Measured(indicator, periods, [trend[at] for at in range(len(periods))], by, across,
                    {code: f for (at, code), f in rows.items() if at == last}, {code: f for (at, code), f in rows.items() if at == last - 1},
                    columns, cells)


def _plus(one: Figure, other: Figure) -> Figure:
    """Sums add up; the middle of a median comes from the database, which gives each group once."""
    return replace(other, n=one.n + other.n, met=one.met + other.met, total=one.total + other.total)


def _column(breakdown: str) -> str:
    return "x_part" if breakdown == PART else f"d_{breakdown}"


def _counted(indicator: Indicator, look: Look, bounds: Sequence[datetime], by: str, across: str) -> Iterator[_Cell]:
    chosen = [_column(name) for name in (by, across) if name]
    for row in _asked(indicator, look, bounds, chosen):
        low, high, *rest = row
        codes, (hidden, n, met, total, middle, ninth) = rest[:len(chosen)], rest[len(chosen):]
        # bit 1 of `hidden` (from the left: by, across) says that a column was summed over
        seen = [None if hidden >> (len(chosen) - 1 - at) & 1 else ("" if code is None else str(code)) for at, code in enumerate(codes)]
        seen += [None] * (2 - len(seen))
        yield _Cell(low, high, seen[0], seen[1], Figure(float(n or 0), int(met or 0), float(total or 0), middle, ninth))


def _asked(indicator: Indicator, look: Look, bounds: Sequence[datetime], chosen: Sequence[str]) -> list[tuple[Any, ...]]:
    """Run the statement as the role that counts (plain columns of one's own files, nothing else). Columns: from, to, the chosen ones, which of them are summed over, n, met, total, middle, ninth."""
    rows = indicator.rows(look)
    given = set(rows.query.annotations)
    always = ("x_at", "x_since", "x_until", "x_met", "x_due", "x_amount", "x_weight", "x_part")  # a part may make several rows of one
    names = [name for name in dict.fromkeys((*always, *chosen)) if name in given]
    try:
        inner, params = rows.order_by().values(*names).query.sql_with_params()
    except EmptyResultSet:
        return []
    spans, condition, limits = _spans(indicator.shape, "x_until" in given, bounds)
    if "x_due" in given:
        inner, condition = f"{inner} offset 0", f"{condition} and (x_met or x_due < %s)"  # the fence: what x_met asks is asked once a row
        limits[1].append(look.now)
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {COUNT_ROLE}")
        cursor.execute(f"select {spans}, {_sums(indicator, given, chosen)} from ({inner}) r where {condition}"
                       f" group by grouping sets ({_sets(chosen)})", [*limits[0], *params, *limits[1]])
        found = list(cursor.fetchall())
        cursor.execute("set local role none")
    return found


def _spans(shape: Shape, ends: bool, bounds: Sequence[datetime]) -> tuple[str, str, tuple[list[Any], list[Any]]]:
    if shape is Shape.EVENT:
        place = "width_bucket(x_at, %s::timestamptz[]) - 1"
        edges = list(bounds)
        return f"{place} as low, {place} as high", "x_at >= %s and x_at < %s", ([edges, edges], [bounds[0], bounds[-1]])
    ends_at = list(bounds[1:])
    low = "width_bucket(x_since, %s::timestamptz[]) as low"
    if not ends:
        return f"{low}, {len(ends_at) - 1} as high", "x_since < %s", ([ends_at], [ends_at[-1]])
    high = f"coalesce(width_bucket(x_until, %s::timestamptz[]), {len(ends_at)}) - 1 as high"
    return f"{low}, {high}", "x_since < %s and (x_until is null or x_until >= %s)", ([ends_at, ends_at], [ends_at[-1], ends_at[0]])


def _sums(indicator: Indicator, given: set[str], chosen: Sequence[str]) -> str:
    summed = f"grouping({', '.join(chosen)})" if chosen else "0"
    n = "sum(x_weight)" if "x_weight" in given else "count(*)"
    met = "count(*) filter (where x_met)" if "x_met" in given else "0"
    total = "sum(x_amount)" if "x_amount" in given else "0"
    points = "null, null"
    if indicator.kind is Kind.MEDIAN:
        points = ", ".join(f"percentile_cont({at}) within group (order by x_amount)" for at in (0.5, 0.9))
    return ", ".join([*chosen, summed, n, met, total, points])


def _sets(chosen: Sequence[str]) -> str:
    sets = [(), *((name,) for name in chosen), *([tuple(chosen)] if len(chosen) == 2 else [])]
    return ", ".join(f"({', '.join(['low', 'high', *one])})" for one in sets)


def _per(indicator: Indicator, look: Look, periods: Sequence[Period]) -> Measured:
    """Count by group first: the groups of each period are its units, their sizes the amounts."""
    sizes: list[dict[str, int]] = [{} for _ in periods]
    for low, high, group, _hidden, n, *_rest in _asked(indicator, look, bounds_of(periods), (indicator.per,)):
        if _hidden:
            continue
        for at in range(max(low, 0), min(high, len(periods) - 1) + 1):
            sizes[at][str(group)] = sizes[at].get(str(group), 0) + int(n)
    most = int(getattr(look.policy, indicator.within)) if indicator.within else 0
    trend = [Figure(len(one), sum(size <= most for size in one.values()) if most else 0, sum(one.values())) for one in sizes]
    return Measured(indicator, periods, trend, PART, "", _banded(sizes[-1]), _banded(sizes[-2]) if len(sizes) > 1 else {})


def _banded(sizes: Mapping[str, int]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for size in sizes.values():
        band = next(code for code, limit in BANDS if size <= limit)
        found[band] = _plus(found.get(band, Figure()), Figure(1, 0, size))
    return found
