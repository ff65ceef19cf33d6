"""The plan, the approval, the three signatures, the visits, and a breakdown."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.core.problems import NothingHere
from havre.infra.sealing import open_record
from havre.tracing import actions, facts, permissions, queries
from havre.tracing.models import Match, Reunification
from havre.web.cases.labels import day_words, label
from havre.web.screen import screen
from havre.web.tracing.base import actor_of, intend, match_at, step
from havre.web.tracing.forms.requests import ReasonsForm
from havre.web.tracing.forms.reunions import PlanForm, SignForm, VisitForm
from havre.web.tracing.views.matches import case_code, reunion_words


def _live(match: Match, *states: str) -> Reunification:
    reunion = facts.live_reunion(match)
    if reunion is None or reunion.state not in states:
        raise NothingHere()
    return reunion


@screen(permissions.PLAN)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Plan, or change what is planned."""
    match = match_at(request, code, permissions.PLAN)
    reunion = facts.live_reunion(match)
    known = _known(reunion) if reunion is not None and reunion.state == "planned" else {}
    form = PlanForm(request.POST or None, initial=known)
    return step(request, match, form, lambda f: actions.plan_reunification(intend(request, f), match=match.pk, given=f.given()),  # type: ignore[attr-defined]
                title=_("How does the child go home?"), button=_("Keep the plan"), done=_("Plan recorded. A supervisor decides."),
                lede=_("Nobody goes before a supervisor has agreed and three have signed."))


def _known(reunion: Reunification) -> dict[str, object]:
    said = open_record(reunion, "place", "plan", "child_view", "adult_names")
    days = [date.fromisoformat(d) for d in reunion.visits]
    return {**{k: v or "" for k, v in said.items()}, "type": reunion.type, "planned_on": reunion.planned_on, "country": reunion.country,
            "verified_adult": "yes" if reunion.verified_adult else "no", "other_adult_reason": reunion.other_adult_reason,
            "custody_dispute": "yes" if reunion.custody_dispute else "no", "visits": "\n".join(f"{d.day} {d.month} {d.year}" for d in days)}


def _about(request: HttpRequest, match: Match, reunion: Reunification) -> dict[str, object]:
    """What each page of a reunification shows: the plan and its safeguards."""
    actor = actor_of(request)
    page = queries.match_page(actor, match, timezone.now())
    return {"gates": page.results, "case_code": case_code(actor, match), "reunion": reunion_words(actor, page), "relation": label("relationship_type", reunion.relation)}


@screen(permissions.APPROVE)
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """A supervisor who did not plan it decides."""
    match = match_at(request, code, permissions.APPROVE)
    reunion = _live(match, "planned")
    return step(request, match, ReasonsForm(request.POST or None), lambda f: actions.approve_reunification(
        intend(request, f), reunification=reunion.pk, reasons=f.cleaned_data["reasons"]),
        title=_("May the child go home?"), button=_("I agree to this plan"), done=_("The plan is approved."),
        lede=_("Read the plan, what the child says, and each safeguard."), context=_about(request, match, reunion))


@screen(permissions.PLAN)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Give the plan up."""
    match = match_at(request, code, permissions.PLAN)
    reunion = _live(match, "planned", "approved")
    return step(request, match, ReasonsForm(request.POST or None), lambda f: actions.cancel_reunification(
        intend(request, f), reunification=reunion.pk, reasons=f.cleaned_data["reasons"]),
        title=_("Give up this plan"), button=_("Give up this plan"), done=_("The plan was given up. The family stays verified."))


@screen(permissions.SIGN)
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """One of three signatures; the third hands the child over."""
    match = match_at(request, code, permissions.SIGN)
    reunion = _live(match, "approved", "handed_over")
    missing = [label("handover_signer", s) for s in facts.signed(reunion).missing()]
    return step(request, match, SignForm(request.POST or None), lambda f: actions.sign_hand_over(
        intend(request, f), reunification=reunion.pk, signer=f.cleaned_data["signer"], signed_as=f.cleaned_data.get("signed_as") or "",
        mode=f.cleaned_data.get("mode") or ""),
        title=_("Sign the hand-over"), button=_("Sign"), done=_("Signed."),
        lede=_("Two workers and the receiver sign, three different people. Each safeguard is looked at again now."),
        context={**_about(request, match, reunion), "pairs": [(_("Still to sign"), ", ".join(missing))]})


@screen(permissions.VISIT)
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """A visit to the family."""
    match = match_at(request, code, permissions.VISIT)
    reunion = _live(match, "handed_over", "at_risk")
    return step(request, match, VisitForm(request.POST or None), lambda f: actions.record_visit(
        intend(request, f), reunification=reunion.pk, visited_on=f.cleaned_data["visited_on"], outcome=f.cleaned_data["outcome"],
        child_seen_alone=f.cleaned_data["alone"] == "yes", child_said=f.cleaned_data.get("child_said") or "", notes=f.cleaned_data["notes"],
        more_needed=f.cleaned_data["more_needed"] == "yes"),
        title=_("Visit to the family"), button=_("Record the visit"), done=_("Visit recorded."),
        context={"pairs": [(_("Planned visits"), ", ".join(day_words(date.fromisoformat(d)) for d in reunion.visits))]})


@screen(permissions.VISIT)
def breakdown(request: HttpRequest, code: str) -> HttpResponse:
    """The child is no longer safe, or no longer there."""
    match = match_at(request, code, permissions.VISIT)
    reunion = _live(match, "handed_over", "at_risk", "stable")
    return step(request, match, ReasonsForm(request.POST or None), lambda f: actions.break_down(
        intend(request, f), reunification=reunion.pk, reasons=f.cleaned_data["reasons"]),
        title=_("The reunification broke down"), button=_("Open the case and the search again"), done=_("The case and the search are open again."),
        lede=_("The risk becomes high at once, and the worker of the child gets a task for today."))
