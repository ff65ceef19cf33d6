"""What does the risk of a child ask of us: how soon, in which order, and what may not be called low? Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from havre.core.policy import Policy

RISK_ORDER = ("high", "medium", "low", "none")
PHASES = ("pre_departure", "transit", "at_border", "destination", "return_transit", "post_return", "onward")


class Status(StrEnum):
    """Whether a case is being worked on."""

    OPEN = "open"
    ON_HOLD = "on_hold"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    ENTERED_IN_ERROR = "entered_in_error"


class Level(StrEnum):
    """The four levels of the child's world at which vulnerability arises."""

    INDIVIDUAL = "individual"
    HOUSEHOLD = "household"
    COMMUNITY = "community"
    STRUCTURAL = "structural"


class FactorKind(StrEnum):
    """Whether a factor raises or lowers the danger."""

    RISK = "risk"
    PROTECTIVE = "protective"


class PlanKind(StrEnum):
    """What a plan is for."""

    CASE = "case"
    SAFETY = "safety"
    TRANSITION = "transition"


class PlanState(StrEnum):
    """Where a plan or a closure request stands with the second person."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


class ActionStatus(StrEnum):
    """How far an action of a plan is."""

    PENDING = "pending"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Decision(StrEnum):
    """The answer of the second person."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"


FORCES_HIGH = frozenset({
    "unaccompanied_under_12", "current_sexual_violence_or_exploitation", "trafficking_suspected", "detained_with_adults",
    "suicidal_intent", "perpetrator_in_household", "child_headed_with_infant", "missing", "forced_return_within_72_hours",
    "armed_group_association", "life_threatening_health_need"})

_FLAG_OF_CONCERN: Mapping[str, str] = {
    "missing": "missing", "armed_force_or_group": "armed_group_association",
    "trafficking_sale_abduction_forced_labour": "trafficking_suspected"}

TOPICS = ("situation", "plan", "placement", "tracing", "reunification", "return", "closure", "other")
NO_VIEWS = frozenset({"declined", "not_possible"})


def flags_from_facts(uasc_status: str, age_min: int | None, concerns: Iterable[str]) -> frozenset[str]:
    """The warning signs that follow from what is already written; an unknown age counts as young (G34)."""
    flags = {_FLAG_OF_CONCERN[c] for c in concerns if c in _FLAG_OF_CONCERN}
    if uasc_status == "unaccompanied" and (age_min is None or age_min < 12):
        flags.add("unaccompanied_under_12")
    return frozenset(flags)


def with_whom(uasc_status: str, tracing_status: str) -> str:
    """With whom a child is now (code list `uasc_status`): a child who is reunified is with the family."""
    return "accompanied" if tracing_status == "reunified" else uasc_status


def forced(flags: Collection[str]) -> tuple[str, ...]:
    """Those of the warning signs that make the risk high until someone reviews it, in the order of their names."""
    return tuple(sorted(FORCES_HIGH & set(flags)))


def due(policy: Policy, step: str, risk: str, since: datetime) -> datetime | None:
    """When a step is due at this risk, counted from `since`; None for a risk without deadlines (domain b0)."""
    allowed = policy.deadline(step, risk)
    return None if allowed is None else since + allowed


@dataclass(frozen=True, slots=True)
class DueStep:
    """Something that has to happen: kind of task, by when, and the reason for the time as a code with numbers."""

    kind: str
    due_at: datetime
    why: str
    params: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the deadlines depend on. Times are aware."""

    stage: str
    risk: str
    uasc_status: str
    guardian_status: str
    identified_at: datetime
    registered_at: datetime
    assessed_at: datetime | None = None
    immediate_needs: tuple[str, ...] = ()
    child_becomes_17: date | None = None


def first_steps(facts: CaseFacts, policy: Policy) -> list[DueStep]:
    """What is due when a case is opened: safety now, an assessment, a guardian for a child alone, a plan for turning 18."""
    risk = facts.risk if facts.risk != "none" else "low"
    steps = [step for step in (
        _step(policy, "immediate_safety", "immediate_safety", risk, facts.identified_at)
        if risk == "high" or facts.immediate_needs else None,
        _step(policy, "assess", "rapid_assessment", risk, facts.registered_at),
        _step(policy, "guardian_request", "guardian", risk, facts.registered_at)
        if facts.uasc_status in {"unaccompanied", "separated", "orphan"} and facts.guardian_status in {"", "none"} else None,
    ) if step is not None]
    if facts.child_becomes_17 is not None:
        midday = facts.registered_at.replace(hour=12, minute=0, second=0, microsecond=0)
        at = max(midday + (facts.child_becomes_17 - midday.date()), facts.registered_at + timedelta(days=7))
        steps.append(DueStep("transition_plan", at, "becomes_adult", {"age": policy.majority}))
    return steps


def _step(policy: Policy, kind: str, step: str, risk: str, since: datetime) -> DueStep | None:
    at = due(policy, step, risk, since)
    if at is None:
        return None
    return DueStep(kind, at, f"{step}_by_risk", {"hours": policy.deadlines_hours[step, risk], "risk": risk})


def next_step(policy: Policy, kind: str, step: str, risk: str, since: datetime) -> DueStep:
    """One step that follows another; a child without risk is treated like one at low risk."""
    made = _step(policy, kind, step, risk if risk != "none" else "low", since)
    if made is None:
        raise KeyError((step, risk))
    return made


def visit_days(policy: Policy, risk: str, start: date, kind: str = "reunification") -> tuple[date, ...]:
    """The days on which visits are due after a reunification (or `kind="return"`), by risk."""
    if kind == "return":
        offsets: Iterable[int] = policy.return_follow_up_days
    else:
        offsets = policy.follow_up_days.get(risk) or policy.follow_up_days["low"]
    return tuple(start + timedelta(days=days) for days in offsets)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError(day)


def storage_end(closed_on: date, youngest_birth: date | None, policy: Policy) -> date:
    """The day until which a closed file is stored: the years of the policy, or until the child reaches its age."""
    by_years = add_months(closed_on, 12 * policy.retention_years)
    if youngest_birth is None:
        return max(by_years, add_months(closed_on, 12 * policy.retention_until_age))
    return max(by_years, add_months(youngest_birth, 12 * policy.retention_until_age))


def latest_birth(age_min: int | None, recorded_on: date | None) -> date | None:
    """The latest day on which a person can be born who was at least `age_min` years old on `recorded_on`."""
    if age_min is None or recorded_on is None:
        return None
    return add_months(recorded_on, -12 * age_min)


def earliest_birth(age_max: int | None, recorded_on: date | None) -> date | None:
    """The earliest day on which a person can be born who was at most `age_max` years old on `recorded_on`."""
    if age_max is None or recorded_on is None:
        return None
    return add_months(recorded_on, -12 * (age_max + 1)) + timedelta(days=1)


def age_on(birth: date, day: date) -> int:
    """Completed years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class Bucket(StrEnum):
    """When a task is due, in the words of the Today page."""

    LATE = "late"
    BEFORE_NOON = "before_noon"
    LATER_TODAY = "later_today"
    THIS_WEEK = "this_week"
    LATER = "later"


def bucket(due_at: datetime, now: datetime) -> Bucket:
    """The group of a task; both times in the reader's zone. The week ends with Sunday."""
    if due_at < now:
        return Bucket.LATE
    if due_at.date() == now.date():
        return Bucket.BEFORE_NOON if due_at.hour < 12 else Bucket.LATER_TODAY
    sunday = now.date() + timedelta(days=6 - now.weekday())
    return Bucket.THIS_WEEK if due_at.date() <= max(sunday, now.date() + timedelta(days=2)) else Bucket.LATER


def urgency(risk: str, due_at: datetime | None, now: datetime) -> tuple[int, int, datetime]:
    """Sort key of a caseload: late first, then by risk, then by what is due soonest."""
    late = 0 if due_at is not None and due_at < now else 1
    rank = RISK_ORDER.index(risk) if risk in RISK_ORDER else len(RISK_ORDER)
    return late, rank, due_at or datetime.max.replace(tzinfo=now.tzinfo)
