"""The same numbers as a table to take along: CSV or a workbook. The file holds counts, never a name or a code of a case."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from havre.core.problems import NothingHere
from havre.exchange.writing import csv_bytes, xlsx_bytes
from havre.statistics import board as boards
from havre.statistics import permissions
from havre.statistics.counting.measured import Measured
from havre.statistics.counting.reading import indicator_of, look_at
from havre.web.numbers import words
from havre.web.numbers.base import Asked, asked, of_whom, rows_of, trend_words
from havre.web.screen import screen

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@screen(permissions.NUMBERS)
def board(request: HttpRequest, kind: str) -> HttpResponse:
    """The board as a table: one row for each number and period."""
    question = asked(request)
    _known(kind)
    parts = boards.board(question.actor, question.period, what=kind)
    rows = [[_(heading), *row] for heading, found in parts for one in found for row in _over_time(one, question)]
    heads = [_("Part"), _("Number"), _("Period"), _("Value"), _("Rests on"), _("Unit")]
    return _file(kind, heads, rows, question, of_whom(question.actor))


@screen(permissions.NUMBERS)
def one(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One number: over time, then by its parts as the page shows them."""
    indicator, question = indicator_of(code), asked(request)
    _known(kind)
    found = look_at(question.actor, [(indicator, question.by, question.across)], question.period, what=kind)[0]
    rows = [[*row, *[""] * (2 if question.by else 0)] for row in _over_time(found, question)]
    heads = [_("Number"), _("Period"), _("Value"), _("Rests on"), _("Unit")]
    if question.by:
        heads += [words.heading_of(indicator, question.by), words.heading_of(indicator, question.across) if question.across else ""]
        rows += _by_parts(found, question)
    return _file(kind, heads, rows, question, _(indicator.title))


def _over_time(found: Measured, question: Asked) -> list[list[str]]:
    return [[_(found.indicator.title), row["period"], row["now"], row["rests"], _(words.UNITS[found.indicator.unit])]
            for row in trend_words(found, question)]


def _by_parts(found: Measured, question: Asked) -> list[list[str]]:
    table, tops = rows_of(found, question)
    period, unit = words.period_words(question.period), _(words.UNITS[found.indicator.unit])
    lines = []
    for row in table:
        lines.append([_(found.indicator.title), period, row.now, row.rests, unit, row.label, ""])
        lines += [[_(found.indicator.title), period, cell, "", unit, row.label, top] for top, cell in zip(tops, row.cells, strict=True)]
    return lines


def _known(kind: str) -> None:
    if kind not in TYPES:
        raise NothingHere()


def _file(kind: str, heads: Sequence[str], rows: Sequence[Sequence[str]], question: Asked, title: str) -> HttpResponse:
    about: list[tuple[str, str]] = [
        (_("Numbers"), title), (_("Period"), words.period_words(question.period)),
        (_("Made"), formats.date_format(timezone.localtime(), "j F Y H:i")),
        (_("Take care"), _("For work inside the agency: small numbers can point to a child. Do not publish this table."))]
    content: Any = csv_bytes(heads, rows) if kind == "csv" else xlsx_bytes(heads, rows, about)
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="numbers.{kind}"'
    return answer
