"""What was agreed to do for the child, by whom, until when, and who approved it?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.cases.rules import ActionStatus, Decision, PlanKind, PlanState
from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record


class Plan(Record):
    """A plan for the case, for the child's safety today, or for turning 18."""

    TIER_A = frozenset({"case_id", "kind", "state", "proposed_at", "proposed_by", "child_agrees", "caregiver_part",
                        "review_at"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="plans")
    kind = models.TextField(default=PlanKind.CASE.value)
    state = models.TextField(default=PlanState.PROPOSED.value)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    goal = SealedText(tier=Tier.B)
    child_agrees = models.BooleanField(null=True, help_text="Unknown until the child was asked")
    child_note = SealedText(tier=Tier.B)
    caregiver_part = models.BooleanField(null=True)
    caregiver_note = SealedText(tier=Tier.B)
    review_at = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PlanKind]), name="plan_kind_known"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in PlanState]), name="plan_state_known"),
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(state="proposed"), name="one_plan_proposed"),
        ]


class PlanAction(Record):
    """One thing to be done for one concern: which service, who sees to it, until when."""

    TIER_A = frozenset({"case_id", "plan_id", "concern", "service_type", "owner_id", "due_on", "status", "done_at"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="plan_actions")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    concern = models.TextField(default="", blank=True)
    service_type = models.TextField()
    goal = SealedText(tier=Tier.B)
    detail = SealedText(tier=Tier.B)
    owner_id = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    status = models.TextField(default=ActionStatus.PENDING.value)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(status__in=[s.value for s in ActionStatus]),
                                              name="plan_action_status_known")]


class Approval(Record):
    """A question to a second person, and the answer: approved, or returned with a reason."""

    TIER_A = frozenset({"case_id", "subject_kind", "subject", "requested_by", "requested_at", "decided_by", "decided_at",
                        "decision", "accepted"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="approvals")
    subject_kind = models.TextField()
    subject = models.UUIDField()
    requested_by = models.UUIDField()
    requested_at = models.DateTimeField()
    decision = models.TextField(default=Decision.WAITING.value)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = SealedText(tier=Tier.B)
    accepted = ArrayField(models.TextField(), default=list, help_text="Safeguards accepted with a written reason")
    accepted_reasons = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=[d.value for d in Decision]), name="approval_decision_known"),
            models.CheckConstraint(condition=Q(decision="waiting", decided_by__isnull=True, decided_at__isnull=True)
                                   | (~Q(decision="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                                   name="approval_decided_by_someone"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("requested_by")),
                                   name="approved_by_another"),
            models.UniqueConstraint(fields=["subject"], condition=Q(decision="waiting"), name="one_approval_waiting"),
        ]
