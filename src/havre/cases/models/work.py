"""What is to be done, by whom and when, and what contact was there with the child?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record


class Task(Record):
    """Something due on any file. `owner_id` is a person, or a team (then its supervisors see it)."""

    TIER_A = frozenset({"kind", "due_at", "owner_id", "why", "why_params", "risk_level", "about_id", "late_at", "done_at",
                        "done_by"})

    kind = models.TextField()
    due_at = models.DateTimeField()
    owner_id = models.UUIDField()
    why = models.TextField()
    why_params = models.JSONField(default=dict)
    risk_level = models.TextField(default="", blank=True)
    about_id = models.UUIDField(null=True)
    late_at = models.DateTimeField(null=True, help_text="When it was first found late")
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    outcome = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(done_at__isnull=True, done_by__isnull=True)
                                              | Q(done_at__isnull=False, done_by__isnull=False), name="task_done_by_someone")]
        indexes = [
            models.Index(fields=["owner_id", "due_at"], condition=Q(done_at__isnull=True), name="task_open_by_owner"),
            models.Index(fields=["file", "due_at"], condition=Q(done_at__isnull=True), name="task_open_by_file"),
            models.Index(fields=["due_at"], condition=Q(done_at__isnull=True), name="task_open_by_due"),
        ]


class FollowUp(Record):
    """A visit or another contact, tried or made, with what was seen and what comes next."""

    TIER_A = frozenset({"case_id", "kind", "channel", "with_whom", "result", "happened_at", "child_seen", "child_alone",
                        "place_safe", "risk_changed", "plan_action_id", "next_at", "worker_id"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.TextField()
    channel = models.TextField()
    with_whom = ArrayField(models.TextField(), default=list)
    result = models.TextField()
    happened_at = models.DateTimeField()
    worker_id = models.UUIDField()
    child_seen = models.BooleanField(default=False)
    child_alone = models.BooleanField(default=False)
    place_safe = models.BooleanField(null=True)
    risk_changed = models.BooleanField(default=False)
    plan_action_id = models.UUIDField(null=True)
    next_at = models.DateTimeField(null=True)
    seen_and_heard = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(result__in=["reached", "not_reached", "refused", "postponed"]),
                                              name="follow_up_result_known")]
        indexes = [models.Index(fields=["case", "happened_at"], name="follow_up_by_case")]
