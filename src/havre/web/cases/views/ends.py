"""The pages of the end: asking to close a case, and opening it again."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from havre.cases import actions, permissions
from havre.cases.queries import safeguards
from havre.web.cases.base import actor_of, find, intend, step
from havre.web.cases.forms.work import CloseForm, ReopenForm
from havre.web.screen import screen


@screen(permissions.CLOSE)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Why can the case be closed, and what does the child think?"""
    case = find(request, code, permissions.CLOSE)
    form = CloseForm(request.POST or None)
    context = {"results": safeguards(actor_of(request), case, "request_closure")} if request.method == "GET" else {}
    return step(request, case, form, lambda f: actions.request_closure(intend(request, f), case=case.pk, given=form.given()),
                title=_("Can this case be closed?"), button=_("Ask the supervisor to close the case"),
                done=_("The supervisor decides on closing the case."), template="cases/close.html", context=context)


@screen(permissions.REOPEN)
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Why does the case open again?"""
    case = find(request, code, permissions.REOPEN)
    form = ReopenForm(request.POST or None)
    return step(request, case, form, lambda f: actions.reopen_case(
        intend(request, f), case=case.pk, reason=f.cleaned_data["reason"], note=f.cleaned_data["note"],
        risk_level=f.cleaned_data["risk_level"]),
        title=_("Why does the case open again?"), button=_("Open the case again"), done=_("The case is open again."))
