"""The page about who works with a child: give the case to someone, share it, take access back, keep someone out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases import actions, permissions
from havre.cases.models import Case
from havre.cases.queries.choices import barrable, colleagues, sharable
from havre.cases.queries.page import workers as workers_of
from havre.core.problems import NothingHere
from havre.web.cases import shown
from havre.web.cases.base import about, actor_of, allowed, find, intend, see_other, try_to
from havre.web.cases.forms.choices import day_at
from havre.web.cases.forms.people import AssignForm, BarForm, ShareForm
from havre.web.parts.forms import HavreForm
from havre.web.screen import screen
from havre.web.shell.said import say


@screen(permissions.READ)
def workers(request: HttpRequest, code: str) -> HttpResponse:
    """Who works with this child, and who should?"""
    case, actor = find(request, code, permissions.READ), actor_of(request)
    may, asked = allowed(actor, case), request.POST.get("do", "")
    forms = _forms(request, case, may, asked)
    status = 200
    extra: dict[str, Any] = {}
    if request.method == "POST" and asked in forms:
        form = forms[asked]
        status = 422
        if form.is_valid():
            ok, extra, status = try_to(form, lambda: _act(request, case, asked, form))
            if ok:
                say(request, _("Recorded."))
                still = asked != "assign" or actor.id == UUID(form.cleaned_data["owner"]) or may["approve"]
                return see_other(reverse("cases:people", args=[case.file.code]) if still else reverse("today:today"))
    now = timezone.now()
    rows = workers_of(case.file_id, now)
    context = {**about(request, case), "team": shown.team(rows, actor, case.owner_id), "forms": _drawn(forms), "form": forms.get(asked),
               "shares": [w for w in rows if w.relation == "shared"] if may["share"] else [], **extra}
    return render(request, "cases/people.html", context, status=status)


def _forms(request: HttpRequest, case: Case, may: dict[str, bool], asked: str) -> dict[str, Any]:
    """The forms this person may use; only the one that was sent is bound."""
    actor = actor_of(request)

    def data(name: str) -> Any:
        return request.POST if asked == name else None
    made: dict[str, HavreForm] = {}
    if may["share"]:
        made["share"] = ShareForm(data("share"), people=sharable(actor, case), prefix=None)
        made["end"] = HavreForm(data("end"))
    if may["assign"]:
        made["assign"] = AssignForm(data("assign"), people=colleagues(case))
    if may["bar"]:
        made["bar"] = BarForm(data("bar"), people=barrable(actor, case))
    for name, form in made.items():
        form.auto_id = f"id_{name}_%s"
    return made


def _drawn(forms: dict[str, HavreForm]) -> list[dict[str, Any]]:
    words = {"assign": (_("Give the case to someone else"), _("Give the case")),
             "share": (_("Share the case for a purpose and a time"), _("Share the case")),
             "bar": (_("Keep someone out: a conflict of interest"), _("Keep this person out"))}
    return [{"name": name, "title": words[name][0], "button": words[name][1], "form": forms[name]} for name in words if name in forms]


def _act(request: HttpRequest, case: Case, asked: str, form: HavreForm) -> object:
    data, intent = form.cleaned_data, intend(request, form)
    acts: dict[str, Callable[[], object]] = {
        "assign": lambda: actions.assign_case(intent, case=case.pk, owner=UUID(data["owner"])),
        "share": lambda: actions.share_case(intent, case=case.pk, principal=UUID(data["principal"]), purpose=data["purpose"],
                                            until=(day_at(data["until"], "23:59") or timezone.now() - timedelta(days=1))),
        "bar": lambda: actions.bar_person(intent, case=case.pk, user=UUID(data["user"]), reason=data["reason"]),
        "end": lambda: actions.end_share(intent, case=case.pk, principal=_principal(request)),
    }
    return acts[asked]()


def _principal(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("principal", ""))
    except ValueError:
        raise NothingHere() from None
