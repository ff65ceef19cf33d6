"""Who is on the alert list of this team?"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.access.queries import scoped
from havre.core.problems import NothingHere
from havre.tracing import actions, permissions, queries
from havre.tracing.models import AlertEntry
from havre.web.cases.base import try_to
from havre.web.cases.labels import day_words
from havre.web.screen import screen
from havre.web.shell.said import say
from havre.web.tracing.base import actor_of, intend, see_other
from havre.web.tracing.forms.adults import AlertForm
from havre.web.tracing.forms.requests import ReasonsForm
from havre.web.tracing.words import ALERT_KINDS, words


@screen(permissions.ALERTS)
def overview(request: HttpRequest) -> HttpResponse:
    """The entries this supervisor's team keeps."""
    rows = [{"row": row, "names": said["names"], "reasons": said["reasons"], "kind": words(ALERT_KINDS, row.alert),
             "since": day_words(row.entered_at)} for row, said in queries.alerts_for(actor_of(request))]
    return render(request, "tracing/alerts.html", {"rows": rows})


@screen(permissions.ALERTS)
def new(request: HttpRequest) -> HttpResponse:
    """Put someone on the list."""
    form, status = AlertForm(request.POST or None), 200
    extra: dict[str, Any] = {}
    if request.method == "POST":
        status = 422
        if form.is_valid():
            c = form.cleaned_data
            ok, extra, status = try_to(form, lambda: actions.add_alert(
                intend(request, form), alert=c["alert"], names=form.lines("names"), numbers=form.lines("numbers"), reasons=c["reasons"],
                source=c.get("source") or "", ends_on=c.get("ends_on")))
            if ok:
                say(request, _("Recorded on the alert list."))
                return see_other(reverse("tracing:alerts"))
    return render(request, "tracing/step.html", {
        "form": form, "title": _("Put someone on the alert list"), "button": _("Put on the list"), "back": reverse("tracing:alerts"), "code": "",
        "lede": _("No child is given to someone on this list before a supervisor has looked into it."), **extra}, status=status)


@screen(permissions.ALERT)
def end(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Take someone off the list, with reasons."""
    actor = actor_of(request)
    row = scoped(AlertEntry, actor).filter(pk=entry).first()
    if row is None:
        raise NothingHere()
    access.require(actor, permissions.ALERT, row.file_id)
    form, status = ReasonsForm(request.POST or None), 200
    extra: dict[str, Any] = {}
    if request.method == "POST":
        status = 422
        if form.is_valid():
            ok, extra, status = try_to(form, lambda: actions.end_alert(intend(request, form), entry=row.pk, reasons=form.cleaned_data["reasons"]))
            if ok:
                say(request, _("The alert was ended."))
                return see_other(reverse("tracing:alerts"))
    return render(request, "tracing/step.html", {"form": form, "title": _("Take off the alert list"), "button": _("Take off the list"), "lede": "",
                                                 "back": reverse("tracing:alerts"), "code": "", **extra}, status=status)
