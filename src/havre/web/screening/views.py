"""Pages of first contact: the one page of a border officer, and what child protection sees of it."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from havre.access.models import Team
from havre.config.policies import policy_for
from havre.core.problems import Problem
from havre.identification import actions, permissions, queries, receiving, rules
from havre.identification.models import Screening
from havre.reference import codes, languages
from havre.web.screen import intent, screen
from havre.web.screening import words
from havre.web.screening.forms import FirstContactForm
from havre.web.shell import nav, said

_RECEIPT = "first_contact_receipt"
_SENT = "first_contact_sent"  # the request id of what was sent last


@screen(permissions.SCREEN)
def start(request: HttpRequest) -> HttpResponse:
    """Ask, look, send. Coming back after sending finds an empty form; sending again what was sent shows its receipt only."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST" and request.POST.get("rid", "") == request.session.get(_SENT):
        return _to_receipt()
    teams = receiving.teams_for(actor.country)
    form = FirstContactForm(request.POST or None, teams=teams)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _send(request, form, {str(t.pk): t for t in teams})
            except Problem as problem:
                form.refuse(problem)
                status = problem.status
    return render(request, "screening/start.html", {
        "form": form, "teams": teams, "answered": len(form.answers()) if form.is_bound and hasattr(form, "cleaned_data") else 0,
        "of": len(rules.QUESTIONS)}, status=status)


def _send(request: HttpRequest, form: FirstContactForm, teams: dict[str, Team]) -> HttpResponse:
    given = form.cleaned_data
    team = teams.get(given.get("team") or "") or next(iter(teams.values()), None)
    wanted = intent(request, given["rid"])
    actions.submit_screening(wanted, answers=form.answers(), observations=given["observations"], note=given["note"],
                             language=given["language"], understood=given["understood"], firewall_said=given["firewall_said"],
                             team=team.pk if team else None)
    if team is not None:
        request.session[_RECEIPT] = [actions.receipt_of(wanted.rid), team.name, team.agency.contact, wanted.at.isoformat()]
    request.session[_SENT] = str(wanted.rid)
    return _to_receipt()


def _to_receipt() -> HttpResponse:
    response = redirect("screening:receipt")
    response.status_code = 303
    return response


@screen(permissions.SCREEN)
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of what was sent last in this session: a code and what happens next, no answer."""
    kept = request.session.get(_RECEIPT)
    if not kept:
        return redirect("screening:start")
    code, team, contact, at = kept
    hours = policy_for(request.actor.country).border_referral_hours  # type: ignore[attr-defined]
    return render(request, "screening/receipt.html", {"code": code, "team": team, "contact": contact, "hours": hours,
                                                      "at": datetime.fromisoformat(at)})


@screen(permissions.LIST)
def waiting(request: HttpRequest) -> HttpResponse:
    """The first contacts that wait for this person or their team; no answer is read."""
    rows = queries.waiting(request.actor)  # type: ignore[attr-defined]
    return render(request, "screening/waiting.html", {"rows": [_row(record) for record in rows]})


def _row(record: Screening) -> dict[str, object]:
    return {"code": record.file.code, "at": record.screened_at, "post": record.post, "status": _(words.STATUS[record.status]),
            "urgent": "urgent_safety" in record.outcomes or "refer_medical" in record.outcomes,
            "outcomes": [codes.label("screening_outcome", each, words.lang()) for each in record.outcomes]}


@screen(permissions.READ)
def intake(request: HttpRequest, code: str) -> HttpResponse:
    """One first contact as it was sent, for those who look after the child now. The reading is recorded."""
    found = queries.opened(request.actor, code)  # type: ignore[attr-defined]
    record, lang = found.record, words.lang()
    asked = [(q.code, found.answers.get(q.code)) for q in rules.QUESTIONS]
    return render(request, "screening/intake.html", {
        "record": record, "code": code, "row": _row(record), "note": found.note,
        "signs": [codes.label("screening_sign", sign, lang) for sign in record.flags],
        "needs": [codes.label("immediate_need", need, lang) for need in record.needs],
        "answers": [(words.question(q), words.answer(q, value)) for q, value in asked if value is not None],
        "not_asked": [words.question(q) for q, value in asked if value is None],
        "observations": [codes.label("screening_observation", each, lang) for each in found.observations],
        "understood": _(words.UNDERSTOOD[record.understood]),
        "language": languages.language_name(record.language, lang) if record.language else "",
        "rid": uuid4(), "can_take": record.acknowledged_at is None, "may_register": record.status != "registered", "register": _register(code)})


def _register(code: str) -> str:
    address = nav.address_of("registration:start") or nav.address_of("registration:search")
    return f"{address}?screening={code}" if address else ""


@screen(permissions.TAKE)
def acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    """Say that child protection has this child."""
    record = queries.find(request.actor, code)  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            rid = UUID(request.POST.get("rid", ""))
        except ValueError:
            rid = uuid4()
        actions.acknowledge(intent(request, rid), screening=record.pk)
        said.say(request, _("You have taken this first contact."))
    return redirect("screening:intake", code=code)
