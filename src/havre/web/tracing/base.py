"""How does a page of tracing find its record, show a form, act once, and tell the story of a file?"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from havre.access import queries as access
from havre.access.decide import Permission, decide
from havre.cases.models import Case
from havre.cases.queries.history import entries
from havre.core.actor import Actor
from havre.exchange.peers.permissions import ASK as ASK_PEER
from havre.tracing import permissions, queries
from havre.tracing.models import Match, TracingRequest
from havre.web.cases.base import actor_of, intend, see_other, seen, try_to
from havre.web.parts.forms import HavreForm
from havre.web.parts.reasons import EVENTS
from havre.web.parts.tags.work import Entry
from havre.web.shell.nav import role_words
from havre.web.shell.said import say

__all__ = ["actor_of", "allowed", "case_at", "intend", "match_at", "request_at", "see_other", "seen", "step", "story"]

EVERY = (
    permissions.CHANGE, permissions.WISHES, permissions.EXCEPTION, permissions.ACT, permissions.PUBLISH,
    permissions.APPROVE_PUBLICATION, permissions.DECIDE, permissions.INTERVIEW, permissions.COMPARE, permissions.VERIFY,
    permissions.END_MATCH, permissions.ASSESS, permissions.CLEAR_ALERT, permissions.ASK_PANEL, permissions.PANEL,
    permissions.PLAN, permissions.APPROVE, permissions.SIGN, permissions.VISIT, ASK_PEER)


def allowed(actor: Actor, file: UUID) -> dict[str, bool]:
    """What this person may do with a file, by the short name of each permission."""
    standing = access.relations(actor, file)
    return {p.code.partition(".")[2]: decide(actor, p, standing).allowed for p in EVERY}


def request_at(request: HttpRequest, code: str, permission: Permission = permissions.READ) -> TracingRequest:
    """The request with this code, for a step. Raises NothingHere."""
    actor = actor_of(request)
    file = queries.file_by_code(actor, code, "request")
    access.require(actor, permission, file.pk)
    return queries.request_in(actor, file.pk)


def case_at(request: HttpRequest, code: str, permission: Permission = permissions.READ) -> Case:
    """The case with this code, for a step. Raises NothingHere."""
    actor = actor_of(request)
    file = queries.file_by_code(actor, code, "case")
    access.require(actor, permission, file.pk)
    return queries.case_in(actor, file.pk)


def match_at(request: HttpRequest, code: str, permission: Permission = permissions.READ) -> Match:
    """The match with this code, for a step. Raises NothingHere."""
    actor = actor_of(request)
    file = queries.file_by_code(actor, code, "match")
    access.require(actor, permission, file.pk)
    return queries.match_in(actor, file.pk)


def address(record: Any) -> str:
    """The page of a request, a child's search or a match."""
    name = {TracingRequest: "tracing:request", Case: "tracing:child", Match: "tracing:match"}[type(record)]
    return reverse(name, args=[record.file.code])


def story(file: UUID, limit: int = 20) -> list[Entry]:
    """What happened on a file, ready for the timeline."""
    return [Entry(e.at, EVENTS.say(e.code, e.params), e.name, role_words(e.role), key=e.refused) for e in entries(file, limit=limit)]


def step(request: HttpRequest, record: Any, form: HavreForm, act: Callable[[HavreForm], object], *, title: str, button: str,
         done: str, lede: str = "", template: str = "tracing/step.html", to: str = "",
         context: Mapping[str, Any] | None = None) -> HttpResponse:
    """A page with one form: GET shows it, POST acts and goes on; a refusal says why and keeps what was typed."""
    status, extra = 200, dict(context or {})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            ok, shown, status = try_to(form, lambda: act(form))
            if ok:
                say(request, done)
                return see_other(to or address(record))
            extra |= shown
    return render(request, template, {
        "record": record, "code": record.file.code, "back": address(record), "form": form, "title": title, "lede": lede,
        "button": button, **extra}, status=status)
