"""What do the safeguards of a case need to know? Collects the frozen facts of `cases.gates` from the records.

Only columns of tier A and whether a sealed value is there are read, so that judging opens nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from havre.access import queries as access
from havre.access.decide import Relation
from havre.cases import rules
from havre.cases.gates import ActionFacts, ApprovalFacts, Attempt, ClosureFacts, PlanFacts, ViewFacts
from havre.cases.matters import open_matters
from havre.cases.models import Approval, Assessment, Case, ClosureRequest, FollowUp, Plan, PlanAction, View
from havre.core.actor import Actor
from havre.core.policy import Policy

if TYPE_CHECKING:
    from havre.registration.models import Person


def open_concerns(case: Case) -> dict[str, str]:
    """Each concern that is not resolved with its level; one nobody has judged yet has the level of the case."""
    levels: Mapping[str, str] = case.concern_levels
    return {c: levels.get(c, case.risk_level) for c in case.concerns if levels.get(c) != "resolved"}


def view_facts(rows: Iterable[View]) -> tuple[ViewFacts, ...]:
    """Views as the safeguards see them, without their words."""
    return tuple(ViewFacts(
        id=str(v.pk), whose=v.whose, topic=v.topic, mode=v.mode, given_at=v.given_at, weight=v.weight,
        reasoned=v.no_views_reason is not None, decision_follows=v.decision_follows,
        departure_explained=v.why_not_followed is not None) for v in rows)


def views_of(case: Case) -> tuple[ViewFacts, ...]:
    """The views on record of a case; after a reopening only what was said since it was closed: the child is asked again."""
    closings = Approval.objects.filter(case=case, subject_kind="closure", decision=rules.Decision.APPROVED).order_by("-decided_at")
    closed_at = Coalesce(Subquery(closings.values("decided_at")[:1]), datetime(1970, 1, 1, tzinfo=UTC))
    return view_facts(View.objects.filter(case=case, given_at__gt=closed_at))


def plan_facts(case: Case, plan: Plan, actions: Sequence[PlanAction], views: tuple[ViewFacts, ...]) -> PlanFacts:
    """A stored plan with its actions."""
    return PlanFacts(
        kind=plan.kind, goal=plan.goal is not None, child_agrees=plan.child_agrees, child_note=plan.child_note is not None,
        caregiver_part=plan.caregiver_part, caregiver_note=plan.caregiver_note is not None, concerns=open_concerns(case),
        actions=tuple(ActionFacts(a.concern, a.goal is not None, a.owner_id is not None, a.due_on) for a in actions),
        views=views)


def approval_facts(actor: Actor, approval: Approval, standing: frozenset[Relation] | None = None) -> ApprovalFacts:
    """Who asked, who would decide, and whether that person supervises the team of the file.

    `standing` is how the actor stands to the file, where the caller knows it.
    """
    known = access.relations(actor, approval.file_id) if standing is None else standing
    return ApprovalFacts(approval.requested_by, actor.id, Relation.TEAM in known)


def ages(child: "Person", day: date) -> tuple[int | None, int | None]:
    """The youngest and the oldest the child can be on a day, from the ages as they were recorded."""
    youngest = rules.latest_birth(child.age_min, child.recorded_on)
    oldest = rules.earliest_birth(child.age_max, child.recorded_on)
    return (None if youngest is None else rules.age_on(youngest, day), None if oldest is None else rules.age_on(oldest, day))


def flags_of(case: Case, ticked: Iterable[str] = ()) -> frozenset[str]:
    """The warning signs ticked together with those that follow from what is written; a child who is reunified is not alone."""
    youngest, _ = ages(case.child, case.registered_at.date()) if case.child_id else (None, None)
    beside = rules.with_whom(case.uasc_status, case.tracing_status)
    return frozenset(ticked) | rules.flags_from_facts(beside, youngest, open_concerns(case))


def has_transition_plan(case: Case) -> bool:
    """Whether a plan for turning 18 is approved."""
    return Plan.objects.filter(case=case, kind=rules.PlanKind.TRANSITION, state=rules.PlanState.APPROVED).exists()


def storage_end(case: Case, closed_on: date, policy: Policy) -> date:
    """Until when the file is stored when it is closed on this day, by the youngest the child can be."""
    return rules.storage_end(closed_on, rules.latest_birth(case.child.age_min, case.child.recorded_on), policy)


def attempts(case: Case) -> tuple[Attempt, ...]:
    """Every contact with the family and every try at one."""
    rows = FollowUp.objects.filter(case=case).exclude(result="postponed").values_list("happened_at", "channel", "result")
    return tuple(Attempt(at, channel, result != "not_reached") for at, channel, result in rows)


def closure_facts(case: Case, policy: Policy, now: datetime, *, reason: str, summary: bool, age_proof: bool,
                  contact_on: date | None) -> ClosureFacts:
    """All that closing this case for this reason rests on."""
    low, high = ages(case.child, now.date())
    return ClosureFacts(
        reason=reason, now=now, risk_level=case.risk_level, flags=frozenset(case.risk_flags), concerns=open_concerns(case),
        attempts=attempts(case), summary=summary, age_min=low, age_max=high, age_proof=age_proof,
        transition_plan=has_transition_plan(case), transfer_accepted=False,
        assessed=Assessment.objects.filter(case=case).exists(), open_matters=open_matters(case.file_id),
        contact_on=contact_on, stored_until=storage_end(case, now.date(), policy), legal_hold=False, views=views_of(case))


def closure_facts_of(case: Case, policy: Policy, now: datetime, asked: ClosureRequest) -> ClosureFacts:
    """The same for a request that is on record."""
    return closure_facts(case, policy, now, reason=asked.reason, summary=asked.summary is not None, age_proof=asked.age_proof,
                         contact_on=asked.contact_on)


def waiting_approval(case: Case, kind: str) -> Approval | None:
    """The question of this kind that a supervisor has not answered yet."""
    return Approval.objects.filter(case=case, subject_kind=kind, decision=rules.Decision.WAITING).first()


def safety_plan_day(case: UUID) -> date | None:
    """The day of the last safety plan, in the time zone of the instance."""
    from django.utils import timezone
    last = Plan.objects.filter(case_id=case, kind=rules.PlanKind.SAFETY).order_by("-proposed_at").first()
    return None if last is None else timezone.localtime(last.proposed_at).date()
