"""Who is being looked for, and what is possible?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from havre.access import queries as access
from havre.access.models import File
from havre.core.problems import NothingHere
from havre.tracing import permissions, queries
from havre.web.cases.labels import label
from havre.web.screen import screen
from havre.web.tracing.base import actor_of
from havre.web.tracing.words import STAGES, STATUSES, words

PAGES = {"request": "tracing:request", "case": "tracing:child", "match": "tracing:match"}


@screen(permissions.LIST)
def overview(request: HttpRequest) -> HttpResponse:
    """Possible families first, then the requests; nothing of anyone else's files."""
    actor = actor_of(request)
    page = max(1, int(request.GET.get("page", "1"))) if request.GET.get("page", "1").isdigit() else 1
    requests, more = queries.requests_for(actor, page=page)
    possible = [{
        "row": row, "code": code, "names": names, "chance": row.per_thousand / 1000,
        "status": words(STAGES, row.stage) if row.stage else words(STATUSES, row.status),
        "other": row.side == "child", "url": reverse("tracing:candidate", args=[row.pk]),
    } for row, code, names in (queries.candidates_for(actor) if page == 1 else [])]
    lines = [{"line": r, "relation": label("relationship_type", r.relation), "status": label("tracing_status", r.status),
              "chance": r.best / 1000} for r in requests]
    return render(request, "tracing/list.html", {
        "possible": possible, "lines": lines, "more": page + 1 if more else 0, "may_ask": access.may(actor, permissions.REQUEST),
        "may_alert": access.may(actor, permissions.ALERTS), "may_matcher": access.may(actor, permissions.MATCHER)})


@screen(permissions.LIST)
def go(request: HttpRequest, code: str) -> HttpResponse:
    """From a task to the page of its file, whichever kind it is."""
    file = access.scoped(File, actor_of(request)).filter(code=code, kind__in=list(PAGES)).first()
    if file is None:
        raise NothingHere()
    return redirect(PAGES[file.kind], file.code)
