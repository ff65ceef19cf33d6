"""The pages where a child's situation is assessed and the risk reviewed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from havre.cases import actions, permissions
from havre.cases.facts import open_concerns
from havre.cases.models import Case
from havre.cases.queries.decisions import heard_before
from havre.web.cases.base import about, find, intend, seen, step
from havre.web.cases.forms.assessment import AssessmentForm, FactorsForm, ReviewForm
from havre.web.screen import screen


@screen(permissions.ASSESS)
def assess(request: HttpRequest, code: str) -> HttpResponse:
    """What did you find? First a list to tick, then how strong each line is and how high the risk."""
    case = find(request, code, permissions.ASSESS)
    wants = request.POST.get("step", "")
    first = FactorsForm(request.POST or None, concerns=open_concerns(case))
    if request.method != "POST" or wants == "list" or not first.is_valid():
        return _list(request, case, first)
    known = heard_before(case)
    posted = request.POST if wants == "record" else None
    form = AssessmentForm(posted, ticked=first.ticked(), concerns=first.cleaned_data["concerns"], views_known=known, seen=case.heads,
                          languages=tuple(case.child.languages))
    context = {**about(request, case), "form": form}
    if posted is None:
        return render(request, "cases/assess.html", context)
    return step(request, case, form, lambda f: actions.record_assessment(intend(request, f), case=case.pk, given=form.given(), seen=seen(f)),
                title=_("How high is the risk, and why?"), button=_("Record the assessment"), done=_("Assessment recorded."),
                template="cases/assess.html")


def _list(request: HttpRequest, case: Case, first: FactorsForm) -> HttpResponse:
    return render(request, "cases/factors.html", {**about(request, case), "form": first})


@screen(permissions.REVIEW)
def review(request: HttpRequest, code: str) -> HttpResponse:
    """How high is the risk now?"""
    case = find(request, code, permissions.REVIEW)
    form = ReviewForm(request.POST or None, seen=case.heads, concerns=open_concerns(case), initial={"risk_flags": case.risk_flags})
    return step(request, case, form, lambda f: actions.review_risk(
        intend(request, f), case=case.pk, risk_level=f.cleaned_data["risk_level"], risk_reasons=f.cleaned_data["risk_reasons"],
        risk_flags=f.cleaned_data["risk_flags"], concern_levels=form.levels(), seen=seen(f)),
        title=_("How high is the risk now?"), button=_("Record the review"), done=_("Risk reviewed."), template="cases/review.html")
