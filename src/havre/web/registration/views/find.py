"""Find: one field, posted, answered from one's own files only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from havre.access.queries import may
from havre.registration import finding, permissions
from havre.web.registration.showing import age_words, names_of
from havre.web.registration.views.steps import actor_of
from havre.web.screen import screen

PAGES = {"case": "cases:case", "request": "tracing:request", "screening": "screening:intake"}


@screen(permissions.FIND)
def find(request: HttpRequest) -> HttpResponse:
    """Look for a child among one's own files. What was typed is never in an address; a code leads straight to its file."""
    actor = actor_of(request)
    if request.method != "POST":
        return render(request, "registration/find.html", {"asked": False, "may_register": may(actor, permissions.REGISTER)})
    typed = request.POST.get("q", "")[:200]
    found = finding.find(actor, typed)
    rows = [{"file": one, "address": address_of(one.kind, one.code), "names": names_of(one.shown), "age": age_words(one.shown)}
            for one in found]
    if len(rows) == 1 and found[0].how == "code" and rows[0]["address"]:
        return redirect(str(rows[0]["address"]))
    return render(request, "registration/find.html", {"asked": True, "typed": typed, "rows": rows,
                                                      "may_register": may(actor, permissions.REGISTER)})


def address_of(kind: str, code: str) -> str:
    """The page of a file, or "" when this instance has none for its kind."""
    try:
        return reverse(PAGES[kind], kwargs={"code": code})
    except (KeyError, NoReverseMatch):
        return ""
