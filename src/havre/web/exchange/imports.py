"""Pages of an import: the file, its columns, the trial, the import, the undo."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from havre.core.problems import Problem
from havre.exchange import actions, importing, permissions, queries
from havre.exchange.fields import CHILDREN
from havre.exchange.states import IMPORT
from havre.exchange.writing import csv_bytes
from havre.web.exchange import words
from havre.web.exchange.forms import ColumnsForm, UploadForm
from havre.web.screen import intent, screen
from havre.web.shell import said

SHOWN = 50


@screen(permissions.IMPORT)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in."""
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file, given = form.cleaned_data["file"], form.cleaned_data
            try:
                batch = actions.upload_import(intent(request, given["rid"]), kind=given["kind"], name=file.name, content=file.read())
                return _see("exchange:columns", batch.file.code)
            except Problem as problem:
                form.refuse(problem)
                status = problem.status
    return render(request, "exchange/upload.html", {"form": form}, status=status)


def _see(name: str, code: str) -> HttpResponse:
    response = redirect(name, code=code)
    response.status_code = 303
    return response


@screen(permissions.IMPORT_OWN)
def columns(request: HttpRequest, code: str) -> HttpResponse:
    """Say what each column means; pressing the button tries the import."""
    actor = request.actor  # type: ignore[attr-defined]
    view = queries.import_view(actor, code)
    if "map" not in IMPORT.actions(view.batch.status):
        return _see("exchange:import", code)
    mapping = view.mapping or queries.guessed(actor, view.batch.kind, view.headers)
    start = ColumnsForm.start(view.headers, mapping, view.batch.terms, view.batch.legal_basis, view.legal_reason)
    form = ColumnsForm(request.POST or None, kind=view.batch.kind, headers=view.headers, samples=view.samples, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.map_import(intent(request, form.cleaned_data["rid"]), batch=view.batch.pk, mapping=form.mapping(), terms=form.terms())
                _carry_out(request, view, "try")
                return _see("exchange:import", code)
            except Problem as problem:
                form.refuse(problem)
                status = problem.status
    return render(request, "exchange/columns.html", {"form": form, "view": view, "code": code, "children": view.batch.kind == CHILDREN,
                                                     "guessed": len(mapping)}, status=status)


def _carry_out(request: HttpRequest, view: queries.ImportView, step: str, **rows: Any) -> None:
    """Now for a short file, in the background for a long one."""
    if view.batch.rows > importing.AT_ONCE:
        actions.queue_import(intent(request, uuid4()), batch=view.batch.pk, step=step, **rows)
    elif step == "try":
        actions.try_import(intent(request, uuid4()), batch=view.batch.pk)
    else:
        actions.run_import(intent(request, uuid4()), batch=view.batch.pk, **rows)


@screen(permissions.IMPORT_OWN)
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """Where the import stands: under way, what was found, done, undone."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, problem: Problem | None = None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    view = queries.import_view(actor, code, samples=0)
    record = view.batch
    if record.status in ("uploaded", "mapped"):
        return _see("exchange:columns", code)
    rows = sorted(view.issues, key=lambda issue: issue["row"])
    return render(request, "exchange/import.html", {
        "view": view, "batch": record, "code": code, "status": _(words.STATUS[record.status]), "kind": _(words.KINDS[record.kind]), "rid": uuid4(),
        "issues": [(issue["row"], issue["column"], words.issue(issue)) for issue in rows[:SHOWN]], "more": max(len(rows) - SHOWN, 0),
        "flagged": [(row, [hit["code"] for hit in hits if hit["code"]], any(not hit["code"] for hit in hits)) for row, hits in sorted(view.flagged.items())],
        "wrong_rows": sorted({issue["row"] for issue in rows}), "to_import": record.good + record.flagged,
        "made": queries.codes_of(actor, record.made) if record.status == "imported" else [],
        "kept": queries.codes_of(actor, record.kept), "problem": problem, "withdrawn": len(record.made) - len(record.kept),
    }, status=problem.status if problem else 200)


def _rid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("rid", ""))
    except ValueError:
        return uuid4()


@screen(permissions.IMPORT_OWN)
def run(request: HttpRequest, code: str) -> HttpResponse:
    """Import what was tried, without the rows that are left out."""
    view = queries.import_view(request.actor, code, samples=0)  # type: ignore[attr-defined]
    if request.method != "POST":
        return _see("exchange:import", code)
    out = {row for row in view.flagged if request.POST.get(f"row_{row}") != "different"}
    different = set(view.flagged) - out
    if request.POST.get("without_wrong"):
        out |= {issue["row"] for issue in view.issues}
    try:
        _carry_out(request, view, "run", leave_out=sorted(out), different=sorted(different))
    except Problem as problem:
        return _page(request, code, problem)
    if queries.import_by_code(request.actor, code).status == "imported":  # type: ignore[attr-defined]
        said.say(request, _("Imported."))
    return _see("exchange:import", code)


@screen(permissions.UNDO)
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take a whole import back."""
    return _do(request, code, actions.undo_import, _("The import is undone."))


@screen(permissions.IMPORT_OWN)
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a file away that was not imported."""
    return _do(request, code, actions.discard_import, _("The file is thrown away."))


def _do(request: HttpRequest, code: str, action: Callable[..., object], sentence: str) -> HttpResponse:
    record = queries.import_by_code(request.actor, code)  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            action(intent(request, _rid(request)), batch=record.pk)
        except Problem as problem:
            return _page(request, code, problem)
        said.say(request, sentence)
    return _see("exchange:import", code)


@screen(permissions.IMPORT_OWN)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """What to do about each row, as CSV: row, column, sentence. No cell of the file is in it."""
    view = queries.import_view(request.actor, code, samples=0)  # type: ignore[attr-defined]
    rows = [[str(issue["row"]), issue["column"], words.issue(issue)] for issue in sorted(view.issues, key=lambda issue: issue["row"])]
    rows += [[str(row), "", _("This may be a child who is known already. Look before you import.")] for row in sorted(view.flagged)]
    answer = HttpResponse(csv_bytes([_("Row"), _("Column"), _("What to do")], rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="havre-{view.code}.csv"'
    return answer
