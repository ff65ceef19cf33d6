"""The page of one release: its plan, what it will give, the safeguards, and the next step of whoever looks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.core.gates import GateResult
from havre.core.problems import GateRefused, NothingHere, Problem
from havre.statistics import actions, gates, permissions, queries
from havre.statistics.models import Release
from havre.statistics.populations import all_populations
from havre.statistics.releases.files import archive
from havre.statistics.releases.preview import preview
from havre.web.parts import reasons
from havre.web.releases import forms, words
from havre.web.releases.showing import plan_words, preview_words
from havre.web.screen import intent, screen
from havre.web.shell import said
from havre.web.today import kinds

_OPEN = ("draft", "returned", "refused")


@screen(permissions.RELEASES)
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Where a release stands and what comes next."""
    return _page(request, code)


@screen(permissions.RELEASES)
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step: submit, approve, return, withdraw, discard, or say that one has read what was decided."""
    record = queries.release_by_code(request.actor, code)  # type: ignore[attr-defined]
    if request.method != "POST" or step not in {"submit", "approve", "return", "withdraw", "discard", "read"}:
        return redirect("releases:release", code=code)
    form = {"return": forms.ReturnForm, "withdraw": forms.WithdrawForm}.get(step, forms.AskForm)(request.POST)
    if not form.is_valid():
        return _page(request, code, status=422, more={f"{step}_form": form})
    try:
        said.say(request, _take(step, request, record.pk, form.cleaned_data))
        return redirect("releases:release", code=code)
    except NothingHere:
        raise
    except GateRefused as problem:
        return _page(request, code, status=problem.status, problem_results=problem.results)
    except Problem as problem:
        form.refuse(problem)
        return _page(request, code, status=problem.status, more={"problem": reasons.problem_words(problem), f"{step}_form": form})


def _take(step: str, request: HttpRequest, release: UUID, given: dict[str, Any]) -> str:
    """Take the step; return what to say."""
    wish = intent(request, given["rid"])
    if step == "submit":
        actions.submit_release(wish, release=release)
        return _("Handed in. A second person decides.")
    if step == "approve":
        actions.approve_release(wish, release=release)
        return _("Approved. It is measured now and published on its day.")
    if step == "return":
        actions.return_release(wish, release=release, reason=given["reason"])
        return _("Sent back.")
    if step == "withdraw":
        actions.withdraw_release(wish, release=release, why=given["why"])
        return _("Withdrawn.")
    if step == "read":
        actions.read_decision(wish, release=release)
        return _("Noted that you have read it.")
    actions.discard_release(wish, release=release)
    return _("Given up. Nothing was spent.")


def _page(request: HttpRequest, code: str, *, status: int = 200, problem_results: tuple[GateResult, ...] = (),
          more: Mapping[str, Any] = MappingProxyType({})) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record = queries.release_by_code(actor, code)
    plan = queries.plan_of(record)
    seen = preview(plan, timezone.now().date()) if record.status in {*_OPEN, "submitted"} else None
    news = queries.news_of(actor, record)
    mine = access.may(actor, permissions.WORK_ON, record.file_id)
    decides = record.status == "submitted" and access.may(actor, permissions.APPROVE, record.file_id)
    withdraws = record.status in {"measured", "published"} and access.may(actor, permissions.WITHDRAW, record.file_id)
    return render(request, "releases/release.html", {
        "code": code, "release": record, "status": _(words.STATUS[record.status]), "plan": plan_words(plan), "rid": uuid4(),
        "preview": preview_words(plan, seen) if seen else None, "results": _judged(record, actor.id, seen.facts) if seen else (),
        "problem_results": problem_results, "news": kinds.WHYS.say(news.why, news.why_params) if news else "",
        "mine": mine, "may_change": mine and record.status in _OPEN, "may_submit": mine and record.status == "draft",
        "may_decide": decides, "author": access.names_of({record.author_id}).get(record.author_id, _("Somebody else")) if decides else "",
        "may_withdraw": withdraws, "returned": queries.returned_for(actor, record) if record.status == "returned" else "",
        "trouble": words.trouble(record.trouble), "withdrawn": _(words.WITHDRAWN[record.withdrawn_for]) if record.withdrawn_for else "",
        "return_form": forms.ReturnForm(), "withdraw_form": forms.WithdrawForm(), "public": record.status == "published" and record.line == "public", **more}, status=status)


def _judged(record: Release, actor: UUID, facts: gates.ReleaseFacts) -> list[GateResult]:
    judged = [gates.nobody_recognised(facts)]
    return [*judged, gates.four_eyes(record.author_id, actor)] if record.status == "submitted" else judged


@screen(permissions.RELEASES)
def files(request: HttpRequest, code: str) -> HttpResponse:
    """The files of a published release, for those who may see it: partners get theirs from here."""
    actor = request.actor  # type: ignore[attr-defined]
    record = queries.release_by_code(actor, code)
    held = queries.measured(actor, record)
    if held is None:
        raise NothingHere()
    tables, guarantee, codebook = held
    answer = HttpResponse(archive(tables, codebook, guarantee, title=all_populations()[record.population].title), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="havre-{code}.zip"'
    return answer
