"""Which few numbers does each role need, and in which order?

A board answers for a role: a caseworker for the own cases, a supervisor for the team, a manager for the agency, a focal point for what
has been shared with them. What is counted follows from access alone; the board only chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from havre.core.actor import Actor, Role
from havre.core.words import N_
from havre.statistics import indicators
from havre.statistics.counting.measured import Measured
from havre.statistics.counting.period import Period
from havre.statistics.counting.reading import look_at


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the codes of the numbers under it."""

    heading: str
    codes: tuple[str, ...]


_NOW, _TIME, _VOICE, _FAMILY, _END = (N_("The work now"), N_("In time"), N_("With the child"), N_("Family"), N_("How it ends"))

BOARDS: Final[Mapping[Role, tuple[Part, ...]]] = {
    Role.CASEWORKER: (
        Part(_NOW, ("active_caseload", "cases_opened", "overdue_tasks")),
        Part(_TIME, ("assessed_in_time", "follow_ups_on_schedule")),
        Part(_VOICE, ("child_seen_alone", "childs_views_recorded"))),
    Role.SUPERVISOR: (
        Part(_NOW, ("active_caseload", "cases_opened", "caseload_per_caseworker", "overdue_tasks")),
        Part(_TIME, ("assessed_in_time", "planned_in_time", "reviewed_in_time", "follow_ups_on_schedule", "hours_to_safety")),
        Part(_VOICE, ("child_seen_alone", "childs_views_recorded", "plans_made_together"))),
    Role.MANAGER: (
        Part(_NOW, ("active_caseload", "uasc_registered", "caseloads_within_limit")),
        Part(_TIME, ("assessed_in_time", "planned_in_time")),
        Part(_VOICE, ("childs_views_recorded",)),
        Part(_FAMILY, ("tracing_started_in_time", "children_reunified", "together_after_three_months")),
        Part(_END, ("closures_with_goal_met", "reopened_within_six_months"))),
    Role.FOCAL_POINT: (
        Part(_NOW, ("cases_opened", "uasc_registered")),
        Part(_FAMILY, ("children_reunified",))),
}


def board(actor: Actor, period: Period, *, now: datetime | None = None, what: str = "") -> list[tuple[str, list[Measured]]]:
    """The parts of this person's board with their numbers. Raises NothingHere for a role without one."""
    parts = BOARDS.get(actor.role, ())
    every = indicators.every()
    found = look_at(actor, [(every[code], "", "") for part in parts for code in part.codes], period, now=now, what=what)
    numbers = {one.indicator.code: one for one in found}
    return [(part.heading, [numbers[code] for code in part.codes]) for part in parts]
