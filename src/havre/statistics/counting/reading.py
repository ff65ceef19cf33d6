"""What may this person know of an indicator? Scoped, limited where they may not open the cases, and written to the log."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from havre.access import queries as access
from havre.access.models import Team
from havre.cases import permissions as cases
from havre.core.actor import Actor
from havre.core.problems import InputRefused, NothingHere
from havre.core.words import N_
from havre.infra.acting import current
from havre.statistics import indicators, permissions
from havre.statistics.counting.counting import bounds_of, measure
from havre.statistics.counting.indicator import Indicator, Kind
from havre.statistics.counting.look import Look
from havre.statistics.counting.measured import Measured
from havre.statistics.counting.period import Period, read_period
from havre.statistics.counting.small import guarded

WINDOWS = 6
ONLY_KIND = "quarter"
NOT_A_PERIOD = N_("This period cannot be read. Choose one of the list.")
ONLY_WHOLE = N_("Your role sees whole quarters that are over.")


def period_of(code: str, today: datetime | None = None) -> Period:
    """The period of a code, as people here count days. InputRefused on the field `period` when it is none."""
    try:
        return read_period(code, timezone.localdate(today))
    except ValueError:
        raise InputRefused({"period": [NOT_A_PERIOD]}) from None


def indicator_of(code: str) -> Indicator:
    """The indicator of a code. Raises NothingHere."""
    found = indicators.every().get(code)
    if found is None:
        raise NothingHere()
    return found


def open_to(actor: Actor, period: Period) -> bool:
    """Whether this role may ask for such a period; only that it is over is left to be seen."""
    return opens_cases(actor) or period.kind == ONLY_KIND


def breakdowns_for(actor: Actor, indicator: Indicator) -> Sequence[str]:
    """By what this role may have an indicator broken down."""
    return indicator.breakdowns if opens_cases(actor) or indicator.kind is Kind.COUNT else ()


def crossed_for(actor: Actor, indicator: Indicator, by: str) -> Sequence[str]:
    """By what this role may have a breakdown broken down again."""
    return indicator.crossed(by) if opens_cases(actor) and by else ()


def opens_cases(actor: Actor) -> bool:
    """Whether this role may open the cases that its numbers count: then exact numbers say nothing new."""
    return actor.role in cases.READ.allowed


def team_names(ids: Collection[UUID]) -> dict[str, str]:
    """The names of teams by their id in words."""
    return {str(pk): name for pk, name in Team.objects.filter(pk__in=ids).values_list("pk", "name")}


def look_at(actor: Actor, wanted: Sequence[tuple[Indicator, str, str]], period: Period, *, windows: int = WINDOWS,
            now: datetime | None = None, what: str = "") -> list[Measured]:
    """Count indicators, each with what it is broken down by and across ("" for nothing), over a period and those before it.

    One entry in the log says which numbers were looked at. Raises NothingHere for a role that sees no numbers, InputRefused
    when a breakdown is not one of the indicator's, or when the answer is open to subtraction: who may not open the cases sees
    quarters that are over (months would be told apart by taking them from a quarter), and counts broken down one way (two ways
    and each way alone are two tables of the same people).
    """
    access.require(actor, permissions.NUMBERS)
    exact = opens_cases(actor)
    if not exact and (period.kind != ONLY_KIND or period.last >= timezone.localdate(now)):
        raise InputRefused({"period": [ONLY_WHOLE]})
    for indicator, by, across in wanted:
        if by not in ("", *breakdowns_for(actor, indicator)) or across not in ("", *crossed_for(actor, indicator, by)):
            raise InputRefused({"by": [N_("This number cannot be broken down in this way.")]})
    periods = period.back(windows)
    bounds = bounds_of(periods)
    look = Look(actor, now or timezone.now(), bounds[0], bounds[-1])
    found = [measure(one, replace(look, wanted=frozenset({by, across} & set(one.dimensions))), periods, by, across) for one, by, across in wanted]
    current().audit("numbers_read", objects=[f"statistics.indicator:{one.code}" for one, _by, _across in wanted], detail={
        "period": period.code, "by": sorted({name for _one, *names in wanted for name in names if name}), **({"what": what} if what else {})})
    return found if exact else [guarded(one, look.policy.suppression_threshold) for one in found]
