"""What goes with what, where and when does it arise, what changed? Each answer is a share, an interval, and what may be said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from havre.core.problems import NothingHere
from havre.disclosure.association import Association, Interval, Part, associate, change, part
from havre.statistics.patterns.sources import Source
from havre.statistics.populations import factors
from havre.statistics.populations.axes import UNKNOWN
from havre.statistics.populations.factors import LEG, NO, NOTED, PHASE, YES, Told
from havre.statistics.releases.plans import Spec

TIMES: Final = tuple(factors.TRAVEL)
AT: Final = {"phase": PHASE, "leg": LEG}
EARLIER: Final = 1
"""The stream from which an earlier sheet's chances are drawn: apart from the later one's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: which outcome; the factor at any time ("") or noted before, during or after travel; all children, or those of one code."""

    outcome: str
    time: str = ""
    among: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One factor with an outcome."""

    told: Told
    found: Association


@dataclass(frozen=True, slots=True)
class Noted:
    """How large a part of the children of one code has a factor noted; for times and legs, how large a part has it noted then."""

    code: str
    found: Part


@dataclass(frozen=True, slots=True)
class Changed:
    """A share now, before, and the difference (None where too few were counted)."""

    name: str
    now: Part
    then: Part
    by: Interval | None


def known(names: Iterable[str]) -> list[str]:
    """Names of factors and outcomes in the order of their lists."""
    order = {name: at for at, name in enumerate((*factors.OUTCOMES, *factors.factors()))}
    return sorted({name for name in names if name in order}, key=order.__getitem__)


def outcomes(source: Source) -> list[str]:
    """What can be asked about: outcomes, and factors that stand in a table with another one."""
    return known(other for table in source.tables for name, _ in table if name in factors.factors() for other, _ in table if other != name)


def dimensions(source: Source, outcome: str) -> list[tuple[str, int]]:
    """By what the question can be narrowed: (attribute, level) of tables that hold a factor, the outcome and it."""
    out: dict[tuple[str, int], None] = {}
    for table in source.tables:
        names = {name for name, _ in table}
        if outcome in names and names & set(factors.factors()) - {outcome}:
            out |= {(name, at): None for name, at in table if name not in factors.factors() and name not in factors.OUTCOMES}
    return list(out)


def times(source: Source, outcome: str) -> bool:
    """Whether some factor's time of travel is known together with the outcome."""
    return any(source.covers((name, PHASE), (outcome, NOTED)) for name in factors.factors() if name != outcome and _has(source, name))


def goes_with(source: Source, asked: Asked) -> list[Answer]:
    """How the outcome goes with each factor of the release, in the order of the code lists. Raises NothingHere for what was not planned.

    Children of whom the factor or the outcome was not asked are left out. With a time, children with the factor at that time alone are
    held against those without it; those with it at other times are in neither part.
    """
    if asked.outcome not in outcomes(source) or asked.time not in {"", *TIMES}:
        raise NothingHere()
    at = dict(dimensions(source, asked.outcome)).get(asked.among, 0)
    if asked.among and (not at or asked.code not in source.sheet.domain.attribute(asked.among).level(at).codes):
        raise NothingHere()
    out = []
    for name, told in factors.factors().items():
        spec = _with(source, name, asked, at) if name != asked.outcome else None
        if spec is not None:
            has = (name, (asked.time or YES,), (NO,))
            where = {asked.among: (asked.code,)} if asked.among else None
            out.append(Answer(told, associate(source.sheet, spec, has, (asked.outcome, (YES,), (NO,)), where)))
    return out


def _with(source: Source, name: str, asked: Asked, at: int) -> Spec | None:
    level = PHASE if asked.time else NOTED
    if not _has(source, name, level):
        return None
    return source.covers((name, level), (asked.outcome, NOTED), *([(asked.among, at)] if asked.among else []))


def told(source: Source) -> list[str]:
    """The factors that the release holds, in order."""
    return [name for name in factors.factors() if _has(source, name)]


def breakdowns(source: Source, name: str) -> list[tuple[str, int]]:
    """By what a factor's share can be read: ("phase", level) and ("leg", level) of its own, then (attribute, level) of others."""
    own = [(word, at) for word, at in AT.items() if _has(source, name, at)]
    others: dict[tuple[str, int], None] = {}
    for table in source.tables:
        if name in dict(table):
            others |= {(other, at): None for other, at in table if other not in factors.factors() and other not in factors.OUTCOMES}
    return own + list(others)


def noted(source: Source, name: str, by: str = "", at: int = 0) -> list[Noted]:
    """For each code of a breakdown, the part of the children asked who have the factor noted; with no breakdown, one line for all.

    Raises NothingHere for what the release does not hold.
    """
    if not _has(source, name):
        raise NothingHere()
    if not by:
        return [Noted("", part(source.sheet, _must(source.covers((name, NOTED))), (name, (YES,), (NO,))))]
    if (by, at) not in breakdowns(source, name):
        raise NothingHere()
    if by in AT:
        spec = _must(source.covers((name, AT[by])))
        codes = [code for code in source.sheet.domain.codes(spec)[0] if code != UNKNOWN]
        return [Noted(code, part(source.sheet, spec, (name, (code,), tuple(c for c in codes if c != code)))) for code in codes if code != NO]
    spec = _must(source.covers((name, NOTED), (by, at)))
    codes = list(source.sheet.domain.attribute(by).level(at).codes)
    return [Noted(code, part(source.sheet, spec, (name, (YES,), (NO,)), {by: (code,)})) for code in codes]


def changed(now: Source, then: Source) -> list[Changed]:
    """What both releases hold, factors and outcomes: the share now and then, and by how much it differs."""
    out = []
    for name in known((*told(now), *(o for o in factors.OUTCOMES if _has(now, o)))):
        if _has(then, name):
            of = (name, (YES,), (NO,))
            late = part(now.sheet, _must(now.covers((name, NOTED))), of)
            early = part(then.sheet, _must(then.covers((name, NOTED))), of, stream=EARLIER)
            out.append(Changed(name, late, early, change(late, early)))
    return out


def _has(source: Source, name: str, level: int = NOTED) -> bool:
    return any(dict(table).get(name, 0) >= level for table in source.tables)


def _must(spec: Spec | None) -> Spec:
    if spec is None:
        raise NothingHere()
    return spec


def stands_out(answers: Sequence[Answer]) -> Answer | None:
    """The one factor whose difference lies above all others with its whole interval; None when intervals overlap."""
    known = [each for each in answers if each.found.difference is not None and each.found.difference.low > 0]
    rest = [each for each in answers if each.found.difference is not None]
    for each in known:
        others = [other.found.difference.high for other in rest if other is not each and other.found.difference is not None]
        if others and each.found.difference is not None and each.found.difference.low > max(others):
            return each
    return None


def surroundings(source: Source) -> list[tuple[Told, Part]]:
    """The community and structural factors of the release with the part of children around whom they were noted: the context that
    assessments record. They surround every child of a place, so they are told as shares rather than held against children without."""
    held = [factors.factors()[name] for name in told(source)]
    return [(each, noted(source, each.name)[0].found) for each in held if each.world in {"community", "structural"}]
