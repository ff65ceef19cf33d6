"""A child's photo: drawn anew so that nothing of the camera remains, then sealed under the child's key."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record


class Photo(Record):
    """One picture of a person. `image` is a JPEG in base64, made by `photos.redrawn`."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({"person_id", "width", "height", "size", "taken_on", "retired"})

    person = models.ForeignKey("registration.Person", on_delete=models.PROTECT, related_name="photos")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="bytes of the picture")
    taken_on = models.DateField(null=True)
    retired = models.BooleanField(default=False)

    image = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(width__lte=1600, height__lte=1600), name="photo_within_bounds")]

    def subject_id(self) -> UUID:
        """A photo is forgotten with the person on it."""
        return self.person_id
