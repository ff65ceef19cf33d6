"""Children assessed: what raises and what lowers the danger for each, from the assessments of the children registered.

Each risk and protective factor of the code lists is an attribute of its own, named `risk_<code>` or `protective_<code>`; so is each
level of the child's world (`risk_household`: any risk factor there). Its levels are: noted or not, before, during or after travel, and
the leg of the route. A factor says *not asked* where nobody looked at that level of the child's world. One row for each child.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from havre.cases.models import Assessment, Factor
from havre.cases.rules import PHASES, FactorKind
from havre.cases.rules import Level as World
from havre.core.words import N_
from havre.reference import codes as lists
from havre.statistics.populations import registered
from havre.statistics.populations.axes import LANGUAGES, UNKNOWN, Axis, Level
from havre.statistics.populations.population import Counted, Population, Scope

CODE: Final = "children_assessed"
YES: Final = "yes"
NO: Final = "no"
NOTED, PHASE, LEG = 1, 2, 3
"""The levels of a factor's axis."""
TRAVEL: Final = {"before": ("pre_departure",), "during": ("transit", "at_border", "return_transit", "onward"), "after": ("destination", "post_return")}
SEVERAL: Final = "several"
KINDS: Final = tuple(kind.value for kind in FactorKind)
WORLDS: Final = tuple(world.value for world in World)
OUTCOMES: Final = tuple(registered.CONCERNS)
"""The attributes of children registered that say what happened to a child."""
_PHASE_OF: Final = {leg: phase for phase, legs in TRAVEL.items() for leg in legs}
_CHUNK: Final = 1000

_TIMES: Final = {
    "before": {"en": "Before travel", "fr": "Avant le voyage"}, "during": {"en": "During travel", "fr": "Pendant le voyage"},
    "after": {"en": "After travel", "fr": "Après le voyage"}, SEVERAL: {"en": "At more than one time", "fr": "À plusieurs moments"},
    NO: {"en": "Not noted", "fr": "Non noté"}, UNKNOWN: {"en": "Not asked", "fr": "Non demandé"}}
_SEVERAL_LEGS: Final = {"during": {"en": "On more than one leg", "fr": "À plusieurs étapes"},
                        "after": {"en": "At destination and after return", "fr": "À destination et après le retour"}}
_ANY: Final = {
    ("risk", "individual"): N_("Any risk factor of the child"), ("risk", "household"): N_("Any risk factor of the household"),
    ("risk", "community"): N_("Any risk factor of the community"), ("risk", "structural"): N_("Any risk factor of the country"),
    ("protective", "individual"): N_("Any protective factor of the child"), ("protective", "household"): N_("Any protective factor of the household"),
    ("protective", "community"): N_("Any protective factor of the community"), ("protective", "structural"): N_("Any protective factor of the country"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One attribute that a factor gives: its name, kind, level of the child's world, and its code ("" for any factor of that level)."""

    name: str
    kind: str
    world: str
    code: str


@cache
def factors() -> Mapping[str, Told]:
    """Every attribute of factors by its name: for each kind and level of the child's world *any*, then each code."""
    out: dict[str, Told] = {}
    for kind in KINDS:
        world_of = lists.levels(f"{kind}_factor")
        for world in WORLDS:
            for code in ("", *(c for c in lists.load(f"{kind}_factor").codes(retired=True) if world_of[c] == world)):
                told = Told(f"{kind}_{code or world}", kind, world, code)
                out[told.name] = told
    return out


def breakdown(scope: Scope) -> tuple[Axis, ...]:
    """The codebook: that of children registered, then the factors."""
    return (*registered.breakdown(scope), *factor_axes())


@cache
def factor_axes() -> tuple[Axis, ...]:
    """The axes of every factor: the same for every country and period."""
    return tuple(_axis(told) for told in factors().values())


def _axis(told: Told) -> Axis:
    """One factor's axis. Only *any factor of a level* is offered in the lists of forms; the others are named by the pages of patterns."""
    phase_of = _legs()
    phases = {phase: phase if phase in {NO, UNKNOWN} else YES for phase in dict.fromkeys(phase_of.values())}
    noted = {YES: {"en": "Noted", "fr": "Noté"}, NO: _TIMES[NO], UNKNOWN: _TIMES[UNKNOWN]}
    title = title_of(told)
    return Axis(told.name, title, f"#risk+{told.kind}+{told.code or told.world}", (
        Level("noted", title, tuple(noted), noted),
        Level("phase", title_of(told, PHASE), tuple(phases), {c: _TIMES[c] for c in phases}),
        Level("leg", title_of(told, LEG), tuple(phase_of), {c: _leg_words(c) for c in phase_of}),
    ), (phases, phase_of), listed=not told.code)


def title_of(told: Told, level: int = NOTED) -> str:
    """The title of a factor at a level, in the language of whoever reads it: labels of code lists are no messages."""
    return str_lazily(told, level)


def _said(told: Told, level: int) -> str:
    lang = (get_language() or "en")[:2]
    factor = lists.label(f"{told.kind}_factor", told.code, lang if lang in LANGUAGES else "en") if told.code else gettext(_ANY[told.kind, told.world])
    if level == PHASE:
        return gettext("%(factor)s, by time of travel") % {"factor": factor}
    return gettext("%(factor)s, by leg of the route") % {"factor": factor} if level == LEG else factor


str_lazily = lazy(_said, str)


@cache
def _legs() -> dict[str, str]:
    """Code of the finest level -> its phase, in order."""
    out: dict[str, str] = {}
    for phase, legs in TRAVEL.items():
        out |= {leg: phase for leg in legs} | ({f"several_{phase}": phase} if len(legs) > 1 else {})
    return out | {code: code for code in (SEVERAL, NO, UNKNOWN)}


def _leg_words(code: str) -> Mapping[str, str]:
    if code in _TIMES:
        return _TIMES[code]
    if code.startswith("several_"):
        return _SEVERAL_LEGS[code.removeprefix("several_")]
    return {lang: lists.label("route_phase", code, lang) for lang in LANGUAGES}


def rows(scope: Scope, wanted: frozenset[str]) -> Iterator[Counted]:
    """One row for each child registered in the period who was assessed."""
    found, names = registered.rows(scope, wanted), [name for name in factors() if name in wanted]
    while chunk := list(islice(found, _CHUNK)):
        seen = _assessed([child for child, _ in chunk], names)
        for child, row in chunk:
            if child in seen:
                yield child, {**row, **seen[child]}


def _assessed(children: list[UUID], names: Sequence[str]) -> dict[UUID, dict[str, str]]:
    """These factor attributes of each of the children who was assessed. Plain columns only; evidence stays sealed."""
    looked: dict[UUID, set[str]] = {}
    for child, unanswered in Assessment.objects.filter(case__child_id__in=children).values_list("case__child_id", "unanswered"):
        looked.setdefault(child, set()).update(set(WORLDS) - set(unanswered))
    held: dict[UUID, dict[tuple[str, str, str], int]] = {}
    ordered = Factor.objects.filter(case__child_id__in=children).order_by("assessment__assessed_at", "pk")
    for child, kind, code, phase, strength in ordered.values_list("case__child_id", "kind", "code", "phase", "strength"):
        held.setdefault(child, {})[kind, code, phase] = strength
    return {child: told_of(worlds, held.get(child, {}), names) for child, worlds in looked.items()}


def told_of(worlds: Iterable[str], held: Mapping[tuple[str, str, str], int], names: Sequence[str]) -> dict[str, str]:
    """Attribute -> code of each of `names`, for a child at whose `worlds` somebody looked. `held` is the last strength written for a kind, code and leg;
    strength 0 says that the factor is absent. Pure."""
    looked, legs = set(worlds), dict[str, set[str]]()
    for (kind, code, leg), strength in held.items():
        told = factors().get(f"{kind}_{code}")
        if told is None or leg not in PHASES:
            continue
        looked.add(told.world)
        if strength > 0:
            for name in (told.name, f"{kind}_{told.world}"):
                legs.setdefault(name, set()).add(leg)
    return {name: leg_code(legs.get(name, set())) if factors()[name].world in looked else UNKNOWN for name in names}


def leg_code(legs: set[str]) -> str:
    """The finest code of a factor noted on these legs: bounded to one code, however many there are."""
    if not legs:
        return NO
    if len(legs) == 1:
        return next(iter(legs))
    phases = {_PHASE_OF[leg] for leg in legs}
    return f"several_{phases.pop()}" if len(phases) == 1 else SEVERAL


POPULATION: Final = Population(
    code=CODE, title=N_("Children assessed"),
    counted=N_("Every child registered whose situation was assessed at least once, in the month in which the first case was entered, with the risk and "
               "protective factors that workers noted. A child counts once; a factor noted twice counts once."),
    care=N_("A factor is what a worker noted. What was not asked is not counted as absent, and what goes with something need not be its cause."),
    ledger=registered.CODE, axes=breakdown, rows=rows)
