"""The pages of a plan: writing it, and deciding on it (or on closing a case)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from havre.access.queries import names_of
from havre.cases import actions, permissions
from havre.cases.facts import open_concerns
from havre.cases.models import Approval, Case
from havre.cases.queries import safeguards
from havre.cases.queries.choices import colleagues
from havre.cases.queries.decisions import closure_shown, heard, plan_shown, waiting_for_decision, why_returned
from havre.core.problems import NothingHere
from havre.web.cases import labels
from havre.web.cases.base import actor_of, find, intend, step
from havre.web.cases.forms.plans import DecideForm, PlanForm
from havre.web.cases.labels import label
from havre.web.cases.words import PLAN_KINDS
from havre.web.screen import screen


@screen(permissions.PLAN)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """What should be true for the child, and who does what until when?"""
    return _write(request, code, "case", _("What do you agree with the child?"))


@screen(permissions.PLAN)
def plan_transition(request: HttpRequest, code: str) -> HttpResponse:
    """What does the child need for life after 18?"""
    return _write(request, code, "transition", _("What does the child need for life after 18?"))


def _write(request: HttpRequest, code: str, kind: str, title: str) -> HttpResponse:
    case = find(request, code, permissions.PLAN)
    concerns = list(open_concerns(case)) if kind == "case" else []
    form = PlanForm(request.POST or None, kind=kind, concerns=concerns, people=colleagues(case))
    return step(request, case, form, lambda f: actions.propose_plan(intend(request, f), case=case.pk, given=form.given()),
                title=title, button=_("Send the plan to the supervisor"), done=_("The plan waits for the supervisor."),
                template="cases/plan.html", context={"returned": why_returned(case, kind), **_views(case)})


def _views(case: Case, kind: str = "plan") -> dict[str, Any]:
    """What the child says, for the person who writes the plan or decides."""
    found = heard(case, *(("closure",) if kind == "closure" else ()))
    if found is None:
        return {}
    return {"words": found.words, "why_none": found.why_none, "weighed": label("views_weight", found.weight).lower()}


@screen(permissions.APPROVE)
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Does a second person agree? The plan or the closing that waits, its safeguards, and the decision."""
    case = find(request, code, permissions.APPROVE)
    asked = waiting_for_decision(case)
    if asked is None:
        raise NothingHere()
    results = safeguards(actor_of(request), case, f"approve_{asked.subject_kind}")
    form = DecideForm(request.POST or None, results=results)
    shown = _plan(asked) if asked.subject_kind == "plan" else _closure(asked)
    names = names_of({asked.requested_by})
    context = {**shown, **_views(case, asked.subject_kind), "results": results, "asked_by": names.get(asked.requested_by, ""), "asked_at": labels.moment(asked.requested_at)}
    return step(request, case, form, lambda f: _decide(request, asked, form), button=_("Record the decision"), done=_("Decision recorded."),
                title=_("Do you approve this plan?") if asked.subject_kind == "plan" else _("Can this case be closed?"),
                template="cases/approve.html", context=context)


def _decide(request: HttpRequest, asked: Approval, form: DecideForm) -> object:
    reason, intent = form.cleaned_data["reason"], intend(request, form)
    if form.cleaned_data["decision"] == "return":
        back = actions.return_plan if asked.subject_kind == "plan" else actions.return_closure
        return back(intent, approval=asked.pk, reason=reason)
    go = actions.approve_plan if asked.subject_kind == "plan" else actions.approve_closure
    return go(intent, approval=asked.pk, accepted=form.accepted(), reason=reason)


def _plan(asked: Approval) -> dict[str, Any]:
    found = plan_shown(asked.subject)
    said = {True: _("Yes"), False: _("No"), None: _("Not asked")}
    return {"kind": _(PLAN_KINDS[found.plan.kind]), "goal": found.goal, "facts": [
        (_("Child agrees"), said[found.plan.child_agrees]), (_("Child would do differently"), found.child_note),
        (_("Caregiver took part"), said[found.plan.caregiver_part]), (_("Why not"), found.caregiver_note)],
        "lines": [{"goal": goal, "service": label("service_type", a.service_type), "concern": label("protection_concern", a.concern),
                   "who": found.names.get(a.owner_id, "") if a.owner_id else "", "until": labels.day_words(a.due_on)}
                  for a, goal in found.actions]}


def _closure(asked: Approval) -> dict[str, Any]:
    found = closure_shown(asked.subject)
    row = found.request
    said = {True: _("Yes"), False: _("No"), None: _("Not asked")}
    return {"kind": _("Closing"), "goal": found.summary, "lines": [], "facts": [
        (_("Reason for closing"), label("closure_reason", row.reason)), (_("Child agrees"), said[row.agreed_with_child]),
        (_("Caregiver agrees"), said[row.agreed_with_caregiver]), (_("Why not"), found.why_not_agreed),
        (_("Next contact"), labels.day_words(row.contact_on)), (_("File stored until"), labels.day_words(row.stored_until))]}
