"""What does the system know of one child's case, enough to see what is due?

A closed case has the day it was closed; every other case is somebody's responsibility.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.cases.rules import RISK_ORDER, Status
from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record

RISK_RANK = models.Case(*(models.When(risk_level=level, then=models.Value(rank)) for rank, level in enumerate(reversed(RISK_ORDER))),
                        default=models.Value(-1), output_field=models.SmallIntegerField())


class Case(Record):
    """One child's way through protection: stage, risk, who answers for it."""

    TIER_A = frozenset({
        "child_id", "status", "stage", "risk_level", "risk_flags", "uasc_status", "population_group", "concerns",
        "concern_levels", "immediate_needs", "identification_source", "tracing_status", "guardian_status", "owner_id",
        "team_id", "agency_id", "legal_basis", "screening_id", "identified_at", "registered_at", "assessed_at",
        "review_due_at", "on_hold_until", "closed_at", "stored_until", "sibling_cases"})

    child = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="+")
    status = models.TextField(default=Status.OPEN.value)
    stage = models.TextField(default="registered")
    risk_level = models.TextField(default="medium")
    risk_flags = ArrayField(models.TextField(), default=list)
    uasc_status = models.TextField(default="undetermined")
    population_group = models.TextField(default="", blank=True)
    concerns = ArrayField(models.TextField(), default=list)
    concern_levels = models.JSONField(default=dict, help_text="Concern code -> high, medium, low or resolved")
    immediate_needs = ArrayField(models.TextField(), default=list)
    identification_source = models.TextField(default="", blank=True)
    tracing_status = models.TextField(default="", blank=True)
    guardian_status = models.TextField(default="none")
    owner_id = models.UUIDField()
    team_id = models.UUIDField(null=True)
    agency_id = models.UUIDField()
    legal_basis = models.TextField(default="", blank=True)
    screening_id = models.UUIDField(null=True)
    identified_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()
    assessed_at = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)
    on_hold_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    stored_until = models.DateField(null=True, help_text="The day from which this file may be destroyed")
    sibling_cases = ArrayField(models.UUIDField(), default=list)
    risk_reasons = SealedText(tier=Tier.B)
    summary = SealedText(tier=Tier.B)
    needs_note = SealedText(tier=Tier.B)
    hold_reason = SealedText(tier=Tier.B)
    reopen_note = SealedText(tier=Tier.B)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=[s.value for s in Status]), name="case_status_known"),
            models.CheckConstraint(condition=Q(risk_level__in=RISK_ORDER), name="case_risk_known"),
            models.CheckConstraint(condition=Q(status="closed", closed_at__isnull=False)
                                   | (~Q(status="closed") & Q(closed_at__isnull=True)), name="case_closed_has_day"),
            models.CheckConstraint(condition=~Q(status="on_hold") | Q(on_hold_until__isnull=False),
                                   name="case_on_hold_has_end"),
            models.UniqueConstraint(fields=["file"], name="one_case_in_a_file"),
        ]
        indexes = [
            models.Index(models.F("status"), RISK_RANK.desc(), models.F("registered_at").desc(), models.F("id").desc(),
                         name="case_in_list_order"),
            models.Index(fields=["owner_id", "status"], name="case_by_owner"),
            models.Index(fields=["team_id", "status"], name="case_by_team"),
        ]
