"""The page of a problem: what happened, what was kept, what to do. Forbidden and missing are one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from havre.core.problems import GateRefused, NothingHere, Problem
from havre.web.parts import reasons
from havre.web.screen import open_to_all


def page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Render a problem with its status. Nothing in it depends on what was asked for."""
    results = problem.results if isinstance(problem, GateRefused) else ()
    words = {"code": problem.code, "sentence": reasons.problem_words(problem), "results": results}
    return render(request, "shell/problem.html", words, status=problem.status)


@open_to_all
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's 404: the same page as NothingHere."""
    return page(request, NothingHere())


@open_to_all
def failed(request: HttpRequest) -> HttpResponse:
    """Django's 500."""
    return render(request, "shell/failed.html", status=500)


@open_to_all
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page: nothing was changed, and going back brings the text back."""
    return render(request, "shell/old_form.html", status=403)
