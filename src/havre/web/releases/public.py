"""The catalogue: what everyone may read without signing in. Published tables and nothing else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from havre.core.problems import NothingHere
from havre.reference.countries import country_name
from havre.statistics import queries
from havre.statistics.models import Publication
from havre.statistics.populations import all_populations
from havre.statistics.populations.period import Period
from havre.statistics.releases.files import archive
from havre.statistics.releases.shown import named
from havre.web.releases import words
from havre.web.releases.showing import dots, grid, safety, title_of, total_words
from havre.web.screen import open_to_all


@open_to_all
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every release, the newest first."""
    return render(request, "releases/catalogue.html", {"rows": [_line(row) for row in queries.catalogue()]})


@open_to_all
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One release: a sentence, a plot of dots with intervals, the table, what is counted, how safe it is, how to cite it."""
    row = queries.published(code)
    if row.withdrawn_at is not None:
        return render(request, "releases/gone.html", {**_line(row), "later": queries.in_place_of(row)}, status=410)
    lang = words.lang()
    tables: list[dict[str, Any]] = row.shown
    choices = [(str(n), title_of(table, lang)) for n, table in enumerate(tables) if table["axes"]]
    wanted = request.GET.get("t", "")
    shown = tables[int(wanted if wanted in dict(choices) else choices[0][0])]
    names = [axis["name"] for axis in shown["axes"]]
    rows = request.GET.get("rows", "")
    rows = rows if rows in names else names[0]
    others = [axis for axis in shown["axes"] if axis["name"] != rows]
    third = others[1] if len(others) > 1 else None
    of = _of(request, third)
    axis = next(axis for axis in shown["axes"] if axis["name"] == rows)
    alone = named(tables, [(rows, axis["depth"])])
    return render(request, "releases/public.html", {
        **_line(row), "lede": total_words(tables), "choices": [(n, title, tables[int(n)] is shown) for n, title in choices],
        "downs": [(a["name"], a["title"][lang], a["name"] == rows) for a in shown["axes"]],
        "third_title": third["title"][lang] if third else "",
        "thirds": [(c, labels[lang], c == of.get(third["name"])) for c, labels in third["codes"]] if third else [],
        "table_title": title_of(shown, lang), "down": axis["title"][lang], "plot": dots(alone, lang) if alone else None,
        "grid": grid(tables, shown, rows, of, lang), "safety": safety(row.statement)})


def _of(request: HttpRequest, third: Any) -> dict[str, str]:
    if third is None:
        return {}
    codes = [code for code, _labels in third["codes"]]
    asked = request.GET.get("of", "")
    return {third["name"]: asked if asked in codes else codes[0]}


@open_to_all
@require_GET
def files(request: HttpRequest, code: str) -> HttpResponse:
    """A release as files, the same bytes for everyone."""
    row = queries.published(code)
    if row.withdrawn_at is not None:
        raise NothingHere()
    made = HttpResponse(archive(row.shown, row.sheet.codebook, row.statement, title=all_populations()[row.sheet.population].title), content_type="application/zip")
    made["Content-Disposition"] = f'attachment; filename="havre-{code}-v{row.version}.zip"'
    made["Cache-Control"] = "public, max-age=3600"
    return made


def _line(row: Publication) -> dict[str, Any]:
    sheet = row.sheet
    who = all_populations()[sheet.population]
    return {
        "code": row.code, "version": row.version, "title": _("%(title)s, from an invented register") % {"title": _(who.title)} if row.statement.get("invented") else _(who.title), "counted": _(who.counted), "care": _(who.care),
        "months": words.months(Period(sheet.first_month, sheet.last_month)), "country": country_name(sheet.country, words.lang()),
        "on": row.published_at, "withdrawn": _(words.WITHDRAWN[row.withdrawn_for]) if row.withdrawn_for else "", "withdrawn_on": row.withdrawn_at}
