"""Is the adult safe, is the home ready, does the authority agree, may the border be crossed, what did the panel decide?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedJson, SealedText
from havre.infra.records import Record
from havre.tracing.models.matches import OF_MATCH, MatchRecord
from havre.tracing.rules import YES_NO_UNSURE, AlertState, BorderResult, ClearanceState


class AlertEntry(Record):
    """Someone to whom no child may be given without a supervisor's look. Each entry is a file of its own.

    `tokens` are keyed hashes of how the names sound and of the numbers known; the system compares them for every
    agency and tells only whether there is a hit.
    """

    TIER_A: ClassVar[frozenset[str]] = frozenset({"alert", "tokens", "active", "ends_on", "entered_by", "entered_at"})

    alert = models.TextField(help_text="alleged_perpetrator, trafficking, court_order, false_claim or other")
    tokens = ArrayField(models.CharField(max_length=40), default=list)
    active = models.BooleanField(default=True)
    ends_on = models.DateField(null=True)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()

    names = SealedJson(tier=Tier.B)
    numbers = SealedJson(tier=Tier.B)
    reasons = SealedText(tier=Tier.B)
    source = SealedText(tier=Tier.B)
    ended_reasons = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file"], name="one_alert_in_a_file")]
        indexes = [models.Index(fields=["active"], name="alert_active")]


class AlertCheck(MatchRecord):
    """The adult was compared with the alert list: clear, a hit, or a hit that a supervisor cleared with reasons."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {"about", "state", "hits", "checked_at", "cleared_by", "cleared_at"}

    about = models.CharField(max_length=64, help_text="Keyed hash of the names and numbers that were compared")
    state = models.TextField()
    hits = ArrayField(models.UUIDField(), default=list)
    checked_at = models.DateTimeField()
    cleared_by = models.UUIDField(null=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_reasons = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in AlertState]), name="alert_check_state_known"),
            models.CheckConstraint(condition=~Q(state="cleared") | Q(cleared_by__isnull=False), name="hit_cleared_by_someone"),
        ]
        indexes = [models.Index(fields=["match", "-checked_at"], name="alert_check_newest")]


class HouseholdAssessment(MatchRecord):
    """Someone saw where the child would live, and who would care for her."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {"assessed_on", "assessor", "willing", "able", "safe", "alternate_caregiver"}

    assessed_on = models.DateField()
    assessor = models.UUIDField()
    willing = models.TextField()
    able = models.TextField()
    safe = models.TextField()
    alternate_caregiver = models.BooleanField(default=False)
    home = SealedText(tier=Tier.B)
    summary = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(willing__in=YES_NO_UNSURE) & Q(able__in=YES_NO_UNSURE) & Q(safe__in=YES_NO_UNSURE),
            name="household_answers_known")]
        indexes = [models.Index(fields=["match", "-assessed_on"], name="household_newest")]


class Clearance(MatchRecord):
    """What an authority said to this reunification."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {"purpose", "state", "decided_on", "valid_until", "recorded_by"}

    purpose = models.TextField(default="reunification")
    state = models.TextField()
    decided_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    recorded_by = models.UUIDField()
    authority = SealedText(tier=Tier.B)
    reference = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in ClearanceState]), name="clearance_state_known"),
            models.CheckConstraint(condition=~Q(state__in=["granted", "refused"]) | Q(decided_on__isnull=False),
                                   name="clearance_decided_on_a_day"),
        ]


class BorderRisk(MatchRecord):
    """Would the child be in danger after crossing the border? Non-refoulement, with an end of validity."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {"country", "result", "grounds", "assessed_on", "valid_until", "assessor"}

    country = models.CharField(max_length=2)
    result = models.TextField()
    grounds = ArrayField(models.TextField(), default=list)
    assessed_on = models.DateField()
    valid_until = models.DateField()
    assessor = models.UUIDField()
    reasons = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(result__in=[r.value for r in BorderResult]), name="border_result_known"),
            models.CheckConstraint(condition=Q(valid_until__gte=models.F("assessed_on")), name="border_risk_has_an_end"),
        ]


class BestInterests(MatchRecord):
    """A question put to a panel member, and the decision with its reasons."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {
        "triggers", "asked_by", "asked_at", "panel_member", "outcome", "decided_at", "valid_until", "child_told_at",
        "conflict_declared"}

    triggers = ArrayField(models.TextField(), default=list)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    panel_member = models.UUIDField()
    outcome = models.TextField(default="", blank=True, help_text="code list verification_recommendation")
    decided_at = models.DateTimeField(null=True)
    valid_until = models.DateField(null=True)
    child_told_at = models.DateTimeField(null=True)
    conflict_declared = models.BooleanField(default=False)
    question = SealedText(tier=Tier.B)
    reasons = SealedText(tier=Tier.B)
    dissent = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(panel_member=models.F("asked_by")), name="asker_does_not_decide"),
            models.CheckConstraint(condition=Q(outcome="") | Q(decided_at__isnull=False), name="decision_has_a_time"),
        ]
