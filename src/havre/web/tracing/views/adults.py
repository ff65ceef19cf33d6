"""The adult, the home, the authority, the border, the alert list, the panel: one page for each look."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access.queries import scoped
from havre.core.problems import NothingHere
from havre.tracing import actions, facts, permissions, queries
from havre.tracing.models import BestInterests
from havre.web.cases.labels import moment
from havre.web.screen import screen
from havre.web.tracing.base import actor_of, allowed, intend, match_at, step
from havre.web.tracing.forms.adults import AskForm, BorderForm, ClearanceForm, HouseholdForm
from havre.web.tracing.forms.requests import ButtonForm, ReasonsForm
from havre.web.tracing.views.matches import alert_words
from havre.web.tracing.words import RED_FLAGS, TRIGGERS, words


@screen(permissions.ASSESS)
def household(request: HttpRequest, code: str) -> HttpResponse:
    """A visit to the home."""
    match = match_at(request, code, permissions.ASSESS)
    return step(request, match, HouseholdForm(request.POST or None), lambda f: actions.assess_household(
        intend(request, f), match=match.pk, assessed_on=f.cleaned_data["assessed_on"], willing=f.cleaned_data["willing"],
        able=f.cleaned_data["able"], safe=f.cleaned_data["safe"], alternate_caregiver=f.cleaned_data.get("alternate") == "yes",
        home=f.cleaned_data.get("home") or "", summary=f.cleaned_data["summary"]),
        title=_("The home of the adult"), button=_("Record the visit"), done=_("Visit to the home recorded."))


@screen(permissions.PLAN)
def clearance(request: HttpRequest, code: str) -> HttpResponse:
    """What the authority said."""
    match = match_at(request, code, permissions.PLAN)
    return step(request, match, ClearanceForm(request.POST or None), lambda f: actions.record_clearance(
        intend(request, f), match=match.pk, state=f.cleaned_data["state"], authority=f.cleaned_data["authority"],
        reference=f.cleaned_data.get("reference") or "", decided_on=f.cleaned_data.get("decided_on"), valid_until=f.cleaned_data.get("valid_until")),
        title=_("What the authority said"), button=_("Record it"), done=_("The authority’s word is recorded."))


@screen(permissions.ASSESS)
def border(request: HttpRequest, code: str) -> HttpResponse:
    """Is the crossing safe for the child?"""
    match = match_at(request, code, permissions.ASSESS)
    return step(request, match, BorderForm(request.POST or None), lambda f: actions.assess_border(
        intend(request, f), match=match.pk, country=f.cleaned_data["country"], result=f.cleaned_data["result"],
        grounds=f.cleaned_data.get("grounds") or [], reasons=f.cleaned_data["reasons"], valid_until=f.cleaned_data["valid_until"]),
        title=_("Is the border safe for the child?"), button=_("Record it"), done=_("The look at the border is recorded."),
        lede=_("No child is sent where she would be in danger. Who plans the reunification may not judge this."))


@screen(permissions.READ)
def alert(request: HttpRequest, code: str) -> HttpResponse:
    """Compare the adult with the alert list; a supervisor clears a hit or a red flag with reasons."""
    actor, match = actor_of(request), match_at(request, code)
    may = allowed(actor, match.file_id)
    if not (may["assess_adult"] or may["clear_alert"]):
        raise NothingHere()
    reunion = facts.live_reunion(match)
    state = queries.safety_of(actor, match)["alert"]
    hit = bool(state and state[0].state == "hit") or (bool(match.red_flags) and match.flags_cleared_by is None)
    context = {"gates": [queries.alert_gate(match, reunion, timezone.now())],
               "pairs": [*([(_("Alert list"), f"{alert_words(state[0].state)}, {moment(state[0].checked_at)}")] if state else []),
                         *([(_("Red flags"), ", ".join(words(RED_FLAGS, f) for f in match.red_flags))] if match.red_flags else [])]}
    if hit and may["clear_alert"]:
        return step(request, match, ReasonsForm(request.POST or None), lambda f: actions.clear_alert(
            intend(request, f), match=match.pk, reasons=f.cleaned_data["reasons"]),
            title=_("Look into what was found"), button=_("The child is safe with this adult"), done=_("Cleared, with your reasons."),
            lede=_("Ask the focal point who keeps the entry before you decide. Your reasons are kept."), context=context)
    if not may["assess_adult"]:
        raise NothingHere()
    return step(request, match, ButtonForm(request.POST or None), lambda f: actions.check_alerts(intend(request, f), match=match.pk),
                title=_("Compare with the alert list"), button=_("Compare now"), done=_("Compared with the alert list."),
                lede=_("You learn only whether there is a hit, not whose entry it is."), to=request.path, context=context)


@screen(permissions.ASK_PANEL)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Put a question to a panel member."""
    actor, match = actor_of(request), match_at(request, code, permissions.ASK_PANEL)
    why = facts.best_interests(match, facts.live_reunion(match)).triggers
    form = AskForm(request.POST or None, members=[m for m in queries.panel_members(match.case_country) if m[0] != actor.id])
    from uuid import UUID
    return step(request, match, form, lambda f: actions.ask_panel(
        intend(request, f), match=match.pk, panel_member=UUID(f.cleaned_data["panel_member"]), question=f.cleaned_data["question"]),
        title=_("Ask for a best-interests decision"), button=_("Ask this panel member"), done=_("The panel member was asked."),
        context={"pairs": [(_("Needed because"), ", ".join(words(TRIGGERS, c) for c in why) or _("Nothing makes it necessary; you may still ask."))]})


@screen(permissions.ASK_PANEL)
def told(request: HttpRequest, code: str) -> HttpResponse:
    """The child was told the decision."""
    match = match_at(request, code, permissions.ASK_PANEL)
    row = scoped(BestInterests, actor_of(request)).filter(match=match).exclude(outcome="").order_by("-decided_at").first()
    if row is None:
        raise NothingHere()
    return step(request, match, ButtonForm(request.POST or None), lambda f: actions.tell_child(intend(request, f), decision=row.pk),
                title=_("The child was told what was decided and why"), button=_("She was told"), done=_("Recorded."))
