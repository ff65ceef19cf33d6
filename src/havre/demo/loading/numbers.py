"""Which numbers has the invented world given out? Two releases published, one for everyone and one of patterns for partners; one waiting
for a second person."""

from datetime import UTC, date, datetime, timedelta

from havre.access.system import system_actor
from havre.config.policies import policy_for
from havre.core.problems import GateRefused
from havre.demo.loading.staff import Staff
from havre.demo.loading.steps import intent
from havre.statistics import actions
from havre.statistics.populations.period import Period
from havre.statistics.releases.plans import ReleasePlan, plan_from
from havre.statistics.releases.ready import ready_plan

BEFORE = timedelta(days=8)
MONTHS = 12


def release(staff: Staff, now: datetime) -> None:
    """Leyla planned, Samir agreed, the system counted and published: numbers for everyone, patterns for partners. Then she planned again."""
    leyla, then = staff.actors["leyla"], published(now) - BEFORE
    try:
        _out(staff, then, "", _plan("first_picture", then, leyla.country, 800))
        _out(staff, then + timedelta(hours=1), "patterns ", _plan("first_patterns", then, leyla.country, 1000, "partner"))
        second = actions.plan_release(intent(leyla, now - timedelta(hours=5), "second release planned"),
                                      plan=_plan("first_contact", now, leyla.country, 500))
        actions.submit_release(intent(leyla, now - timedelta(hours=4), "second release handed in"), release=second.pk)
    except GateRefused:  # a world too small for it stays where it is
        return


def _out(staff: Staff, then: datetime, name: str, plan: ReleasePlan) -> None:
    """One release from its plan to its day. Raises GateRefused."""
    leyla, samir, system = staff.actors["leyla"], staff.actors["samir"], system_actor()
    made = actions.plan_release(intent(leyla, then, f"{name}release planned"), plan=plan)
    actions.submit_release(intent(leyla, then, f"{name}release handed in"), release=made.pk)
    actions.approve_release(intent(samir, then + timedelta(hours=3), f"{name}release approved"), release=made.pk)
    measured = actions.measure_release(intent(system, then + timedelta(hours=4), f"{name}release measured"), release=made.pk)
    day = measured.release_on or then.date()
    actions.publish_release(intent(system, datetime(day.year, day.month, day.day, 6, tzinfo=UTC), f"{name}release published"), release=made.pk)


def published(now: datetime) -> datetime:
    """The last fixed day of release before now, in the morning."""
    day = policy_for("SD").release_day
    this = now.replace(day=day, hour=6, minute=0, second=0, microsecond=0)
    return this if this < now else (this.replace(day=1) - timedelta(days=1)).replace(day=day)


def _plan(ready: str, now: datetime, country: str, epsilon: int, line: str = "public") -> ReleasePlan:
    """A ready plan over the last whole months before a day."""
    found = ready_plan(ready)
    if found is None:
        raise KeyError(ready)
    last = now.date().replace(day=1) - timedelta(days=1)
    start = last.year * 12 + last.month - MONTHS
    period = Period(date(start // 12, start % 12 + 1, 1), last.replace(day=1))
    return plan_from({"population": found.population, "country": country, "first": f"{period.first:%Y-%m}", "last": f"{period.last:%Y-%m}",
                      "tables": found.tables, "epsilon": epsilon, "line": line})
