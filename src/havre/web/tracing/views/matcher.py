"""What did the matcher learn, who agreed to it, and how does one go back?"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from havre.core.problems import NothingHere
from havre.linkage.model.differences import Change, Comparison
from havre.tracing import actions, learned, permissions
from havre.web.cases.base import try_to
from havre.web.cases.labels import moment
from havre.web.screen import screen
from havre.web.shell.said import say
from havre.web.tracing.base import actor_of, intend, see_other
from havre.web.tracing.evidence import FIELDS, NOTES
from havre.web.tracing.forms.requests import ButtonForm

MOST = 12


@screen(permissions.MATCHER)
def overview(request: HttpRequest) -> HttpResponse:
    """The numbers in use, what is proposed, and what was used before."""
    return _page(request, ButtonForm())


@screen(permissions.LEARN)
def propose(request: HttpRequest) -> HttpResponse:
    """Learn from the decided pairs; nothing is used before another person agrees."""
    form = ButtonForm(request.POST or None)
    return _done(request, form, lambda: actions.propose_model(intend(request, form)),
                 _("What was learned is proposed. Another person decides."))


@screen(permissions.DECIDE_MODEL)
def decide(request: HttpRequest, model: UUID) -> HttpResponse:
    """Approve or refuse what was proposed."""
    form, approve, which = ButtonForm(request.POST or None), "approve" in request.POST, learned.known(model)
    return _done(request, form, lambda: actions.decide_model(intend(request, form), model=which, approve=approve),
                 _("Approved. New comparisons use it.") if approve else _("Refused. Nothing changes."))


@screen(permissions.DECIDE_MODEL)
def use(request: HttpRequest, model: str) -> HttpResponse:
    """Go back to an earlier version, or to the one that came with Havre."""
    form, which = ButtonForm(request.POST or None), None if model == "shipped" else learned.known(_id(model))
    return _done(request, form, lambda: actions.use_model(intend(request, form), model=which),
                 _("New comparisons use this version."))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NothingHere() from None


def _done(request: HttpRequest, form: ButtonForm, act: Any, words: str) -> HttpResponse:
    if request.method != "POST":
        return see_other(reverse("tracing:matcher"))
    status = 422
    if form.is_valid():
        ok, _extra, status = try_to(form, act)
        if ok:
            say(request, words)
            return see_other(reverse("tracing:matcher"))
    return _page(request, form, status)


def _page(request: HttpRequest, form: ButtonForm, status: int = 200) -> HttpResponse:
    here = learned.learned(actor_of(request))
    return render(request, "tracing/matcher.html", {
        "here": here, "form": form, "counted": moment(here.names.at) if here.names else "",
        "people": number_format(sum(here.names.people.values()), force_grouping=True) if here.names else "",
        "names": number_format(len(here.names.shares), force_grouping=True) if here.names else "",
        "changes": _changes(here.proposal.comparison) if here.proposal else [],
        "more": max(0, len(here.proposal.comparison.changes) - MOST) if here.proposal else 0,
        "chances": here.proposal.comparison.chances if here.proposal else (),
        "proposed": moment(here.proposal.row.proposed_at) if here.proposal else "",
        "uses": [(use.version, use.by, moment(use.since)) for use in here.uses]}, status=status)


def _changes(comparison: Comparison) -> list[tuple[str, str, str, str, str]]:
    """Each level that moved: which field, what was seen, for whom, and how usual it was and is, of 1,000."""
    return [(_(FIELDS.get(c.field, c.field)), _level(c), _("one child") if c.kind == "match" else _("one family"),
             _("%(before)s → %(after)s in 1,000") % {"before": round(1000 * c.before), "after": round(1000 * c.after)},
             number_format(round(c.decisions))) for c in comparison.changes[:MOST]]


def _level(change: Change) -> str:
    notes = NOTES.get(change.field, {})
    return _(notes[change.level]) if change.level in notes else change.level
