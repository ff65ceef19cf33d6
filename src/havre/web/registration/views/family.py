"""The family of a case: who belongs to the child, who may, and what the search before registration found."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access.queries import may
from havre.core.problems import AlreadyDecided, Problem
from havre.registration import actions, permissions, queries
from havre.web.registration import keeping, reading, showing
from havre.web.registration.forms import ConcludeForm, MemberForm, RegisterForm
from havre.web.registration.views.steps import actor_of, hit_rows
from havre.web.screen import intent, screen
from havre.web.shell import said


@screen(permissions.READ)
def family(request: HttpRequest, code: str) -> HttpResponse:
    """Everyone the child named, and other cases that may be of the same family."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    child = queries.child_of(actor, file.pk, "names", "birth_date")
    members = queries.family_of(actor, file.pk, child.person.pk, "names", "birth_date", "phones", "last_seen")
    siblings = [{"proposal": p, "code": other, "agency": a, "status": _status(p.status)} for p, other, a in queries.siblings_of(actor, file.pk)]
    return render(request, "registration/family.html", {
        "code": file.code, "child": showing.names_of(child), "members": [_member(m) for m in members], "siblings": siblings,
        "may_write": may(actor, permissions.WRITE, file.pk), "form": RegisterForm(), "disputed": bool(child.person.disputed)})


def _status(status: str) -> str:
    return {"accepted": _("The same family"), "declined": _("Not the same family")}.get(status, "")


def _member(member: queries.Member) -> dict[str, Any]:
    edge = member.edges[0] if member.edges else None
    rows = [(_("Age"), showing.age_words(member.shown))] if member.shown.person.age_min is not None else []
    values = member.shown.values
    rows += [(label, value) for label, value in (
        (_("Last known place"), showing.place_words(values.get("last_seen"))), (_("Phone"), ", ".join(values.get("phones") or ())),
        (_("Alive"), showing.label("alive_status", member.shown.person.deceased)),
        (_("Lived with the child before"), _yes(edge.lived_with_before) if edge else ""), (_("In contact"), _yes(edge.in_contact) if edge else ""),
        (_("The child agrees to contact"), _yes(edge.contact_allowed) if edge else "")) if value]
    return {"id": member.shown.person.pk, "names": showing.names_of(member.shown), "rows": rows, "caregiver": bool(edge and edge.is_caregiver),
            "relation": ", ".join(showing.label("relationship_type", e.type) for e in member.edges), "disputed": bool(member.shown.person.disputed)}


def _yes(answer: str) -> str:
    return {"yes": _("Yes"), "no": _("No")}.get(answer, "")


@screen(permissions.WRITE)
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add someone to the family of a registered child."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    child = queries.child_of(actor, file.pk)
    form, names, status = MemberForm(), keeping.rows(None), 200
    if request.method == "POST":
        typed = keeping.typed(request.POST)
        form, names = MemberForm(request.POST), keeping.checked_rows(typed)
        if "add" in request.POST:
            kept = keeping.one_more(typed)
            form, names = keeping.drawn(MemberForm, kept), keeping.rows(kept)
        elif form.is_valid() and names.is_valid():
            try:
                member = reading.member({"typed": typed}, timezone.localdate())
                assert member is not None
                actions.add_family_member(intent(request, form.cleaned_data["rid"]), child=child.person.pk, member=member)
                said.say(request, _("Added to the family."))
                return redirect("registration:family", code=file.code)
            except Problem as problem:
                form.refuse(problem)
                status = problem.status
        else:
            status = 422
    return render(request, "registration/add_member.html", {"code": file.code, "form": form, "names": names, "child": showing.names_of(child)},
                  status=status)


@screen(permissions.WRITE)
def sibling(request: HttpRequest, code: str, proposal: UUID) -> HttpResponse:
    """Say whether another case is of the same family."""
    file = queries.file_of(actor_of(request), code)
    form = RegisterForm(request.POST)
    if request.method == "POST" and form.is_valid():
        answer = actions.accept_sibling if request.POST.get("answer") == "yes" else actions.decline_sibling
        try:
            answer(intent(request, form.cleaned_data["rid"]), proposal=proposal)
            said.say(request, _("Your answer is kept."))
        except AlreadyDecided:
            said.say(request, _("Someone has answered already."))
    return redirect(reverse("registration:family", kwargs={"code": file.code}) + "#siblings")


@screen(permissions.READ)
def earlier(request: HttpRequest, code: str) -> HttpResponse:
    """What the search before registration found, and what is still open about it."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    review = queries.review_of(actor, file.pk)
    hits = queries.hits_of(actor, review) if review is not None else []
    if request.method == "POST" and review is not None:
        form = ConcludeForm(request.POST, hits={h.ref: h.answer for h in hits})
        if form.is_valid():
            for ref, chosen in form.chosen().items():
                wish = intent(request, uuid4())
                if chosen == "asked":
                    actions.request_focal_point(wish, review=review.pk, ref=ref)
                elif chosen == "different":
                    actions.mark_not_duplicate(wish, review=review.pk, ref=ref)
                else:
                    actions.conclude_search(wish, review=review.pk, conclusions={ref: chosen})
            said.say(request, _("Your answer is kept."))
        return redirect("registration:earlier", code=file.code)
    conclude = ConcludeForm(hits={h.ref: h.answer for h in hits}, initial={f"hit_{h.ref}": h.conclusion for h in hits})
    return render(request, "registration/earlier.html", {"code": file.code, "review": review, "hits": hit_rows(hits, conclude),
                                                         "form": conclude, "may_write": may(actor, permissions.WRITE, file.pk)})
