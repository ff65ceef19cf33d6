"""The records of identification: what was asked, seen and sent at first contact."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.identification.states import Status
from havre.infra.fields import SealedJson, SealedText
from havre.infra.records import Record

__all__ = ["Screening"]


class Screening(Record):
    """One first contact, sent to child protection by someone who can never read it again."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "receipt", "status", "outcomes", "flags", "needs", "wants_to_talk", "post", "language", "understood", "firewall_said",
        "screened_at", "referred_to_team", "worker_id", "acknowledged_by", "acknowledged_at", "case_file"})

    receipt = models.CharField(max_length=12, unique=True)
    status = models.TextField(default=Status.REFERRED.value)
    outcomes = ArrayField(models.TextField(), default=list, help_text="code list screening_outcome, most urgent first")
    flags = ArrayField(models.TextField(), default=list, help_text="code list screening_sign")
    needs = ArrayField(models.TextField(), default=list, help_text="code list immediate_need")
    wants_to_talk = models.BooleanField(default=False, help_text="Something to say to someone else only")
    post = models.TextField(help_text="The team at the border that met the child")
    language = models.TextField(default="", blank=True, help_text="ISO 639-3")
    understood = models.TextField(help_text="yes, interpreter or no")
    firewall_said = models.BooleanField(default=False)
    screened_at = models.DateTimeField()
    referred_to_team = models.UUIDField()
    worker_id = models.UUIDField(null=True, help_text="The caseworker who was given the referral")
    acknowledged_by = models.UUIDField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    case_file = models.UUIDField(null=True, help_text="The file of the child's case, once there is one")

    answers = SealedJson(tier=Tier.B)
    observations = SealedJson(tier=Tier.B)
    note = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file"], name="one_screening_in_a_file"),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in Status]), name="screening_status_known"),
            models.CheckConstraint(condition=Q(firewall_said=True), name="screening_notice_was_said"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False), name="screening_acknowledged_by_someone"),
        ]
        indexes = [models.Index(fields=["status", "screened_at"], name="screening_in_list_order")]
