"""What do the pages and the files of numbers share: who asks, for which period, and the tables they show?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.cases import permissions as cases
from havre.config.policies import policy_for
from havre.core.actor import Actor
from havre.core.problems import InputRefused
from havre.statistics.counting import PART, Kind, Shape
from havre.statistics.counting.measured import Figure, Measured
from havre.statistics.counting.period import Period, offered
from havre.statistics.counting.reading import open_to, opens_cases, period_of, team_names
from havre.web.cases.base import actor_of
from havre.web.numbers import words


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the period with its code, and the breakdowns."""

    actor: Actor
    period: Period
    code: str
    by: str
    across: str

    @property
    def least(self) -> int:
        """Below how many a figure is not shown to somebody who may not open the cases."""
        return policy_for(self.actor.country or "ZZ").suppression_threshold


def choices(actor: Actor) -> list[tuple[str, Period]]:
    """The periods this person may choose: whole ones that are over for who may not open the cases."""
    return [(code, period) for code, period in offered(timezone.localdate()) if open_to(actor, period)]


def asked(request: HttpRequest) -> Asked:
    """Read the address. A period that cannot be read gives the first of the choices; the page says which one it shows."""
    actor = actor_of(request)
    code = request.GET.get("period", "")
    first = choices(actor)[0]
    try:
        period = period_of(code) if code else first[1]
    except InputRefused:
        code, period = "", first[1]
    return Asked(actor, period, code or first[0], request.GET.get("by", ""), request.GET.get("across", ""))


def address(name: str, question: Asked, *args: str) -> str:
    """An address with the same question."""
    said = {name: value for name, value in (("period", question.code), ("by", question.by), ("across", question.across)) if value}
    return reverse(name, args=args) + "?" + urlencode(said)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its code, its words, the figures in words, and the list of children behind it."""

    code: str
    label: str
    figure: Figure
    now: str
    before: str
    rests: str
    cells: tuple[str, ...] = ()
    link: str = ""


def rows_of(found: Measured, question: Asked) -> tuple[list[Row], list[str]]:
    """The rows of a breakdown in order, and the headings of its columns when there are two."""
    teams = team_names(words.team_names(found))
    tops = words.in_order(found.indicator, found.across, found.columns) if found.across else []
    headings = [words.label_of(found.indicator, found.across, top, teams) for top in tops]
    rows = []
    for code in words.in_order(found.indicator, found.by, {**found.before, **found.rows}) if found.by else []:
        figure, was = found.rows.get(code, Figure()), found.before.get(code, Figure())
        cells = tuple(words.shown(found, found.cells.get((code, top), Figure()), question.least) for top in tops)
        rests = words.number(found.rests_on(figure), Kind.COUNT) if found.indicator.kind is not Kind.COUNT else ""
        rows.append(Row(code, words.label_of(found.indicator, found.by, code, teams), figure, words.shown(found, figure, question.least),
                        words.shown(found, was, question.least, earlier=True), rests, cells, behind(question.actor, found, code)))
    return rows, headings


_FILTERS: Mapping[str, str] = {"risk": "risk", "status": "beside"}


def behind(actor: Actor, found: Measured, code: str = "") -> str:
    """The list of the children that a number counts, where the person has a list and it can be narrowed so; else ""."""
    query = found.indicator.list
    if not query or not access.may(actor, cases.LIST) or not opens_cases(actor):
        return ""
    first, last = found.periods[-1].first, found.periods[-1].last
    if found.indicator.shape is Shape.STOCK and last < timezone.localdate():
        return ""  # the list shows today
    query = query.format(first=first, last=last)
    if code and found.by in _FILTERS:
        query += f"&{_FILTERS[found.by]}={code}"
    elif code and found.by == PART and found.indicator.part == "uasc_status":
        query = query.replace("beside=alone", f"beside={code}")
    elif code:
        return ""
    return reverse("cases:list") + "?" + query


def trend_words(found: Measured, question: Asked) -> list[dict[str, Any]]:
    """Every period with its number, oldest first, in words."""
    found = replace(found, by="", across="")
    return [{"period": words.period_words(period), "now": words.shown(found, figure, question.least),
             "rests": words.number(round(figure.n) if figure.told else None, Kind.COUNT)
             if found.indicator.kind is not Kind.COUNT else ""}
            for period, figure in zip(found.periods, found.trend, strict=True)]


def of_whom(actor: Actor) -> str:
    """Whose numbers they are, as the heading says it."""
    return {"caseworker": _("Numbers of your cases"), "supervisor": _("Numbers of your team"), "manager": _("Numbers of your agency"),
            }.get(actor.role.value, _("Numbers of what is shared with you"))
