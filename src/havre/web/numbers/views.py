"""The board, the page of one number, and what every number means."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.core.problems import InputRefused
from havre.statistics import board as boards
from havre.statistics import permissions
from havre.statistics.counting.asked import asked as asked_for
from havre.statistics.counting.measured import Measured
from havre.statistics.counting.reading import breakdowns_for, crossed_for, indicator_of, look_at, opens_cases
from havre.statistics.counting.small import step
from havre.web.cases.base import actor_of
from havre.web.numbers import drawing, words
from havre.web.numbers.base import Asked, address, asked, behind, choices, of_whom, rows_of, trend_words
from havre.web.screen import screen


@screen(permissions.DEFINITIONS)
def board(request: HttpRequest) -> HttpResponse:
    """The few numbers that this role needs; a role without a board sees what the numbers mean."""
    if not access.may(actor_of(request), permissions.NUMBERS):
        return redirect("numbers:meanings")
    question = asked(request)
    try:
        parts = boards.board(question.actor, question.period)
    except InputRefused:
        return redirect("numbers:list")
    return render(request, "numbers/board.html", {
        **_about(question), "title": of_whom(question.actor), "patterns": access.may(question.actor, permissions.RELEASES), "at": timezone.now(),
        "parts": [(_(heading), [_number(one, question) for one in found]) for heading, found in parts],
        "csv": address("numbers:board_file", question, "csv"), "xlsx": address("numbers:board_file", question, "xlsx")})


def _about(question: Asked) -> dict[str, Any]:
    """What every page of numbers shows of the question."""
    offered = [(code, words.choice_words(code, period), code == question.code) for code, period in choices(question.actor)]
    if not any(chosen for _code, _words, chosen in offered):
        offered.insert(0, (question.code, words.period_words(question.period), True))
    return {"periods": offered, "period": words.period_words(question.period), "code": question.code, "exact": opens_cases(question.actor),
            "least": question.least, "step": step(question.least)}


def _number(found: Measured, question: Asked) -> dict[str, Any]:
    """One number as the board shows it."""
    said = trend_words(found, question)
    label = _("Over the periods: %(values)s.") % {"values": "; ".join(f"{one['period']}: {one['now']}" for one in said)}
    values = [figure.value(found.indicator.kind) for figure in found.trend]
    return {"title": _(found.indicator.title), "code": found.indicator.code, "url": address("numbers:one", question, found.indicator.code),
            "sentence": words.sentence(found, question.least), "change": words.change(found), "trend": drawing.trend(values, label),
            "behind": behind(question.actor, found), "periods": said}


@screen(permissions.NUMBERS)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One number over a period: in a sentence, its trend, its parts, and what it means."""
    indicator = indicator_of(code)
    question = asked(request)
    options = breakdowns_for(question.actor, indicator)
    by = question.by if question.by in options else (options[0] if options else "")
    across = question.across if question.across in crossed_for(question.actor, indicator, by) else ""
    question = Asked(question.actor, question.period, question.code, by, across)
    try:
        found = look_at(question.actor, [(indicator, by, across)], question.period)[0]
    except InputRefused:  # a role that sees quarters that are over alone
        question = Asked(question.actor, choices(question.actor)[0][1], choices(question.actor)[0][0], "", "")
        found = look_at(question.actor, [(indicator, "", "")], question.period)[0]
    rows, headings = rows_of(found, question)
    offered = [(name, words.heading_of(indicator, name)) for name in options]
    return render(request, "numbers/one.html", {
        **_about(question), "one": _number(found, question), "indicator": indicator, "number": indicator.number, "rows": rows, "headings": headings,
        "columns": [words.shown(found, found.columns[top], question.least) for top in words.in_order(indicator, found.across, found.columns)]
        if found.across else [],
        "all": words.shown(found, found.now, question.least), "before": words.shown(found, found.previous, question.least, earlier=True),
        "dots": _dots(found, rows, question), "of": words.heading_of(indicator, found.by) if found.by else "",
        "bys": [(name, said, name == found.by) for name, said in offered],
        "acrosses": [(name, said, name == found.across) for name, said in offered if name in crossed_for(question.actor, indicator, found.by)],
        "meaning": _meaning(indicator), "unit": _(words.UNITS[indicator.unit]), "rested": indicator.kind != "count",
        "rests": trend_words(found, question)[-1]["rests"],
        "csv": address("numbers:file", question, code, "csv"), "xlsx": address("numbers:file", question, code, "xlsx")})


def _dots(found: Measured, rows: list[Any], question: Asked) -> list[drawing.Dot]:
    values = [found.value_of(row.figure) for row in rows]
    was = [found.value_of(found.before[row.code], earlier=True) if row.code in found.before else None for row in rows]
    places, _end = drawing.places(values, was)
    return [drawing.Dot(row.label, row.now, at, before, row.link) for row, (at, before) in zip(rows, places, strict=True)]


def _meaning(indicator: Any) -> dict[str, Any]:
    """What stands in an indicator's definition, in the reader's language."""
    return {"definition": _(indicator.definition), "formula": _(indicator.formula), "unit": _(words.UNITS[indicator.unit]),
            "parts": [words.heading_of(indicator, name) for name in indicator.breakdowns], "sources": indicator.sources,
            "caveats": [_(said) for said in indicator.caveats]}


@screen(permissions.DEFINITIONS)
def meanings(request: HttpRequest) -> HttpResponse:
    """Every number: what it means and how it is worked out, or which records it waits for."""
    may = access.may(actor_of(request), permissions.NUMBERS)
    rows: list[dict[str, Any]] = [{"number": row.number, "title": _(row.title), "waits": _(row.waits) if row.waits else "",
             "live": [{"code": one.code, "title": _(one.title), **_meaning(one)} for one in row.live]} for row in asked_for()]
    return render(request, "numbers/meanings.html", {
        "live": [row for row in rows if row["live"]], "waiting": [row for row in rows if row["waits"]], "may": may,
        "patterns": access.may(actor_of(request), permissions.RELEASES), "numbers": sum(len(row["live"]) for row in rows)})
