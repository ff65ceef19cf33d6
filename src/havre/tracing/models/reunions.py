"""How does the child come to the family, who signed, and how is it going?"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.tracing.models.matches import OF_MATCH, MatchRecord
from havre.tracing.rules import ReunionState, Signer


class Reunification(MatchRecord):
    """A plan to bring a child to an adult, and what became of it."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {
        "state", "type", "planned_on", "planned_by", "planned_at", "country", "relation", "verified_adult",
        "other_adult_reason", "risk", "visits", "approved_by", "approved_at", "done_at", "ended_at", "custody_dispute"}

    state = models.TextField(default=ReunionState.PLANNED.value)
    type = models.TextField(default="case_by_case", help_text="code list reunification_type")
    planned_on = models.DateField()
    planned_by = models.UUIDField()
    planned_at = models.DateTimeField()
    country = models.CharField(max_length=2)
    relation = models.TextField()
    verified_adult = models.BooleanField(default=True)
    other_adult_reason = models.TextField(default="", blank=True)
    custody_dispute = models.BooleanField(default=False)
    risk = models.TextField(default="medium", help_text="Risk of the case when planned; it sets the visits")
    visits = models.JSONField(default=list, help_text="Days from the hand-over on which the family is visited")
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    adult_names = SealedText(tier=Tier.B)
    place = SealedText(tier=Tier.B)
    plan = SealedText(tier=Tier.B)
    child_view = SealedText(tier=Tier.B)
    approval_reasons = SealedText(tier=Tier.B)
    end_reasons = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in ReunionState]), name="reunion_state_known"),
            models.CheckConstraint(condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("planned_by")),
                                   name="reunion_needs_two"),
            models.UniqueConstraint(fields=["match"], condition=Q(state__in=["planned", "approved", "handed_over", "at_risk"]),
                                    name="one_reunion_at_a_time"),
        ]


class Signature(MatchRecord):
    """One of the three signatures under a hand-over. The receiver signs on the worker's device."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {"reunification_id", "signer", "user", "mode", "signed_at", "witnessed_by"}

    reunification = models.ForeignKey(Reunification, on_delete=models.PROTECT, related_name="signatures")
    signer = models.TextField()
    user = models.UUIDField(null=True)
    mode = models.TextField(default="", blank=True)
    signed_at = models.DateTimeField()
    witnessed_by = models.UUIDField(null=True)
    signed_as = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(signer__in=[s.value for s in Signer]), name="signer_known"),
            models.UniqueConstraint(fields=["reunification", "signer"], name="signed_once"),
            models.UniqueConstraint(fields=["reunification", "user"], condition=Q(user__isnull=False),
                                    name="one_person_signs_once"),
            models.CheckConstraint(
                condition=Q(signer="receiver", user__isnull=True) | (~Q(signer="receiver") & Q(user__isnull=False)),
                name="workers_sign_as_themselves"),
        ]


class PostVisit(MatchRecord):
    """A visit after reunification."""

    TIER_A: ClassVar[frozenset[str]] = OF_MATCH | {
        "reunification_id", "visited_on", "visitor", "child_seen_alone", "outcome", "more_needed"}

    reunification = models.ForeignKey(Reunification, on_delete=models.PROTECT, related_name="visits_made")
    visited_on = models.DateField()
    visitor = models.UUIDField()
    child_seen_alone = models.BooleanField(default=False)
    outcome = models.TextField(help_text="code list reunification_outcome")
    more_needed = models.BooleanField(default=False)
    child_said = SealedText(tier=Tier.B)
    notes = SealedText(tier=Tier.B)
