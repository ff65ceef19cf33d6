"""Why should a case be closed, what was agreed with the child, and what stays to be done afterwards?"""

from django.db import models
from django.db.models import Q

from havre.cases.rules import PlanState
from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record


class ClosureRequest(Record):
    """A wish to close a case with the facts it rests on. Closed only by another person's approval."""

    TIER_A = frozenset({"case_id", "reason", "state", "requested_by", "requested_at", "agreed_with_child",
                        "agreed_with_caregiver", "child_told_whom_to_contact", "age_proof", "contact_on", "stored_until"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="closure_requests")
    reason = models.TextField()
    state = models.TextField(default=PlanState.PROPOSED.value)
    requested_by = models.UUIDField()
    requested_at = models.DateTimeField()
    agreed_with_child = models.BooleanField(null=True)
    agreed_with_caregiver = models.BooleanField(null=True)
    child_told_whom_to_contact = models.BooleanField(default=False)
    age_proof = models.BooleanField(default=False)
    contact_on = models.DateField(null=True, help_text="The contact three months after closing")
    stored_until = models.DateField(null=True)
    summary = SealedText(tier=Tier.B)
    why_not_agreed = SealedText(tier=Tier.B)
    address_after = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(state="proposed"), name="one_closure_requested")]
