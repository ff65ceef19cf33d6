"""What was agreed: each use with the child's and the adult's word now, what was said before, and taking it back."""

from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access.queries import may
from havre.core.problems import Problem
from havre.registration import actions, gates, permissions, queries, rules
from havre.registration.consents import Consent
from havre.web.parts.forms import HavreForm
from havre.web.parts.reasons import day
from havre.web.parts.tags.work import Answer
from havre.web.registration import reading, showing
from havre.web.registration.forms import ConsentForm
from havre.web.registration.views.steps import actor_of
from havre.web.screen import intent, screen
from havre.web.shell import said


@screen(permissions.READ)
def consent(request: HttpRequest, code: str) -> HttpResponse:
    """What holds now, the safeguards, the history, and a form for what was said today."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    child = queries.child_of(actor, file.pk, "names", "birth_date")
    policy, now = queries.country_policy(actor), timezone.now()
    facts = queries.consent_facts(child.person, rules.NEEDED_TO_REGISTER, now, policy, child.values.get("birth_date"))
    form, status = ConsentForm(needed=facts.needed), 200
    form.fields["legal_basis"].required = False
    if request.method == "POST":
        form = ConsentForm(request.POST, needed=facts.needed)
        form.fields["legal_basis"].required = False
        status = 422
        if form.is_valid():
            done = _record(request, form, child)
            if done:
                said.say(request, _("What was said is recorded."))
                return redirect("registration:consent", code=file.code)
            if not form.errors:
                form.add_error(None, _("Write at least one answer."))
    events = queries.consents_of(actor, child.person.pk)
    return render(request, "registration/consent.html", {
        "code": file.code, "child": showing.names_of(child), "form": form, "purposes": list(form.purposes()),
        "answers": _answers(events, now), "history": [_event(e) for e in events], "basis": showing.label("legal_basis", facts.basis),
        "results": [gates.legal_basis(facts), gates.capacity(facts)], "may_write": may(actor, permissions.CONSENT, file.pk)}, status=status)


def _record(request: HttpRequest, form: ConsentForm, child: queries.Shown) -> int:
    """Each event of the form as an action of its own; a repeated press has no second effect. Returns how many."""
    given, basis, rid = reading.consents(form), form.cleaned_data.get("legal_basis"), form.cleaned_data["rid"]
    try:
        with transaction.atomic():
            for number, one in enumerate(given):
                actions.record_consent(intent(request, uuid5(rid, str(number))), person=child.person.pk, given=one)
            if basis:
                actions.record_legal_basis(intent(request, uuid5(rid, "basis")), person=child.person.pk, basis=basis,
                                           reason=form.cleaned_data["legal_reason"])
    except Problem as problem:
        form.refuse(problem)
        return 0
    return len(given) + bool(basis)


def _answers(events: list[Consent], now: Any) -> list[tuple[str, str, list[Answer]]]:
    rows = queries.answers_now(events, now)
    sides = (("says-child", _("The child says"), [(p, child) for p, child, _adult in rows]),
             ("says-adult", _("The adult responsible says"), [(p, adult) for p, _child, adult in rows]))
    out = []
    for side, heading, said_now in sides:
        shown = [Answer(showing.label("consent_purpose", p), a.value or "not_asked", _lapsed(a.lapsed)) for p, a in said_now if a.value or a.lapsed]
        if shown:
            out.append((side, heading, shown))
    return out


def _lapsed(why: str) -> str:
    return {"withdrawn": _("Taken back."), "expired": _("The time it was given for is over.")}.get(why, "")


def _event(row: Consent) -> dict[str, Any]:
    words = {"given": _("Agreed"), "refused": _("Refused"), "withdrawn": _("Took back"), "exception": _("Not asked, or not followed"),
             "basis": _("Basis chosen")}
    by = showing.label("consent_giver", row.given_by) if row.event not in {"exception", "basis"} else ""
    what = (showing.label("consent_exception", row.exception) if row.event == "exception" else showing.label("legal_basis", row.basis)
            if row.event == "basis" else "; ".join(f"{showing.label('consent_purpose', p)}: {showing.label('consent_answer', a)}"
                                                   for p, a in row.answers.items()))
    how = showing.label("consent_mode", row.mode) if row.event in {"given", "refused"} else ""
    return {"id": row.pk, "at": day(timezone.localtime(row.given_at).date()), "word": words[row.event], "by": by, "what": what, "how": how,
            "language": showing.languages_words([row.language]) if row.language else "", "until": row.expires_at,
            "can_withdraw": row.event == "given" and "yes" in row.answers.values()}


class WithdrawForm(HavreForm):
    """Which uses are taken back, and why if the child wants to say."""

    def __init__(self, *args: Any, event: Consent, **kwargs: Any) -> None:
        from havre.web.parts.forms import ManyOf, TextAnswer
        super().__init__(*args, **kwargs)
        agreed = [p for p, a in event.answers.items() if a == "yes"]
        self.fields["purposes"] = ManyOf(choices=[(p, showing.label("consent_purpose", p)) for p in agreed], label=_("What is taken back?"))
        self.fields["reason"] = TextAnswer(label=_("The reason, if one was given"), required=False)


@screen(permissions.CONSENT)
def withdraw(request: HttpRequest, code: str, event: UUID) -> HttpResponse:
    """Take back what was agreed; it holds at once."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    child = queries.child_of(actor, file.pk)
    found = next((e for e in queries.consents_of(actor, child.person.pk) if e.pk == event and e.event == "given"), None)
    if found is None:
        return redirect("registration:consent", code=file.code)
    form = WithdrawForm(request.POST or None, event=found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            actions.withdraw_consent(intent(request, form.cleaned_data["rid"]), consent=found.pk, purposes=form.cleaned_data["purposes"],
                                     reason=form.cleaned_data["reason"])
            said.say(request, _("Taken back. It holds at once."))
            return redirect("registration:consent", code=file.code)
    return render(request, "registration/withdraw.html", {"code": file.code, "form": form, "event": _event(found),
                                                          "child": showing.names_of(child)}, status=status)


