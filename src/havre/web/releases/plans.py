"""Pages where a release is planned: the list, a new plan, and a plan written anew."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.core.problems import NothingHere, Problem
from havre.statistics import actions, permissions, queries
from havre.statistics.populations import all_populations
from havre.statistics.releases.plans import ReleasePlan
from havre.statistics.releases.preview import Preview, preview
from havre.statistics.releases.ready import ready_plan, ready_plans
from havre.web.releases import forms, words
from havre.web.releases.showing import preview_words
from havre.web.screen import intent, screen
from havre.web.shell import said


@screen(permissions.RELEASES)
def overview(request: HttpRequest) -> HttpResponse:
    """Every release in scope, and what one can do next."""
    actor = request.actor  # type: ignore[attr-defined]
    may_plan = access.may(actor, permissions.PLAN)
    rows = [{"code": r.file.code, "title": _(all_populations()[r.population].title), "months": words.months(queries.plan_of(r).period),
             "status": _(words.STATUS[r.status]), "line": _(words.LINES[r.line]), "waits": r.status == "submitted" and not may_plan,
             "on": r.release_on if r.status == "measured" else None} for r in queries.releases(actor)]
    lang = words.lang()
    return render(request, "releases/list.html", {
        "rows": rows, "may_plan": may_plan, "may_ask": access.may(actor, permissions.ASK), "populations": forms.population_choices(),
        "ready": [{"code": each.code, "title": each.title[lang], "about": each.about[lang], "population": each.population} for each in ready_plans()]})


@screen(permissions.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """Write a plan, look at it before any data, keep it."""
    actor = request.actor  # type: ignore[attr-defined]
    population = request.GET.get("population", "")
    if population not in all_populations():
        return redirect("releases:list")
    ready = ready_plan(request.GET.get("ready", ""))
    initial = forms.start({"tables": ready.tables, "epsilon": ready.epsilon, "line": "public"}) if ready and ready.population == population else {}
    return _write(request, population, actor.country, forms.usual_months() | initial, len(ready.tables) if ready else 0)


@screen(permissions.WORK_ON)
def rewrite(request: HttpRequest, code: str) -> HttpResponse:
    """Write a plan anew."""
    record = queries.release_by_code(request.actor, code)  # type: ignore[attr-defined]
    if record.status not in {"draft", "returned", "refused"}:
        return redirect("releases:release", code=code)
    return _write(request, record.population, record.country, forms.start(record.plan), len(record.plan["tables"]), code)


def _write(request: HttpRequest, population: str, country: str, initial: dict[str, Any], many: int, code: str = "") -> HttpResponse:
    axes = forms.axes_of(population, country)
    form = forms.PlanForm(request.POST or None, axes=axes, tables=max(forms.TABLES, many + 2), initial=initial)
    status, seen, plan = 200, None, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                plan = form.plan(population, country)
                if "keep" in request.POST:
                    return _keep(request, form, plan, code)
                seen, status = preview(plan, timezone.now().date()), 200
            except NothingHere:
                raise
            except Problem as problem:
                form.refuse(problem)
                status = problem.status
    return render(request, "releases/plan.html", {
        "form": form, "code": code, "who": _(all_populations()[population].title), "counted": _(all_populations()[population].counted),
        "preview": preview_words(plan, seen) if plan and isinstance(seen, Preview) else None}, status=status)


def _keep(request: HttpRequest, form: forms.PlanForm, plan: ReleasePlan, code: str) -> HttpResponse:
    wish = intent(request, form.cleaned_data["rid"])
    if code:
        record = queries.release_by_code(request.actor, code)  # type: ignore[attr-defined]
        actions.rewrite_release(wish, release=record.pk, plan=plan)
    else:
        code = actions.plan_release(wish, plan=plan).file.code
    said.say(request, _("Plan kept. Nothing was counted."))
    return redirect("releases:release", code=code)
