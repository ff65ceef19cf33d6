"""Pages of patterns. Each answers from one released sheet; none can count anew, spend, or show a row."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.core.problems import NothingHere
from havre.disclosure.association import Verdict
from havre.statistics import permissions
from havre.statistics.patterns import questions
from havre.statistics.patterns import sources as held
from havre.statistics.patterns.questions import Answer, Asked
from havre.statistics.patterns.sources import Source
from havre.statistics.populations import all_populations, factors
from havre.statistics.populations.places import AXES
from havre.web.patterns import context, drawing, words
from havre.web.releases.forms import axes_of
from havre.web.releases.showing import safety
from havre.web.screen import screen


@screen(permissions.RELEASES)
def goes_with(request: HttpRequest) -> HttpResponse:
    """Which factors go with an outcome?"""
    source, page = _source(request)
    if source is None:
        return render(request, "patterns/none.html", page)
    offered = questions.outcomes(source)
    if not offered:
        return render(request, "patterns/goes_with.html", page | {"offered": []})
    asked = _asked(request, source, offered)
    answers = questions.goes_with(source, asked)
    title = words.title(source, asked.outcome)
    out = questions.stands_out(answers)
    return render(request, "patterns/goes_with.html", page | {
        "offered": [(name, words.title(source, name), name == asked.outcome) for name in offered], "outcome": title,
        "times": [(code, _(said), code == asked.time) for code, said in words.TIMES.items()] if questions.times(source, asked.outcome) else [],
        "among": _among(source, asked), "whom": words.labels(source, asked.among, _level(source, asked)).get(asked.code, "") if asked.among else "",
        "time": _(words.TIMES[asked.time]) if asked.time else "", "tally": words.tally([each.found.verdict for each in answers], title),
        "groups": _groups(source, answers), "reach": drawing.differences([each.found.difference for each in answers])[1],
        "stands_out": words.title(source, out.told.name) if out else "", "several": sum(each.found.difference is not None for each in answers) > 1})


def _asked(request: HttpRequest, source: Source, offered: list[str]) -> Asked:
    """The question of the address; what this release cannot answer falls back to all children at any time."""
    outcome = request.GET.get("of", "")
    outcome = outcome if outcome in offered else offered[0]
    time = request.GET.get("time", "")
    among, _sep, code = request.GET.get("among", "").partition(":")
    known = dict(questions.dimensions(source, outcome))
    if among not in known or code not in words.labels(source, among, known[among]):
        among, code = "", ""
    return Asked(outcome, time if time in words.TIMES and questions.times(source, outcome) else "", among, code)


def _level(source: Source, asked: Asked) -> int:
    return dict(questions.dimensions(source, asked.outcome))[asked.among]


def _among(source: Source, asked: Asked) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Groups of children the question can be narrowed to: a heading and its choices."""
    return [(words.level_title(source, name, at), [(f"{name}:{code}", said, (name, code) == (asked.among, asked.code))
                                                   for code, said in words.labels(source, name, at).items()])
            for name, at in questions.dimensions(source, asked.outcome)]


def _groups(source: Source, answers: list[Answer]) -> list[dict[str, Any]]:
    """Answers under the level of the child's world they belong to, in the order of the code lists."""
    places, _reach = drawing.differences([each.found.difference for each in answers])
    rows = [{"world": each.told.world, "title": words.title(source, each.told.name), "kind": _(words.KINDS[each.told.kind]), **place,
             "having": words.share(each.found.having), "lacking": words.share(each.found.lacking),
             "difference": words.difference(each.found.difference), "ratio": words.ratio(each.found.ratio),
             "verdict": _(words.SAID[each.found.verdict])} for each, place in zip(answers, places, strict=True)]
    return [{"title": _(said), "code": world, "rows": within} for world, said in words.WORLDS.items()
            if (within := [row for row in rows if row["world"] == world])]


@screen(permissions.RELEASES)
def where(request: HttpRequest) -> HttpResponse:
    """Where, when and among whom is a factor noted?"""
    source, page = _source(request)
    offered = questions.told(source) if source is not None else []
    if source is None or not offered:
        return render(request, "patterns/none.html", page)
    name = request.GET.get("factor", "")
    name = name if name in offered else offered[0]
    ways = questions.breakdowns(source, name)
    by, _sep, at = request.GET.get("by", "").partition("@")
    way = next((each for each in ways if each == (by, int(at) if at.isdecimal() else 0)), ways[0] if ways else ("", 0))
    found = questions.noted(source, name, *way)
    said = _labels(source, name, way)
    parts = [each.found for each in found]
    around = questions.surroundings(source)
    return render(request, "patterns/where.html", page | {
        "offered": _factors(source, offered, name), "title": words.title(source, name),
        "ways": [(f"{by}@{at}", _(words.OWN[by]) if by in words.OWN else words.level_title(source, by, at), (by, at) == way) for by, at in ways],
        "way": _(words.OWN[way[0]]) if way[0] in words.OWN else words.level_title(source, *way) if way[0] else "",
        "rows": [{"label": said.get(each.code, _("All children asked")), **place, **words.share(each.found)}
                 for each, place in zip(found, drawing.shares(parts), strict=True)],
        "places": context.around(said) if way[0] in AXES else [], "may_load": access.may(request.actor, permissions.LOAD_CONTEXT),  # type: ignore[attr-defined]
        "around": [{"title": words.title(source, told.name), "world": _(words.WORLDS[told.world]), **words.share(part)} for told, part in around]})


def _labels(source: Source, name: str, way: tuple[str, int]) -> dict[str, str]:
    by, at = way
    return words.labels(source, name, questions.AT[by]) if by in questions.AT else words.labels(source, by, at) if by else {}


def _factors(source: Source, names: list[str], chosen: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Factors for a list, under the levels of the child's world."""
    told = factors.factors()
    return [(_(said), rows) for world, said in words.WORLDS.items()
            if (rows := [(name, words.title(source, name), name == chosen) for name in names if told[name].world == world])]


@screen(permissions.RELEASES)
def changes(request: HttpRequest) -> HttpResponse:
    """What changed since the release before?"""
    source, page = _source(request)
    if source is None:
        return render(request, "patterns/none.html", page)
    then = held.before(source, page["held"])
    found = questions.changed(source, then) if then is not None else []
    places, reach = drawing.differences([each.by for each in found])
    return render(request, "patterns/changes.html", page | {
        "then": words.source_words(then) if then is not None else "", "reach": reach,
        "rows": [{"title": words.title(source, each.name), **place, "now": words.share(each.now), "before": words.share(each.then),
                  "difference": words.difference(each.by),
                  "verdict": _(words.CHANGED[each.by.verdict if each.by is not None else Verdict.TOO_FEW])}
                 for each, place in zip(found, places, strict=True)]})


def _source(request: HttpRequest) -> tuple[Source | None, dict[str, Any]]:
    """The release that the address names, else the latest one, and what every page shows of it."""
    actor = request.actor  # type: ignore[attr-defined]
    found = held.sources(actor)
    code = request.GET.get("release", "")
    source = next((each for each in found if each.code == code), None)
    if code and source is None:
        raise NothingHere()
    source = source or next(iter(found), None)
    page: dict[str, Any] = {"held": found, "may_ask": access.may(actor, permissions.ASK), "may_plan": access.may(actor, permissions.PLAN)}
    if source is None:
        return None, page
    who = all_populations()[factors.CODE]
    return source, page | {
        "release": source.code, "releases": [(each.code, words.source_words(each), each is source) for each in found], "said": words.source_words(source),
        "counted": _(who.counted), "care": _(who.care), "safety": safety(source.guarantee()), "public": not source.asked and source.stored.line == "public",
        "any": _any() if page["may_ask"] else [], "what": _what(actor.country) if page["may_ask"] else []}


def _any() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every factor of the code lists, under its level, for a question of the room; as attribute and level."""
    axes = {axis.name: axis for axis in factors.factor_axes()}
    told = factors.factors().values()
    return [(_(said), [(f"{each.name}@noted", str(axes[each.name].title)) for each in told if each.world == world]) for world, said in words.WORLDS.items()]


def _what(country: str) -> list[tuple[str, str]]:
    """Every outcome, for a question of the room."""
    return [(axis.name, _(axis.title)) for axis in axes_of(factors.CODE, country) if axis.name in factors.OUTCOMES]
