"""How is a refusal said in JSON? RFC 9457 problem details, made from the catalogue of problems."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from havre.core.problems import GateRefused, InputRefused, Problem
from havre.core.words import N_
from havre.web.parts.reasons import problem_words, reason_words, title_words

TYPE = "application/problem+json"
NOT_SIGNED_IN = N_("Sign in first. A session that is locked must be unlocked.")
TOKEN = N_("The header X-CSRFToken is missing or old.")
NOT_READ = N_("This request cannot be read.")


def answer(status: int, code: str, title: str, **more: Any) -> HttpResponse:
    """One problem: a stable code, a sentence in the reader's language, and what belongs to it."""
    body = {"type": f"urn:havre:problem:{code}", "title": title, "status": status, "code": code, **more}
    return JsonResponse(body, status=status, content_type=TYPE)


def of_problem(problem: Problem) -> HttpResponse:
    """A problem of the catalogue with its errors by field, or its safeguards."""
    more: dict[str, Any] = {}
    if isinstance(problem, InputRefused):
        more["errors"] = {name: [_(sentence) for sentence in said] for name, said in problem.errors.items()}
    if isinstance(problem, GateRefused):
        more["safeguards"] = [{"id": r.id, "met": r.ok, "title": title_words(r), "reason": r.reason, "fix": r.fix,
                               "said": "" if r.ok else reason_words(r)} for r in problem.results]
    return answer(problem.status, problem.code, problem_words(problem), **more)


def install(api: NinjaAPI) -> None:
    """Turn everything that can go wrong in an endpoint into problem details; nothing of what was sent is said back."""
    api.add_exception_handler(Problem, _problem)
    api.add_exception_handler(AuthenticationError, lambda request, error: answer(401, "not_signed_in", _(NOT_SIGNED_IN)))
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http)


def _problem(request: HttpRequest, error: Any) -> HttpResponse:
    return of_problem(error)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    for one in error.errors:
        errors.setdefault(_place(one), []).append(str(one.get("type", "")))
    return answer(422, InputRefused.code, _(InputRefused.sentence), errors=errors)


def _place(one: Mapping[str, Any]) -> str:
    """The path of a field in the JSON, without the names of parameters of this program."""
    where = [str(part) for part in one.get("loc", ())]
    return ".".join(where[2:] if where[:1] == ["body"] else where[1:])


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    code, title = {403: ("request_token", TOKEN)}.get(error.status_code, ("not_readable", NOT_READ))
    return answer(error.status_code, code, _(title))
