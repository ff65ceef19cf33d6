"""How does a page of a case show a form, act once, and say what went wrong without losing a word?"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.access.decide import Permission, Relation, decide
from havre.cases import permissions
from havre.cases.models import Case
from havre.cases.queries import Named, case_by_code, names_of_files
from havre.core.actor import Actor
from havre.core.problems import GateRefused, InputRefused, NothingHere, Problem
from havre.web.cases.labels import age_words
from havre.web.parts.forms import HavreForm
from havre.web.screen import intent
from havre.web.shell.said import say

EVERY = (permissions.VIEWS, permissions.ASSESS, permissions.PLAN, permissions.APPROVE, permissions.FOLLOW_UP, permissions.REVIEW,
         permissions.ASSIGN, permissions.SHARE, permissions.BAR, permissions.SEAL, permissions.FINISH, permissions.CLOSE,
         permissions.REOPEN, permissions.HOLD)


def actor_of(request: HttpRequest) -> Actor:
    """Who is here; `@screen` has made sure that someone is."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


def allowed(actor: Actor, case: Case, standing: frozenset[Relation] | None = None) -> dict[str, bool]:
    """What this person may do to a case, by the short name of each permission: one query, none where `standing` is known."""
    standing = access.relations(actor, case.file_id) if standing is None else standing
    return {p.code.partition(".")[2]: decide(actor, p, standing).allowed for p in EVERY}


def find(request: HttpRequest, code: str, permission: Permission) -> Case:
    """The case of a code for a step. Raises NothingHere."""
    return case_by_code(actor_of(request), code, permission)


def about(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What every page of a step shows of the child: name, age, code."""
    from django.utils import timezone
    named: Named | None = names_of_files(actor_of(request), [case.file_id], timezone.localdate()).get(case.file_id)
    return {"case": case, "code": case.file.code, "names": named.names if named else (), "sex": case.child.sex,
            "age": age_words(named.age) if named else "", "address": reverse("cases:case", args=[case.file.code])}


def try_to(form: HavreForm, act: Callable[[], object]) -> tuple[bool, dict[str, Any], int]:
    """Run an action for a form. Gives whether it is done, what the page shows of a refusal, and the status."""
    try:
        act()
    except NothingHere:
        raise
    except GateRefused as problem:
        return False, {"problem_results": problem.results}, problem.status
    except InputRefused as problem:
        form.refuse(InputRefused({name: [_(s) for s in said] for name, said in problem.errors.items()}))
        return False, {}, problem.status
    except Problem as problem:
        form.refuse(problem)
        return False, {}, problem.status
    return True, {}, 200


def step(request: HttpRequest, case: Case, form: HavreForm, act: Callable[[HavreForm], object], *, title: str, button: str,
         done: str, template: str = "cases/step.html", to: str = "", context: Mapping[str, Any] | None = None) -> HttpResponse:
    """A page with one form: GET shows it, POST acts and goes back to the child; a refusal keeps what was typed."""
    status, extra = 200, dict(context or {})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            ok, shown, status = try_to(form, lambda: act(form))
            if ok:
                say(request, done)
                return see_other(to or reverse("cases:case", args=[case.file.code]))
            extra |= shown
    return render(request, template, {**about(request, case), "form": form, "title": title, "button": button, **extra},
                  status=status)


def see_other(address: str) -> HttpResponse:
    """Go to a page after a POST."""
    return HttpResponse(status=303, headers={"Location": address})


def intend(request: HttpRequest, form: HavreForm) -> Any:
    """The intent of a valid form, under its own request id."""
    return intent(request, form.cleaned_data["rid"])


def seen(form: HavreForm) -> Any:
    """The heads a form was drawn from, or None when it carried none."""
    from uuid import UUID
    heads = [UUID(h) for h in form.heads]
    return heads or None
