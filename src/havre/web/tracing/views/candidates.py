"""Is this the same family? One possible pair, seen from one side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.infra.sealing import open_record
from havre.tracing import actions, permissions, queries
from havre.web.cases.base import try_to
from havre.web.cases.labels import label, moment
from havre.web.screen import screen
from havre.web.shell.said import say
from havre.web.tracing import evidence
from havre.web.tracing.base import actor_of, allowed, intend, see_other
from havre.web.tracing.forms.matches import CandidateForm
from havre.web.tracing.show import standings
from havre.web.tracing.words import DECISIONS, STATUSES, words


@screen(permissions.READ)
def review(request: HttpRequest, candidate: str) -> HttpResponse:
    """The odds, each piece of evidence, and the decision with its reasons."""
    actor = actor_of(request)
    one = queries.candidate_in(actor, candidate)  # type: ignore[arg-type]
    row, here = one.row, request.path
    form, status = CandidateForm(request.POST or None), 200
    extra: dict[str, Any] = {}
    if request.method == "POST":
        access.require(actor, permissions.DECIDE, row.file_id)
        status = 422
        if form.is_valid():
            c = form.cleaned_data
            ok, extra, status = try_to(form, lambda: actions.decide_candidate(
                intend(request, form), candidate=row.pk, decision=c["decision"], reason=c.get("reason") or "", reasons=c["reasons"]))
            if ok:
                return _done(request, row.pk, here)
    may = allowed(actor, row.file_id)
    pieces = queries.evidence_of(actor, row)
    open_here = row.status == "candidate" or (row.status == "shortlisted" and not row.match_file)
    return render(request, "tracing/candidate.html", {
        "one": one, "row": row, "form": form, "may": may, "decide_here": may["decide_candidate"] and open_here, "chance": row.per_thousand / 1000,
        "prior": 1 / row.one_in if row.one_in else None, "family": row.verdict == "same_family",
        "rows": evidence.rows(pieces), "asks": evidence.asks(pieces, row.side) if open_here else [], "gates": queries.gates_of_side(row, timezone.now()) if open_here else [],
        "names": open_record(row.own_person, "names")["names"], "child_side": row.side == "child", "status": words(STATUSES, row.status),
        "relation": _relation(actor, row), "case_code": one.code if row.side == "child" else "",
        "back": reverse("tracing:child" if row.side == "child" else "tracing:request", args=[one.code]),
        "match_url": reverse("tracing:match", args=[one.match_code]) if one.match_code else "",
        "others": [s for s in standings(queries.candidates_of(actor, row.file_id)) if s["one"].row.pk != row.pk and s["live"]][:5],
        "decisions": [(words(DECISIONS, d.decision), reasons, moment(d.decided_at), label("match_reject_reason", d.reason))
                      for d, reasons in queries.decisions_of(actor, row.pair)], **extra}, status=status)


def _relation(actor: object, row: object) -> str:
    if row.side == "child":  # type: ignore[attr-defined]
        return ""
    return label("relationship_type", queries.request_in(actor, row.file_id).relation)  # type: ignore[arg-type, attr-defined]


def _done(request: HttpRequest, candidate: object, here: str) -> HttpResponse:
    """After the decision: to the match when both sides have agreed, else back to this page."""
    one = queries.candidate_in(actor_of(request), candidate)  # type: ignore[arg-type]
    if one.match_code:
        say(request, _("Both sides agreed. The match is open to both."))
        return see_other(reverse("tracing:match", args=[one.match_code]))
    say(request, _("Your decision is recorded."))
    return see_other(here)
