"""The analyst's room: a question, what it would cost, what can be asked instead, and the answer. Never a row."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from havre.core.problems import InputRefused, Problem
from havre.statistics import actions, permissions, queries
from havre.statistics.models import Question
from havre.statistics.populations import all_populations
from havre.statistics.populations.period import Period
from havre.statistics.problems import Alternative, CannotBeShown
from havre.statistics.releases.asking import instead_of, look, question
from havre.statistics.releases.files import archive
from havre.statistics.releases.plans import ReleasePlan, plan_from
from havre.web.parts import reasons
from havre.web.releases import forms, words
from havre.web.releases.showing import dots, grid, preview_words, safety, title_of
from havre.web.screen import intent, screen

_WAYS = 3


@screen(permissions.ASK)
def page(request: HttpRequest) -> HttpResponse:
    """Choose whom, then ask: GET looks and spends nothing, POST asks."""
    actor = request.actor  # type: ignore[attr-defined]
    given = request.POST if request.method == "POST" else request.GET
    population = given.get("population", "")
    if population not in all_populations():
        population = "children_registered"
    axes = forms.axes_of(population, actor.country)
    context: dict[str, Any] = {
        "population": population, "who": _(all_populations()[population].title), "populations": forms.population_choices(), "by": forms.by_choices(axes, given.getlist("by")),
        "months": forms.month_choices(), "shares": forms.share_choices()[:6], "chosen": _chosen(given), "ways": range(_WAYS), "form": forms.AskForm(),
        "earlier": [{"code": q.file.code, "title": words.spec([(str(n), int(at)) for n, at in q.table], forms.axes_of(q.population, q.country)),
                     "who": _(all_populations()[q.population].title), "months": words.months(Period(q.first_month, q.last_month)),
                     "state": _(words.OUTCOMES.get(q.outcome, ""))}
                    for q in queries.questions(actor)]}
    status = 200
    if given.get("first"):
        status, answered = _asked(request, given, population, context)
        if answered is not None:
            return answered
    return render(request, "releases/room.html", context, status=status)


def _asked(request: HttpRequest, given: QueryDict, population: str, context: dict[str, Any]) -> tuple[int, HttpResponse | None]:
    """Look at a question or ask it; what came of it goes into the context."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        plan = question(actor, population=population, period=Period.read(given.get("first", ""), given.get("last", "")),
                        by=[by for by in given.getlist("by") if by], epsilon=_whole(given.get("epsilon", "")))
        context["asked"] = words.table(plan.tables[0].by, plan.axes)
        context["when"] = words.months(plan.period)
        if request.method == "POST":
            form = forms.AskForm(request.POST)
            if not form.is_valid():
                raise InputRefused({"": [_("Press the button again.")]})
            record = actions.ask(intent(request, form.cleaned_data["rid"]), plan=plan)
            return 303, redirect("releases:answer", code=record.file.code)
        seen = look(plan, timezone.now().date())
        context |= {"kept": seen.stored is not None, "preview": preview_words(plan, seen.preview) if seen.preview else None, "looked": True}
    except CannotBeShown as problem:
        context |= {"refused": reasons.REASONS.say(problem.reason, problem.params), "instead": [_offer(each, plan) for each in problem.alternatives]}
        return problem.status, None
    except InputRefused as problem:
        context["wrong"] = [_(sentence) for sentences in problem.errors.values() for sentence in sentences]
        return problem.status, None
    except Problem as problem:
        context["refused"] = reasons.problem_words(problem)
        return problem.status, None
    return 200, None


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _chosen(given: QueryDict) -> dict[str, Any]:
    by = [each for each in given.getlist("by") if each]
    return {"first": given.get("first", "") or forms.usual_months()["first"], "last": given.get("last", "") or forms.usual_months()["last"], "epsilon": given.get("epsilon", "100"), "by": by + [""] * (_WAYS - len(by))}


def _offer(offer: Alternative, plan: ReleasePlan) -> dict[str, str]:
    """What can be asked instead, as a link that asks it."""
    held: Any = offer.instead
    params = {key: words.attribute(offer.params.get(key, ""), plan.axes) for key in ("attribute", "group", "other")} | {"period": ""}
    if "first" in offer.params:
        params["period"] = words.months(Period.read(offer.params["first"], offer.params["last"]))
    query = urlencode([("population", held["population"]), ("first", held["first"]), ("last", held["last"]),
                       *(("by", by) for by in held["tables"][0]["by"]), ("epsilon", held["epsilon"])])
    return {"words": _(words.ALTERNATIVES[offer.code]) % params, "address": f"{reverse('releases:room')}?{query}"}


@screen(permissions.ASK)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """A question of one's own: its answer, why there is none, or that it is being worked on.

    While it waits the page asks again by itself: as a whole without script, else for the one part that changes (204: not yet).
    """
    record = queries.question_by_code(request.actor, code)  # type: ignore[attr-defined]
    swaps = bool(getattr(request, "htmx", False))
    if record.outcome == "waiting":
        return HttpResponse(status=204) if swaps else render(request, "releases/waiting.html", _about(record) | {"code": code})
    if swaps:
        news = _("Your question is answered.") if record.sheet else _("Your question could not be answered.")
        return trigger_client_event(render(request, "releases/_come.html", {"code": code, "news": news, "answered": bool(record.sheet)}), "say", {"value": news})
    if not record.sheet:
        return _unanswered(request, record, code)
    return _answered(request, code)


def _about(record: Question) -> dict[str, str]:
    """What was asked, in words."""
    return {"asked": words.spec([(str(n), int(at)) for n, at in record.table], forms.axes_of(record.population, record.country)),
            "who": _(all_populations()[record.population].title), "months": words.months(Period(record.first_month, record.last_month))}


def _unanswered(request: HttpRequest, record: Question, code: str) -> HttpResponse:
    """Why there is no answer, and what can be asked instead."""
    plan = plan_from(record.plan)
    return render(request, "releases/unanswered.html", _about(record) | {
        "code": code, "trouble": words.trouble(record.trouble), "instead": [_offer(each, plan) for each in instead_of(record, timezone.now().date())]})


def _answered(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.answer(request.actor, code)  # type: ignore[attr-defined]
    lang = words.lang()
    table, names = found.table, [axis["name"] for axis in found.table["axes"]]
    third = table["axes"][2] if len(names) > 2 else None
    codes = [code for code, _labels in third["codes"]] if third else []
    of = request.GET.get("of", "") if third else ""
    fixed = {third["name"]: of if of in codes else codes[0]} if third else {}
    return render(request, "releases/answer.html", {
        "code": code, "title": title_of(table, lang), "who": _(all_populations()[found.question.population].title),
        "months": words.months(Period(found.question.first_month, found.question.last_month)), "kept": found.question.outcome == "kept",
        "public_on": found.public_on, "grid": grid([table], table, names[0], fixed, lang), "plot": dots(table, lang) if len(names) == 1 else None,
        "none": not any("value" in cell for cell in table["cells"]),
        "third": [{"code": c, "words": labels[lang], "chosen": c == fixed[third["name"]]} for c, labels in third["codes"]] if third else [],
        "third_title": third["title"][lang] if third else "", "safety": safety(found.statement)})


@screen(permissions.ASK)
def files(request: HttpRequest, code: str) -> HttpResponse:
    """The answer as files."""
    found = queries.answer(request.actor, code)  # type: ignore[attr-defined]
    made = HttpResponse(archive([found.table], found.codebook, found.statement, title=all_populations()[found.question.population].title),
                        content_type="application/zip")
    made["Content-Disposition"] = f'attachment; filename="havre-{code}.zip"'
    return made
