"""What was typed before the child was registered? Kept step by step, so that leaving loses nothing."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedJson
from havre.infra.records import Record

STEPS = ("search", "needs", "child", "photo", "family", "consent")


class RegistrationDraft(Record):
    """A registration under way, one sealed value per step, in the file that the case will have.

    It has a data key of its own; when the child is registered or the draft is thrown away the key is forgotten.
    """

    TIER_A: ClassVar[frozenset[str]] = frozenset({"state", "screening"})

    state = models.TextField(default="open")
    screening = models.UUIDField(null=True, help_text="the first contact that referred the child")

    search = SealedJson(tier=Tier.B)
    needs = SealedJson(tier=Tier.B)
    child = SealedJson(tier=Tier.B)
    photo = SealedJson(tier=Tier.B)
    family = SealedJson(tier=Tier.B)
    consent = SealedJson(tier=Tier.B)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=("open", "registered", "discarded")), name="draft_state_known")]

    def subject_id(self) -> UUID:
        """A key of its own, forgotten when the draft has done its work."""
        return self.pk
