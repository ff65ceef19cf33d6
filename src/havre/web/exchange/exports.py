"""Pages of what leaves: the overview, the export with its password, the file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.config.policies import policy_for
from havre.core.gates import GateResult
from havre.core.problems import GateRefused, Problem
from havre.exchange import actions, permissions, queries
from havre.exchange.peers.permissions import COUNTS
from havre.reference import codes
from havre.web.exchange import words
from havre.web.exchange.forms import ExportForm
from havre.web.exchange.imports import _rid
from havre.web.screen import intent, screen
from havre.web.screening.words import lang


@screen(permissions.EXPORT)
def overview(request: HttpRequest) -> HttpResponse:
    """What came in and what left."""
    actor = request.actor  # type: ignore[attr-defined]
    may_import = access.may(actor, permissions.IMPORT)
    imports = queries.imports(actor) if may_import else []
    return render(request, "exchange/list.html", {
        "may_import": may_import, "may_count": access.may(actor, COUNTS),
        "imports": [{"code": b.file.code, "at": b.created_at, "kind": _(words.KINDS[b.kind]), "rows": b.rows, "status": _(words.STATUS[b.status])}
                    for b in imports],
        "exports": [{"code": b.file.code, "at": b.created_at, "rows": b.rows, "left_out": b.left_out, "fetched": b.fetched_at,
                     "purpose": codes.label("consent_purpose", b.purpose, lang())} for b in queries.exports(actor)]})


@screen(permissions.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """Say what leaves and why; the answer shows the password, once."""
    form = ExportForm(request.POST or None)
    status = 200
    results: tuple[GateResult, ...] = ()
    cap = policy_for(request.actor.country).export_cap  # type: ignore[attr-defined]
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.export_children(intent(request, form.cleaned_data["rid"]), wanted=form.wanted())
                if made is None:
                    return redirect("exchange:list")
                return render(request, "exchange/exported.html", {"made": made, "code": made.batch.file.code})
            except GateRefused as problem:
                results, status = problem.results, problem.status
            except Problem as problem:
                form.refuse(problem)
                status = problem.status
    return render(request, "exchange/export.html", {"form": form, "problem_results": results, "cap": cap}, status=status)


@screen(permissions.FETCH)
def fetch(request: HttpRequest, code: str) -> HttpResponse:
    """The encrypted archive, once."""
    record = queries.export_by_code(request.actor, code)  # type: ignore[attr-defined]
    if request.method != "POST":
        return redirect("exchange:list")
    try:
        name, content = actions.fetch_export(intent(request, _rid(request)), export=record.pk)
    except Problem as problem:
        return render(request, "exchange/gone.html", status=problem.status)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
