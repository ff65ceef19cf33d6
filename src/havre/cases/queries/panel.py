"""Which safeguards hold for the step that comes next, judged on the facts of now?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from havre.access import queries as access
from havre.access.decide import Relation
from havre.cases import facts, gates
from havre.cases.gates import AssessmentFacts, PlanFacts, ViewFacts
from havre.cases.matters import open_matters
from havre.cases.models import Approval, Case, ClosureRequest, Plan, PlanAction
from havre.cases.rules import Decision, add_months
from havre.cases.states import next_gated_step
from havre.core.actor import Actor
from havre.core.gates import GateResult
from havre.core.policy import Policy


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller has read already, so that it is not read again."""

    views: tuple[ViewFacts, ...]
    waiting: Approval | None
    standing: frozenset[Relation]


def known_of(actor: Actor, case: Case) -> Known:
    """The same, read now."""
    return Known(facts.views_of(case), Approval.objects.filter(case=case, decision=Decision.WAITING).first(),
                 access.relations(actor, case.file_id))


def safeguards(actor: Actor, case: Case, step: str = "", *, known: Known | None = None, policy: Policy | None = None,
               now: datetime | None = None) -> list[GateResult]:
    """The safeguards of a step of a case (of the one that comes next when none is named), met and unmet.

    The caller has read the case in scope.
    """
    from havre.cases.writing import policy_of
    read = known or known_of(actor, case)
    rules_of = policy or policy_of(case)
    at = now or timezone.now()
    waiting = read.waiting
    plan_waits = waiting is not None and waiting.subject_kind == "plan"
    wanted = step or ("approve_closure" if case.stage == "closure_requested" else next_gated_step(case.stage, plan_waits=plan_waits))
    if wanted == "record_assessment":
        return gates.assessment_gates(_as_it_stands(case, read.views, at))
    if wanted in {"propose_plan", "approve_plan"}:
        return _plan(actor, case, waiting if plan_waits else None, read)
    if wanted == "approve_closure" and waiting is not None:
        return _closure(actor, case, waiting, rules_of, at, read)
    return [] if wanted not in {"request_closure", "approve_closure"} else _before_closing(case, rules_of, at)


def _as_it_stands(case: Case, views: tuple[ViewFacts, ...], at: datetime) -> AssessmentFacts:
    """An assessment of which nothing is written yet, so that the panel names what it will ask for."""
    return AssessmentFacts(
        child_seen_alone=False, not_alone_reason=False, risk_level=case.risk_level, reasons=case.risk_reasons is not None,
        flags=facts.flags_of(case, case.risk_flags), safety_plan_on=facts.safety_plan_day(case.pk),
        today=timezone.localtime(at).date(), views=views)


def _plan(actor: Actor, case: Case, waiting: Approval | None, read: Known) -> list[GateResult]:
    if waiting is None:
        empty = PlanFacts("case", False, None, False, None, False, facts.open_concerns(case), (), read.views)
        return gates.plan_gates(empty)
    plan = Plan.objects.get(pk=waiting.subject)
    actions: Sequence[PlanAction] = list(PlanAction.objects.filter(plan=plan))
    return [*gates.plan_gates(facts.plan_facts(case, plan, actions, read.views)),
            gates.four_eyes(facts.approval_facts(actor, waiting, read.standing))]


def _closure(actor: Actor, case: Case, waiting: Approval, policy: Policy, at: datetime, read: Known) -> list[GateResult]:
    asked = ClosureRequest.objects.get(pk=waiting.subject)
    return [*gates.closure_gates(facts.closure_facts_of(case, policy, at, asked), policy),
            gates.four_eyes(facts.approval_facts(actor, waiting, read.standing))]


def _before_closing(case: Case, policy: Policy, at: datetime) -> list[GateResult]:
    """What closing with the goals met would still need; the contact afterwards is asked for in the request itself."""
    judged = facts.closure_facts(case, policy, at, reason="goal_met_safe", summary=True, age_proof=False,
                                 contact_on=add_months(at.date(), policy.final_follow_up_months))
    return [r for r in gates.closure_gates(judged, policy) if r.id != "G37"]


def open_matters_of(case: Case) -> tuple[str, ...]:
    """What is still open for this child, as codes."""
    return open_matters(case.file_id)
