"""Numbers over HTTP: what each means, and what it is for whoever asks. The same queries as the pages, in the same scope."""

from dataclasses import replace
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Schema

from havre.api.guard import actor_of, endpoint
from havre.api.statistics import api
from havre.statistics import permissions
from havre.statistics.counting.asked import asked
from havre.statistics.counting.indicator import Indicator
from havre.statistics.counting.measured import Figure, Measured
from havre.statistics.counting.reading import indicator_of, look_at, period_of

__all__ = ["api"]


class IndicatorOut(Schema):
    """What a number means, in the reader's language; codes for the rest."""

    code: str
    number: int
    title: str
    definition: str
    formula: str
    unit: str
    kind: str
    shape: str
    breakdowns: list[str]
    sources: list[str]
    caveats: list[str]

    @classmethod
    def of(cls, one: Indicator) -> "IndicatorOut":
        """From the registry."""
        return cls(code=one.code, number=one.number, title=_(one.title), definition=_(one.definition), formula=_(one.formula), unit=one.unit.value,
                   kind=one.kind.value, shape=one.shape.value, breakdowns=list(one.breakdowns), sources=list(one.sources),
                   caveats=[_(said) for said in one.caveats])


class WaitingOut(Schema):
    """A number that waits for records that are not kept yet."""

    number: int
    title: str
    waits: str


class IndicatorsOut(Schema):
    """Every number: live or waiting."""

    live: list[IndicatorOut]
    waiting: list[WaitingOut]


class FigureOut(Schema):
    """One figure. `shown` is exact, rounded (who may not open the cases reads counts to the nearest 10, shares to 5 in 100), small (fewer
    than the policy's number, zero too) or hidden; `value` is null for the last two or when there is nothing to divide by; `n` is what it
    rests on."""

    value: float | None
    n: int | None
    met: int | None
    shown: str

    @classmethod
    def of(cls, found: Measured, figure: Figure, *, earlier: bool = False) -> "FigureOut":
        """From what was counted."""
        exact = figure.shown.value == "exact"
        return cls(value=found.value_of(figure, earlier=earlier), n=found.rests_on(figure, earlier=earlier),
                   met=round(figure.met) if exact and found.indicator.kind.value == "share" else None, shown=figure.shown.value)


class PeriodOut(Schema):
    """A period with its figure."""

    period: str
    first: str
    last: str
    figure: FigureOut


class CellOut(Schema):
    """A row, a column or a cell of a breakdown: codes, the figure, and that of the period before (rows alone)."""

    by: str | None = None
    across: str | None = None
    figure: FigureOut
    before: FigureOut | None = None


class MeasuredOut(Schema):
    """A number over periods, oldest first, the asked one last; broken down where that was asked for."""

    indicator: IndicatorOut
    periods: list[PeriodOut]
    by: str
    across: str
    rows: list[CellOut]
    columns: list[CellOut]
    cells: list[CellOut]

    @classmethod
    def of(cls, found: Measured) -> "MeasuredOut":
        """From what was counted."""
        whole = replace(found, by="", across="")
        trend = [PeriodOut(period=p.code, first=p.first.isoformat(), last=p.last.isoformat(), figure=FigureOut.of(whole, f))
                 for p, f in zip(found.periods, found.trend, strict=True)]
        rows = [CellOut(by=code, figure=FigureOut.of(found, found.rows.get(code, Figure())),
                        before=FigureOut.of(found, found.before.get(code, Figure()), earlier=True)) for code in sorted({*found.rows, *found.before})]
        return cls(indicator=IndicatorOut.of(found.indicator), periods=trend, by=found.by, across=found.across, rows=rows,
                   columns=[CellOut(across=code, figure=FigureOut.of(found, figure)) for code, figure in sorted(found.columns.items())],
                   cells=[CellOut(by=by, across=across, figure=FigureOut.of(found, figure)) for (by, across), figure in sorted(found.cells.items())])


@api.get("/indicators", response=IndicatorsOut, tags=["statistics"])
@endpoint(permissions.DEFINITIONS)
def indicator_list(request: HttpRequest) -> Any:
    """What every number means, and which records the others wait for."""
    rows = asked()
    return IndicatorsOut(live=[IndicatorOut.of(one) for row in rows for one in row.live],
                         waiting=[WaitingOut(number=row.number, title=_(row.title), waits=_(row.waits)) for row in rows if row.waits])


@api.get("/indicators/{code}", response=MeasuredOut, tags=["statistics"])
@endpoint(permissions.NUMBERS)
def indicator(request: HttpRequest, code: str, period: Annotated[str, Query(description="30d, 2026-10, 2026-q3, 2026 or 2026-01-05_2026-02-10")] = "30d",
              by: str = "", across: str = "") -> Any:
    """One number inside what the actor may see, over a period and those before it. The reading is recorded."""
    return MeasuredOut.of(look_at(actor_of(request), [(indicator_of(code), by, across)], period_of(period))[0])
