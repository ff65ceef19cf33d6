"""May this step of a case happen now? Each function judges facts and answers with one `GateResult`.

Facts are frozen, hold codes, days and yes/no only, and are collected by `cases.facts`; nothing here reads anything.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from havre.cases.rules import NO_VIEWS, PlanKind, add_months, forced
from havre.core.gates import GateResult, Severity, met, unmet
from havre.core.policy import Policy


@dataclass(frozen=True, slots=True)
class ViewFacts:
    """One record of what a child or caregiver said: `reasoned` = a reason stands where there are no views."""

    id: str
    whose: str
    topic: str
    mode: str
    given_at: datetime
    weight: str = ""
    reasoned: bool = False
    decision_follows: bool | None = None
    departure_explained: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """What a new assessment says, with the warning signs the worker ticked and those that follow from the record."""

    child_seen_alone: bool
    not_alone_reason: bool
    risk_level: str
    reasons: bool
    flags: frozenset[str]
    safety_plan_on: date | None
    today: date
    views: tuple[ViewFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One action of a plan: is there a goal that can be seen to be reached, a person, a day?"""

    concern: str
    goal: bool
    owner: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as it is proposed or approved. `concerns` are the open ones with their level."""

    kind: str
    goal: bool
    child_agrees: bool | None
    child_note: bool
    caregiver_part: bool | None
    caregiver_note: bool
    concerns: Mapping[str, str]
    actions: tuple[ActionFacts, ...]
    views: tuple[ViewFacts, ...]


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """Who asks, who decides, and whether that person supervises the team responsible."""

    author: UUID
    approver: UUID
    supervises: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to reach the child or family: when, how, and whether it worked."""

    at: datetime
    channel: str
    reached: bool


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """Everything that closing a case rests on."""

    reason: str
    now: datetime
    risk_level: str
    flags: frozenset[str]
    concerns: Mapping[str, str]
    attempts: tuple[Attempt, ...]
    summary: bool
    age_min: int | None
    age_max: int | None
    age_proof: bool
    transition_plan: bool
    transfer_accepted: bool
    assessed: bool
    open_matters: tuple[str, ...]
    contact_on: date | None
    stored_until: date | None
    legal_hold: bool
    views: tuple[ViewFacts, ...] = field(default=())


PLAN_TOPICS = ("situation", "plan", "other")


# ---- views ----

def child_views(views: Iterable[ViewFacts], topics: Collection[str], *, weighed: bool = True) -> GateResult:
    """G06: the child's views on one of these topics are on record and weighed; what departs from them is explained.

    Where the child did not or could not say, the reason must be written. `weighed=False` is for the assessment, where
    there is no decision yet that could give them weight.
    """
    known = [v for v in views if v.whose == "child" and v.topic in topics]
    if not known:
        return unmet("G06", "child_views_missing", "record_views", topic=sorted(topics)[0])
    last = max(known, key=lambda v: v.given_at)
    if last.mode in NO_VIEWS:
        return met("G06", "no_views_with_reason") if last.reasoned else unmet("G06", "no_views_reason_missing", "record_views")
    if weighed and not last.weight:
        return unmet("G06", "views_not_weighed", "record_views")
    if last.decision_follows is False and not last.departure_explained:
        return unmet("G06", "departure_not_explained", "record_views")
    return met("G06", "views_recorded", last.id)


def caregiver_views(facts: PlanFacts) -> GateResult:
    """G07: a caregiver's views are on record or took part in the plan, or the reason why not is written."""
    if facts.caregiver_part or any(v.whose == "caregiver" and v.mode not in NO_VIEWS for v in facts.views):
        return met("G07", "caregiver_heard")
    if facts.caregiver_note:
        return met("G07", "caregiver_reason_written")
    return unmet("G07", "caregiver_not_heard", "hear_caregiver")


# ---- assessment ----

def seen_alone(facts: AssessmentFacts) -> GateResult:
    """G05: the child was seen alone, or the reason is written."""
    if facts.child_seen_alone:
        return met("G05", "seen_alone")
    return met("G05", "not_alone_reason") if facts.not_alone_reason else unmet("G05", "not_seen_alone", "assess")


def risk_reasoned(risk_level: str, reasons: bool, flags: Collection[str]) -> GateResult:
    """G08: the level has written reasons, and each warning sign that forces high is respected."""
    if not reasons:
        return unmet("G08", "risk_without_reasons", "assess")
    signs = forced(flags)
    if signs and risk_level != "high":
        return unmet("G08", "warning_sign_needs_high", "assess", sign=signs[0], count=len(signs))
    return met("G08", "risk_has_reasons", risk=risk_level)


def safety_plan_today(flags: Collection[str], plan_on: date | None, today: date) -> GateResult:
    """G33: a child who may harm themselves has a safety plan made the same day."""
    if "suicidal_intent" not in flags:
        return met("G33", "no_sign_of_self_harm")
    return met("G33", "safety_plan_made") if plan_on == today else unmet("G33", "safety_plan_missing", "assess")


def assessment_gates(facts: AssessmentFacts) -> list[GateResult]:
    """The safeguards of an assessment: G05, G06, G08, G33."""
    return [seen_alone(facts), child_views(facts.views, PLAN_TOPICS, weighed=False),
            risk_reasoned(facts.risk_level, facts.reasons, facts.flags),
            safety_plan_today(facts.flags, facts.safety_plan_on, facts.today)]


# ---- plan ----

def plan_complete(facts: PlanFacts) -> GateResult:
    """G09: a goal; for every open high or medium concern an action with a goal, a person and a day."""
    if not facts.goal:
        return unmet("G09", "plan_goal_missing", "plan")
    if not facts.actions:
        return unmet("G09", "plan_has_no_action", "plan")
    for action in facts.actions:
        if not action.goal:
            return unmet("G09", "action_goal_missing", "plan")
        if not action.owner:
            return unmet("G09", "action_owner_missing", "plan")
        if action.due_on is None:
            return unmet("G09", "action_day_missing", "plan")
    answered = {a.concern for a in facts.actions}
    bare = sorted(c for c, level in facts.concerns.items() if level in {"high", "medium"} and c not in answered)
    if bare and facts.kind == PlanKind.CASE:
        return unmet("G09", "concern_without_action", "plan", concern=bare[0], count=len(bare))
    return met("G09", "plan_complete", actions=len(facts.actions))


def plan_gates(facts: PlanFacts) -> list[GateResult]:
    """The safeguards of a plan: G06, G07, G09. A safety plan of today does not wait for views."""
    if facts.kind == PlanKind.SAFETY:
        return [plan_complete(facts)]
    return [child_views(facts.views, PLAN_TOPICS), caregiver_views(facts), plan_complete(facts)]


def four_eyes(facts: ApprovalFacts) -> GateResult:
    """G10: who decides is not who asks, and supervises the team responsible."""
    if facts.author == facts.approver:
        return unmet("G10", "same_person_approves")
    if not facts.supervises:
        return unmet("G10", "not_the_supervisor")
    return met("G10", "another_person")


# ---- visits ----

def visits_scheduled(required: Sequence[date], scheduled: Sequence[date]) -> GateResult:
    """G28: for each visit that the policy wants, one is planned by then (each planned visit counts once)."""
    planned = sorted(scheduled)
    for number, day in enumerate(sorted(required)):
        if number >= len(planned) or planned[number] > day:
            return unmet("G28", "visits_not_planned", "plan_visits", wanted=len(required), planned=len(planned))
    return met("G28", "visits_planned", planned=len(planned))


# ---- closure ----

_NO_CONTACT_AFTER = frozenset({"death", "duplicate", "opened_in_error"})
_NO_VIEWS_AT_CLOSURE = _NO_CONTACT_AFTER | {"uncontactable_3_months"}


def closure_reason(facts: ClosureFacts, policy: Policy) -> GateResult:
    """G35: the reason is borne out by the facts (domain b2)."""
    if not facts.summary:
        return unmet("G35", "closure_summary_missing", "request_closure")
    judge = {"goal_met_safe": _goals_met, "uncontactable_3_months": _uncontactable, "turned_18_with_transition_plan": _turned_18,
             "declined_no_grounds_to_override": _declined, "transferred": _transferred, "opened_in_error": _in_error}
    check = judge.get(facts.reason)
    found = check(facts, policy) if check is not None else None
    return found or met("G35", "reason_fits", reason=facts.reason)


def _goals_met(facts: ClosureFacts, policy: Policy) -> GateResult | None:
    still = sorted(c for c, level in facts.concerns.items() if level in {"high", "medium"})
    if still:
        return unmet("G35", "concern_still_open", "assess", concern=still[0], count=len(still))
    if facts.risk_level in {"high", "medium"}:
        return unmet("G35", "risk_still_there", "review_risk", risk=facts.risk_level)
    return None


def _uncontactable(facts: ClosureFacts, policy: Policy) -> GateResult | None:
    since = max((a.at for a in facts.attempts if a.reached), default=None)
    tries = [a for a in facts.attempts if not a.reached and (since is None or a.at > since)]
    kinds = {a.channel for a in tries}
    if len(tries) < policy.uncontactable_attempts or len(kinds) < policy.uncontactable_kinds:
        return unmet("G35", "too_few_attempts", "follow_up", tries=len(tries), wanted=policy.uncontactable_attempts,
                     kinds=len(kinds), wanted_kinds=policy.uncontactable_kinds)
    first = min(a.at for a in tries)
    if add_months(first.date(), policy.uncontactable_months) > facts.now.date():
        return unmet("G35", "attempts_over_too_short", "follow_up", months=policy.uncontactable_months)
    return None


def _turned_18(facts: ClosureFacts, policy: Policy) -> GateResult | None:
    if facts.age_min is None or facts.age_min < policy.majority or not facts.age_proof:
        return unmet("G35", "adult_age_not_proved", "request_closure", age=policy.majority)
    if not facts.transition_plan:
        return unmet("G35", "transition_plan_missing", "transition_plan")
    return None


def _declined(facts: ClosureFacts, policy: Policy) -> GateResult | None:
    if facts.risk_level == "high" or forced(facts.flags):
        return unmet("G35", "declined_but_high_risk", "review_risk")
    return None


def _transferred(facts: ClosureFacts, policy: Policy) -> GateResult | None:
    return None if facts.transfer_accepted else unmet("G35", "transfer_not_accepted")


def _in_error(facts: ClosureFacts, policy: Policy) -> GateResult | None:
    return unmet("G35", "error_but_assessed", "request_closure") if facts.assessed else None


def nothing_open(open_matters: Sequence[str]) -> GateResult:
    """G36: no tracing, best-interests procedure, placement review, return, referral, complaint or task is open."""
    if open_matters:
        return unmet("G36", "matter_still_open", open_matters[0], matter=open_matters[0], count=len(open_matters))
    return met("G36", "nothing_open")


def contact_after(facts: ClosureFacts, policy: Policy) -> GateResult:
    """G37: a contact is planned about so many months after closing (within a month of it)."""
    if facts.reason in _NO_CONTACT_AFTER:
        return met("G37", "no_contact_needed")
    if facts.contact_on is None:
        return unmet("G37", "contact_not_planned", "request_closure", months=policy.final_follow_up_months)
    wanted = add_months(facts.now.date(), policy.final_follow_up_months)
    if not wanted - timedelta(days=31) <= facts.contact_on <= wanted + timedelta(days=31):
        return unmet("G37", "contact_at_another_time", "request_closure", months=policy.final_follow_up_months)
    return met("G37", "contact_planned")


def storage_set(stored_until: date | None, legal_hold: bool) -> GateResult:
    """G38: the day until which the file is stored is computed, and no legal hold forbids to set it."""
    if legal_hold:
        return unmet("G38", "legal_hold")
    return unmet("G38", "storage_end_missing", "request_closure") if stored_until is None else met("G38", "storage_end_set")


def adult_life_plan(age_max: int | None, transition_plan: bool, policy: Policy, *, closing: bool = False) -> GateResult:
    """G40: from the policy's age on there is a plan for turning 18; before majority it warns, at closing it blocks.

    The oldest the child can be counts: a plan made too early harms nobody.
    """
    if age_max is None or age_max < policy.transition_plan_from_age:
        return met("G40", "not_yet_of_age")
    if transition_plan:
        return met("G40", "transition_plan_ready")
    severity = Severity.BLOCKS if closing else Severity.WARNS
    return unmet("G40", "transition_plan_missing", "transition_plan", severity)


def closure_gates(facts: ClosureFacts, policy: Policy) -> list[GateResult]:
    """The safeguards of closing a case: G06, G35–G38, G40."""
    results = [] if facts.reason in _NO_VIEWS_AT_CLOSURE else [child_views(facts.views, ("closure",))]
    closing = facts.reason not in _NO_CONTACT_AFTER
    return [*results, closure_reason(facts, policy), nothing_open(facts.open_matters), contact_after(facts, policy),
            storage_set(facts.stored_until, facts.legal_hold),
            adult_life_plan(facts.age_max, facts.transition_plan, policy, closing=closing)]
