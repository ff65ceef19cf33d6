"""Patterns of vulnerability over HTTP: what may be read, and what goes with what. Shares with intervals and verdicts; never a row."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from havre.api.guard import actor_of, endpoint
from havre.api.indicators import api
from havre.disclosure.association import Interval, Part
from havre.statistics import permissions
from havre.statistics.context import context_of
from havre.statistics.patterns import questions
from havre.statistics.patterns.questions import Asked
from havre.statistics.patterns.sources import Source, source, sources
from havre.statistics.populations.places import AXES

__all__ = ["api"]


@api.get("/patterns", tags=["statistics"])
@endpoint(permissions.RELEASES)
def pattern_sources(request: HttpRequest) -> list[Mapping[str, Any]]:
    """Releases and own answers that hold factors, the latest months first: their factors, what can be asked of them, their guarantee."""
    return [_said(each) for each in sources(actor_of(request))]


@api.get("/patterns/{code}", tags=["statistics"])
@endpoint(permissions.RELEASES)
def patterns_with(request: HttpRequest, code: str, outcome: str, time: str = "", among: str = "", value: str = "") -> Mapping[str, Any]:
    """How an outcome goes with each factor of a release. `time`: before, during or after; `among` an attribute and `value` its code.

    Shares and differences are from -1 to 1; null where too few children were counted. `verdict`: more, less, cannot tell, too few.
    """
    held = source(actor_of(request), code)
    answers = questions.goes_with(held, Asked(outcome, time, among, value))
    return {"code": code, "outcome": outcome, "says": "goes with, not because of", "factors": [
        {"factor": each.told.name, "kind": each.told.kind, "level": each.told.world, "verdict": each.found.verdict.value,
         "with": _part(each.found.having), "without": _part(each.found.lacking), "difference": _interval(each.found.difference),
         "ratio": _interval(each.found.ratio)} for each in answers], "guarantee": held.guarantee()}


@api.get("/patterns/{code}/where", tags=["statistics"])
@endpoint(permissions.RELEASES)
def patterns_where(request: HttpRequest, code: str, factor: str, by: str = "", level: int = 0) -> Mapping[str, Any]:
    """Of the children asked, how large a part has a factor noted, by one of the breakdowns listed; by place with the public figures of each.

    Shares are from 0 to 1; null where too few children were counted.
    """
    held = source(actor_of(request), code)
    found = questions.noted(held, factor, by, level)
    known = context_of([each.code for each in found]) if by in AXES else {}
    return {"code": code, "factor": factor, "breakdowns": questions.breakdowns(held, factor), "rows": [
        {"code": each.code, **_part(each.found), "context": [
            {"indicator": row.indicator, "value": float(row.value), "source": row.source, "date": row.on} for row in known.get(each.code, ())]}
        for each in found], "guarantee": held.guarantee()}


def _said(held: Source) -> Mapping[str, Any]:
    return {"code": held.code, "asked": held.asked, "country": held.stored.country, "months": str(held.period),
            "factors": questions.told(held), "outcomes": questions.outcomes(held), "guarantee": held.guarantee()}


def _part(held: Part) -> Mapping[str, Any]:
    return {"share": _interval(held.share), "children": _interval(held.children) if held.share is not None else None}


def _interval(held: Interval | None) -> Mapping[str, float | None] | None:
    """Numbers as JSON has them: an end that is infinite is null."""
    if held is None:
        return None
    return {name: round(value, 4) if abs(value) < float("inf") else None for name, value in (("value", held.value), ("low", held.low), ("high", held.high))}
