"""How is a number said in a sentence, and how are its parts called?"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from havre.core.words import N_
from havre.reference import codes
from havre.statistics.counting import PART, Indicator, Kind, Unit
from havre.statistics.counting.measured import Figure, Measured, Shown
from havre.statistics.counting.period import Period
from havre.web.cases.labels import label
from havre.web.parts.reasons import day
from havre.web.today import kinds

BREAKDOWNS: Final[Mapping[str, str]] = {
    "sex": N_("Girls and boys"), "age": N_("Age"), "status": N_("With whom"), "risk": N_("Risk"), "group": N_("Population group"),
    "team": N_("Team"), PART: N_("Its own parts")}
LISTS: Final[Mapping[str, str]] = {"sex": "sex", "status": "uasc_status", "risk": "risk_level", "group": "population_group"}
AGES: Final[Mapping[str, str]] = {
    "0_5": N_("0 to 5"), "6_11": N_("6 to 11"), "12_17": N_("12 to 17"), "18_over": N_("18 and over"), "unknown": N_("Age not known")}
PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "caseload_band": {"0_9": N_("1 to 9 cases"), "10_19": N_("10 to 19 cases"), "20_29": N_("20 to 29 cases"), "over": N_("30 cases or more")},
    "duration_band": {"to_30": N_("30 days or fewer"), "to_90": N_("31 to 90 days"), "to_180": N_("91 to 180 days"), "over": N_("More than 180 days")},
    "decision": {"waiting": N_("Waits for an answer"), "approved": N_("Approved"), "returned": N_("Returned")},
    "completeness_field": {
        "sex": N_("Girl or boy"), "age": N_("Age"), "uasc_status": N_("With whom"), "population_group": N_("Population group"),
        "identification_source": N_("Who noticed the child"), "legal_basis": N_("Legal basis"), "identified_at": N_("When the child was noticed")}}
UNITS: Final[Mapping[Unit, str]] = {
    Unit.CASES: N_("cases"), Unit.CHILDREN: N_("children"), Unit.TASKS: N_("tasks"), Unit.CONSENTS: N_("agreements"),
    Unit.DECISIONS: N_("decisions"), Unit.IN_100: N_("out of 100"), Unit.PER_100: N_("for every 100 children"),
    Unit.CASES_EACH: N_("cases for each worker"), Unit.WORKERS_EACH: N_("caseworkers for each supervisor"),
    Unit.VISITS_EACH: N_("follow-ups for each case"), Unit.HOURS: N_("hours"), Unit.DAYS: N_("days")}


def label_of(indicator: Indicator, breakdown: str, code: str, teams: Mapping[str, str]) -> str:
    """A row's words in the reader's language."""
    if breakdown == "age":
        return _(AGES.get(code, code))
    if breakdown == "team":
        return teams.get(code, _("No team"))
    if breakdown == PART and indicator.part == "task":
        return kinds.TASKS.say(code, {})
    if breakdown == PART and indicator.part in PARTS:
        return _(PARTS[indicator.part].get(code, code))
    named = label(indicator.part if breakdown == PART else LISTS[breakdown], code)
    return named or (_("None written down") if indicator.part == "protection_concern" and breakdown == PART else _("Not written down"))


def in_order(indicator: Indicator, breakdown: str, rows: Mapping[str, Figure]) -> list[str]:
    """The codes of a table in the order of their list; what has no list, largest first."""
    known: list[str] = []
    if breakdown == "age":
        known = list(AGES)
    elif breakdown == PART and indicator.part in PARTS:
        known = list(PARTS[indicator.part])
    elif breakdown in LISTS:
        known = list(codes.load(LISTS[breakdown]).codes(retired=True))
    place = {code: at for at, code in enumerate(known)}
    return sorted(rows, key=lambda code: (code == "", place.get(code, len(place)), -rows[code].n, code))


def heading_of(indicator: Indicator, breakdown: str) -> str:
    """The words of a breakdown; the own parts of an indicator are named after what they are."""
    own = {"task": _("Kind of task"), "decision": _("Answer"), "protection_concern": _("Concern"), "closure_reason": _("Reason"),
           "uasc_status": _("With whom"), "tracing_status": _("Family tracing"), "caseload_band": _("Cases of one worker"),
           "duration_band": _("How long"), "completeness_field": _("Field"), "verification_recommendation": _("What was decided"),
           "reunification_type": _("Kind of reunification"), "consent_giver": _("Who agreed"), "assessment_mode": _("How and where")}
    return own[indicator.part] if breakdown == PART else _(BREAKDOWNS[breakdown])


def number(value: float | None, kind: Kind) -> str:
    """A number as it stands in a table: whole for counts and shares, one decimal for means; a dash when there is nothing to divide by."""
    if value is None:
        return "–"
    decimals = 1 if kind in (Kind.MEAN, Kind.MEDIAN) else 0
    return formats.number_format(round(value, decimals), decimals, force_grouping=True)


def shown(found: Measured, figure: Figure, least: int, *, earlier: bool = False) -> str:
    """A figure as it stands in a table."""
    if figure.shown is Shown.SMALL:
        return _("fewer than %(n)s") % {"n": least}
    if figure.shown is Shown.HIDDEN:
        return _("not shown")
    said = number(found.value_of(figure, earlier=earlier), found.indicator.kind)
    return pgettext("rounded", "about %(n)s") % {"n": said} if figure.shown is Shown.ROUNDED else said


def sentence(found: Measured, least: int) -> str:
    """The number of the period with what it rests on."""
    figure, kind = found.now, found.indicator.kind
    if not figure.told:
        return _("Fewer than %(n)s: too few to show without risk to a child.") % {"n": least}
    value = found.value
    if value is None:
        return _("Nothing to count in this period.")
    said = number(value, kind)
    if figure.shown is Shown.ROUNDED:
        return _near(found.indicator, value, said, figure)
    if kind is Kind.COUNT:
        return _counted(found.indicator.unit, int(value), said)
    if kind is Kind.SHARE:
        return _("%(value)s out of 100: %(met)s of %(n)s.") % {"value": said, "met": number(figure.met, Kind.COUNT), "n": number(figure.n, Kind.COUNT)}
    if kind is Kind.MEDIAN:
        middle = _("Half within %(value)s %(unit)s, nine in ten within %(ninth)s.")
        return middle % {"value": said, "unit": _(UNITS[found.indicator.unit]), "ninth": number(figure.ninth, kind)}
    return _("%(value)s %(unit)s.") % {"value": said, "unit": _(UNITS[found.indicator.unit])}


def _near(indicator: Indicator, value: float, said: str, figure: Figure) -> str:
    """A rounded number with what it rests on."""
    if indicator.kind is Kind.COUNT:
        return _("About %(counted)s") % {"counted": _counted(indicator.unit, int(value), said)}
    if indicator.kind is Kind.SHARE:
        return _("About %(value)s out of 100, of about %(n)s.") % {"value": said, "n": number(figure.n, Kind.COUNT)}
    return _("About %(value)s %(unit)s.") % {"value": said, "unit": _(UNITS[indicator.unit])}


def _counted(unit: Unit, n: int, said: str) -> str:
    words = {
        Unit.CASES: ngettext("%(n)s case.", "%(n)s cases.", n), Unit.CHILDREN: ngettext("%(n)s child.", "%(n)s children.", n),
        Unit.TASKS: ngettext("%(n)s task.", "%(n)s tasks.", n), Unit.CONSENTS: ngettext("%(n)s agreement.", "%(n)s agreements.", n),
        Unit.DECISIONS: ngettext("%(n)s question or decision.", "%(n)s questions or decisions.", n)}
    return words[unit] % {"n": said}


def change(found: Measured) -> str:
    """What changed since the period before, in words; nothing when one of the two is not known."""
    now, was, kind = found.value, found.was, found.indicator.kind
    if now is None or was is None:
        return _("Nothing to compare with in the period before.") if now is not None else ""
    decimals = 1 if kind in (Kind.MEAN, Kind.MEDIAN) else 0  # of what is shown, so that the three numbers agree
    before, difference = number(was, kind), number(abs(round(now, decimals) - round(was, decimals)), kind)
    if found.now.shown is Shown.ROUNDED:
        if number(now, kind) == before:
            return _("About the same as in the period before.")
        more = _("About %(difference)s more than in the period before.") if now > was else _("About %(difference)s fewer than in the period before.")
        return more % {"difference": difference}
    if number(now, kind) == before:
        return _("The same as in the period before.")
    if now > was:
        return _("%(difference)s more than in the period before (%(before)s).") % {"difference": difference, "before": before}
    return _("%(difference)s fewer than in the period before (%(before)s).") % {"difference": difference, "before": before}


def period_words(period: Period) -> str:
    """A period as people say it: "October 2026", "July to September 2026", "2026", or its two days."""
    if period.kind == "month":
        return formats.date_format(period.first, "F Y")
    if period.kind == "quarter":
        return _("%(first)s to %(last)s") % {"first": formats.date_format(period.first, "F"), "last": formats.date_format(period.last, "F Y")}
    if period.kind == "year":
        return str(period.first.year)
    return _("%(first)s to %(last)s") % {"first": day(period.first, year=period.first.year != period.last.year), "last": day(period.last, year=True)}


def choice_words(code: str, period: Period) -> str:
    """A period in the list of choices: the last days by their number, the rest by name."""
    if code.endswith("d"):
        return _("Last %(n)s days") % {"n": code[:-1]}
    return period_words(period)


def team_names(found: Measured) -> list[UUID]:
    """The teams that a table names."""
    held = {code for name, side in ((found.by, found.rows), (found.by, found.before), (found.across, found.columns)) if name == "team" for code in side}
    return [UUID(code) for code in held if code]
