"""May the search open, be published, be called a family, and may the child go home? G01 G11 G15–G21 G28 G45, pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from havre.core.gates import GateResult, met, unmet
from havre.tracing.rules import CHECK_DAYS, MIN_SAME_FACTS, AlertState, BorderResult, ClearanceState, FactOutcome

GOOD_OUTCOMES = frozenset({"reunify", "reunify_with_enhanced_support"})


@dataclass(frozen=True, slots=True)
class WishFacts:
    """The child's newest wish, as codes; an exception needs someone's name under its reasons."""

    tracing: str = ""
    exception: bool = False
    exception_by_supervisor: bool = False


def wish_to_trace(facts: WishFacts) -> GateResult:
    """G15: the child said yes, or a supervisor wrote why tracing serves the child all the same."""
    if facts.tracing == "yes":
        return met("G15", "child_said_yes")
    if facts.exception and facts.exception_by_supervisor:
        return met("G15", "best_interests_exception")
    if facts.exception:
        return unmet("G15", "exception_needs_supervisor", fix="record_wishes")
    if not facts.tracing:
        return unmet("G15", "wishes_not_recorded", fix="record_wishes")
    return unmet("G15", f"child_said_{facts.tracing}", fix="record_wishes")


def consent_to_share(answer: str, side: str) -> GateResult:
    """G01 for showing one side to the other: the child's consent for tracing, or the inquirer's."""
    if answer == "yes":
        return met("G01", "consent_covers_tracing")
    reason = "consent_refused_tracing" if answer in ("no", "never") else "consent_missing_tracing"
    return unmet("G01", f"{reason}_{side}", fix="record_tracing_consent" if side == "child" else "change_request")


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """Who asked, who approves, and whether the child agreed to publication."""

    consent: str
    asked_by: UUID
    approver: UUID | None
    approver_is_supervisor: bool


def publication(facts: PublicationFacts) -> GateResult:
    """G16: the child agreed to publication, and a supervisor who did not ask for it approves."""
    if facts.consent != "yes":
        code = "publication_refused" if facts.consent in ("no", "never") else "publication_not_agreed"
        return unmet("G16", code, fix="record_tracing_consent")
    if facts.approver is None:
        return unmet("G16", "publication_not_approved", fix="approve_publication")
    if facts.approver == facts.asked_by:
        return unmet("G16", "publication_same_person")
    if not facts.approver_is_supervisor:
        return unmet("G16", "publication_needs_supervisor")
    return met("G16", "publication_agreed_and_approved")


@dataclass(frozen=True, slots=True)
class VerificationFacts:
    """What both interviews gave. `outcomes` holds one code per secret question, "" when nobody has compared it."""

    child_interviewer: UUID | None = None
    adult_interviewer: UUID | None = None
    child_recognises: str = ""
    adult_recognises: str = ""
    identity_checked: str = ""
    outcomes: tuple[str, ...] = ()


def verification(facts: VerificationFacts) -> GateResult:
    """G17: two interviews by two people, and the secret answers agree."""
    if facts.child_interviewer is None and facts.adult_interviewer is None:
        return unmet("G17", "no_interview_yet", fix="interview_child")
    if facts.child_interviewer is None:
        return unmet("G17", "child_side_missing", fix="interview_child")
    if facts.adult_interviewer is None:
        return unmet("G17", "adult_side_missing", fix="interview_adult")
    if facts.child_interviewer == facts.adult_interviewer:
        return unmet("G17", "same_interviewer")
    if facts.child_recognises == "no" or facts.adult_recognises == "no":
        return unmet("G17", "not_recognised", fix="decide_match")
    same = sum(o == FactOutcome.SAME for o in facts.outcomes)
    different = sum(o == FactOutcome.DIFFERENT for o in facts.outcomes)
    waiting = sum(o == "" for o in facts.outcomes)
    if waiting:
        return unmet("G17", "facts_not_compared", fix="compare_facts", waiting=waiting)
    if different:
        return unmet("G17", "secret_fact_differs", fix="compare_facts", different=different, asked=len(facts.outcomes))
    if same < MIN_SAME_FACTS:
        return unmet("G17", "too_few_secret_facts", fix="compare_facts", same=same, needed=MIN_SAME_FACTS)
    if facts.identity_checked in ("", "not_checked"):
        return unmet("G17", "identity_not_checked", fix="interview_adult")
    return met("G17", "two_interviews_agree", same=same)


def interpreter(used: bool, sworn: bool) -> GateResult:
    """G45: an interpreter in an interview has promised confidentiality."""
    if used and not sworn:
        return unmet("G45", "interpreter_not_sworn", fix="interview")
    return met("G45", "interpreter_sworn" if used else "no_interpreter")


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """The newest comparison with the alert list, and red flags of the interviews."""

    state: str = ""
    about_this_adult: bool = False
    checked_at: datetime | None = None
    cleared_by_other: bool = False
    red_flags: tuple[str, ...] = ()
    flags_cleared: bool = False


def alert(facts: AlertFacts, now: datetime) -> GateResult:
    """G18: no entry of the alert list concerns the adult, and red flags were looked into."""
    if facts.checked_at is None or not facts.about_this_adult:
        return unmet("G18", "alert_not_checked", fix="check_alerts")
    if now - facts.checked_at > timedelta(days=CHECK_DAYS):
        return unmet("G18", "alert_check_old", fix="check_alerts", days=CHECK_DAYS)
    if facts.state == AlertState.HIT:
        return unmet("G18", "alert_hit", fix="clear_alert")
    if facts.state == AlertState.CLEARED and not facts.cleared_by_other:
        return unmet("G18", "alert_cleared_by_planner", fix="clear_alert")
    if facts.red_flags and not facts.flags_cleared:
        return unmet("G18", "red_flags_open", fix="clear_alert", count=len(facts.red_flags))
    return met("G18", "alert_cleared" if facts.state == AlertState.CLEARED else "no_alert")


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """The newest household assessment; `assessed_on` None when there is none."""

    assessed_on: date | None = None
    willing: str = ""
    able: str = ""
    safe: str = ""
    alternate_caregiver: bool = False


def household(facts: HouseholdFacts, today: date, max_age_days: int) -> GateResult:
    """G19: the adult is willing, able (or an alternate caregiver is), and the home was seen not long ago."""
    if facts.assessed_on is None:
        return unmet("G19", "household_not_assessed", fix="assess_household")
    if today - facts.assessed_on > timedelta(days=max_age_days):
        return unmet("G19", "household_assessment_old", fix="assess_household", days=max_age_days)
    if facts.assessed_on > today:
        return unmet("G19", "household_assessed_in_future", fix="assess_household")
    if facts.willing != "yes":
        return unmet("G19", "adult_not_willing", fix="assess_household")
    if facts.able != "yes" and not facts.alternate_caregiver:
        return unmet("G19", "adult_not_able", fix="assess_household")
    if facts.safe != "yes":
        return unmet("G19", "home_not_safe", fix="assess_household")
    return met("G19", "household_assessed")


@dataclass(frozen=True, slots=True)
class ClearanceFacts:
    """What the authority said last, and until when."""

    required: bool
    state: str = ""
    valid_until: date | None = None


def clearance(facts: ClearanceFacts, day: date) -> GateResult:
    """G20: where the country's policy asks for it, the authority granted it and it holds on the day."""
    if facts.state == ClearanceState.REFUSED:
        return unmet("G20", "clearance_refused", fix="record_clearance")
    if not facts.required:
        return met("G20", "clearance_not_required")
    if facts.state != ClearanceState.GRANTED:
        reason = "clearance_waits" if facts.state == ClearanceState.REQUESTED else "clearance_missing"
        return unmet("G20", reason, fix="record_clearance")
    if facts.valid_until is not None and facts.valid_until < day:
        return unmet("G20", "clearance_expired", fix="record_clearance")
    return met("G20", "clearance_granted")


@dataclass(frozen=True, slots=True)
class BorderFacts:
    """Whether a border is crossed, and the newest assessment for the country of arrival."""

    crosses: bool
    result: str = ""
    valid_until: date | None = None
    assessor_is_planner: bool = False


def border(facts: BorderFacts, day: date) -> GateResult:
    """G21: when a border is crossed, someone else than the planner found no risk, and it still holds on the day."""
    if not facts.crosses:
        return met("G21", "no_border")
    if not facts.result:
        return unmet("G21", "border_not_assessed", fix="assess_border")
    if facts.result != BorderResult.SAFE:
        return unmet("G21", f"border_{facts.result}", fix="assess_border")
    if facts.valid_until is None or facts.valid_until < day:
        return unmet("G21", "border_assessment_expired", fix="assess_border")
    if facts.assessor_is_planner:
        return unmet("G21", "border_same_person", fix="assess_border")
    return met("G21", "border_safe")


@dataclass(frozen=True, slots=True)
class BestInterestsFacts:
    """Why a decision is needed (`triggers`), and the newest one."""

    triggers: tuple[str, ...] = ()
    asked: bool = False
    outcome: str = ""
    decided_for: frozenset[str] = frozenset()
    valid_until: date | None = None


def best_interests(facts: BestInterestsFacts, day: date) -> GateResult:
    """G11: a complex or cross-border reunification rests on a valid best-interests decision in its favour."""
    if not facts.triggers:
        return met("G11", "no_decision_needed")
    because = " ".join(facts.triggers)
    if not facts.asked:
        return unmet("G11", "decision_not_asked", fix="ask_panel", triggers=because)
    if not facts.outcome:
        return unmet("G11", "decision_waits", triggers=because)
    if facts.outcome not in GOOD_OUTCOMES:
        return unmet("G11", "decision_against", fix="ask_panel", triggers=because)
    if facts.valid_until is None or facts.valid_until < day:
        return unmet("G11", "decision_expired", fix="ask_panel", triggers=because)
    new = [t for t in facts.triggers if t not in facts.decided_for]
    if new:
        return unmet("G11", "circumstances_changed", fix="ask_panel", triggers=" ".join(new))
    return met("G11", "decided_in_favour", triggers=because)


def visits_planned(planned: Sequence[date], from_day: date, policy_days: Sequence[int]) -> GateResult:
    """G28: for each visit the policy wants, one is planned on or before its day (and after the one before)."""
    wanted = [from_day + timedelta(days=days) for days in policy_days]
    ahead = sorted(d for d in set(planned) if d > from_day)
    missing = sum(n >= len(ahead) or ahead[n] > day for n, day in enumerate(wanted))
    if missing:
        return unmet("G28", "visits_missing", fix="plan_reunification", missing=missing, wanted=len(wanted))
    return met("G28", "visits_planned", visits=len(ahead))


def four_eyes(author: UUID, approver: UUID, is_supervisor: bool) -> GateResult:
    """G10: a supervisor who is not the author approves."""
    if author == approver:
        return unmet("G10", "reunion_same_person")
    if not is_supervisor:
        return unmet("G10", "reunion_needs_supervisor")
    return met("G10", "someone_else_approves")


@dataclass(frozen=True, slots=True)
class HandOverFacts:
    """Who signed: user ids of the workers, and whether the receiver signed."""

    first: UUID | None = None
    second: UUID | None = None
    receiver: bool = False

    def missing(self) -> tuple[str, ...]:
        """The signatures still missing, as codes of the list handover_signer."""
        signed = {"worker_handing_over": self.first is not None,
                  "second_worker": self.second is not None and self.second != self.first, "receiver": self.receiver}
        return tuple(code for code, done in signed.items() if not done)


@dataclass(frozen=True, slots=True)
class ReunionGateFacts:
    """Everything the safeguards of a reunification look at."""

    wish: WishFacts
    verification: VerificationFacts
    alert: AlertFacts
    household: HouseholdFacts
    clearance: ClearanceFacts
    border: BorderFacts
    best_interests: BestInterestsFacts
    visits: tuple[date, ...]
    policy_days: tuple[int, ...]
    household_max_age_days: int
    day: date
    visits_from: date
    now: datetime
    extra: tuple[GateResult, ...] = field(default=())


def reunification(facts: ReunionGateFacts) -> tuple[GateResult, ...]:
    """The safeguards of a reunification on its day, in the order a worker thinks of them."""
    return (
        *facts.extra,
        best_interests(facts.best_interests, facts.day),
        wish_to_trace(facts.wish),
        verification(facts.verification),
        alert(facts.alert, facts.now),
        household(facts.household, facts.now.date(), facts.household_max_age_days),
        clearance(facts.clearance, facts.day),
        border(facts.border, facts.day),
        visits_planned(facts.visits, facts.visits_from, facts.policy_days),
    )
