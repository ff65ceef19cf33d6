"""Who looks for whom, what does the child want, and what has been tried?"""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedJson, SealedText
from havre.infra.records import Record
from havre.tracing.rules import YES_NO_UNSURE, PublicationState, ReunificationWish, TracingStatus, TracingWish


class TracingRequest(Record):
    """A relative looks for a child. The two people are Person rows of the same file."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "inquirer_id", "sought_id", "relation", "lived_with", "consent_share", "consent_given_by_mode", "status", "language",
        "owner_id", "team_id", "agency_id", "country", "received_at", "separation_cause", "closed_at"})

    inquirer = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="+")
    sought = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="+")
    relation = models.TextField(help_text="What the inquirer is to the child: code list relationship_type")
    lived_with = models.TextField(default="", blank=True, help_text="Lived with the child before: yes, no or an aside")
    consent_share = models.BooleanField(default=False, help_text="Agrees to be compared and shown to whom cares for a child")
    consent_given_by_mode = models.TextField(default="", blank=True)
    status = models.TextField(default=TracingStatus.OPEN.value)
    language = models.TextField(default="", blank=True)
    owner_id = models.UUIDField()
    team_id = models.UUIDField(null=True)
    agency_id = models.UUIDField()
    country = models.CharField(max_length=2, blank=True)
    received_at = models.DateTimeField()
    separation_cause = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True)

    message = SealedText(tier=Tier.B)
    circumstances = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file"], name="one_request_in_a_file"),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in TracingStatus]), name="request_status_known"),
        ]
        indexes = [models.Index(fields=["owner_id", "status"], name="request_by_owner"),
                   models.Index(fields=["status", "received_at"], name="request_in_list_order")]


class Wish(Record):
    """What a child wants of tracing and of going home, said at one time. The newest one counts."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "child_id", "tracing", "reunification", "said_at", "heard_by", "alone", "present", "language", "interpreter",
        "interpreter_sworn", "told_back_at", "exception", "exception_by"})

    child = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="+")
    tracing = models.TextField()
    reunification = models.TextField(default="unsure")
    said_at = models.DateTimeField()
    heard_by = models.UUIDField()
    alone = models.BooleanField(default=False)
    present = ArrayField(models.TextField(), default=list)
    language = models.TextField(default="", blank=True)
    interpreter = models.BooleanField(default=False)
    interpreter_sworn = models.BooleanField(default=False)
    told_back_at = models.DateTimeField(null=True)
    exception = models.BooleanField(default=False, help_text="Traced for the child's best interests without a yes")
    exception_by = models.UUIDField(null=True)

    words = SealedText(tier=Tier.B)
    why = SealedText(tier=Tier.B)
    persons_sought = SealedJson(tier=Tier.B)
    exception_reasons = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tracing__in=[w.value for w in TracingWish]), name="wish_tracing_known"),
            models.CheckConstraint(condition=Q(reunification__in=[w.value for w in ReunificationWish]),
                                   name="wish_reunification_known"),
            models.CheckConstraint(condition=Q(exception=False) | Q(exception_by__isnull=False),
                                   name="exception_has_a_person"),
        ]
        indexes = [models.Index(fields=["file", "-said_at"], name="wish_newest_first")]

    def subject_id(self) -> UUID:
        """Forgotten together with the child."""
        return self.child_id


class TracingAction(Record):
    """One thing done to find the family, in a case file or a request file."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({"action", "outcome", "done_on", "done_by"})

    action = models.TextField(help_text="code list tracing_action")
    outcome = models.TextField(default="pending", help_text="code list tracing_action_outcome")
    done_on = models.DateField()
    done_by = models.UUIDField()
    note = SealedText(tier=Tier.B)


class Publication(Record):
    """A child's photo or name made public to find the family: asked by one, approved by another."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "child_id", "what", "channel", "state", "asked_by", "asked_at", "consent_seen", "decided_by", "decided_at"})

    child = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="+")
    what = models.TextField(help_text="photo or name")
    channel = models.TextField(help_text="code list tracing_action")
    state = models.TextField(default=PublicationState.ASKED.value)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    consent_seen = models.TextField(default=YES_NO_UNSURE[2])
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reasons = SealedText(tier=Tier.B)
    decision_reasons = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                                   name="publication_needs_two"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in PublicationState]), name="publication_state_known"),
        ]

    def subject_id(self) -> UUID:
        """Forgotten together with the child."""
        return self.child_id
