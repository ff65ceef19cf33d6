"""Pages: ask another instance about the child of a request, send again, and see how often instances ask each other."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.exchange.peers import actions, permissions, queries
from havre.exchange.peers.asking import ready
from havre.exchange.peers.problems import PeerPackageMissing
from havre.web.cases.base import actor_of, intend, see_other, try_to
from havre.web.parts.reasons import problem_words
from havre.web.peers.forms import AgainForm, AskForm
from havre.web.peers.words import failure
from havre.web.screen import screen
from havre.web.shell.said import say


@screen(permissions.ASK)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """What leaves, the form, and the questions asked before with their answers."""
    actor = actor_of(request)
    row = queries.request_by_code(actor, code)
    peers = queries.peers(actor)
    form, status = AskForm(request.POST or None, peers=peers), 200
    extra: dict[str, Any] = {}
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            done, extra, status = try_to(form, lambda: actions.ask_peer(
                intend(request, form), request=row.pk, peer=UUID(said["peer"]), purpose=said["purpose"], agreed=said["agreed"]))
            if done:
                say(request, _("The question is on its way. The answer will stand here and on the timeline."))
                return see_other(reverse("peers:ask", args=[code]))
    asked = [(one, failure(one.row.problem)) for one in queries.asked_for(actor, row)]
    return render(request, "peers/ask.html", {
        "code": code, "form": form, "peers": peers, "asked": asked, "again": AgainForm(), "closed": row.closed_at is not None,
        "missing": "" if ready() else problem_words(PeerPackageMissing()), **extra}, status=status)


@screen(permissions.ASK)
def again(request: HttpRequest, code: str, question: UUID) -> HttpResponse:
    """Send a question again that did not arrive."""
    queries.request_by_code(actor_of(request), code)
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done, _shown, _status = try_to(form, lambda: actions.send_again(intend(request, form), question=question))
        if done:
            say(request, _("The question is on its way again."))
    return see_other(reverse("peers:ask", args=[code]))


@screen(permissions.COUNTS)
def counts(request: HttpRequest) -> HttpResponse:
    """How many questions each instance asked and was asked; nobody here can know about whom."""
    rows, limit = queries.counted(actor_of(request))
    return render(request, "peers/counts.html", {"rows": rows, "limit": limit, "days": queries.DAYS})
