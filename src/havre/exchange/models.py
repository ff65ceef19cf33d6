"""The records of the exchange: what came in, what went out. Content is sealed under keys of its own and forgotten after use."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.exchange.peers.models import Peer, PeerBlinded, PeerDay, PeerOffer, PeerQuestion, PeerSeen
from havre.exchange.states import Status
from havre.infra.fields import SealedJson, SealedText
from havre.infra.records import Record

__all__ = ["ExportBatch", "ExportContent", "ImportBatch", "ImportUpload", "Peer", "PeerBlinded", "PeerDay", "PeerOffer", "PeerQuestion",
           "PeerSeen"]


class ImportBatch(Record):
    """One file of people on its way in. Lives in a file of its own, open to whoever brought it and to their supervisors."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "kind", "status", "file_kind", "rows", "good", "wrong", "flagged", "left_out", "legal_basis", "terms", "imported_at",
        "last_edit", "made", "undone_at", "kept"})

    kind = models.TextField(help_text="children or requests")
    status = models.TextField(default=Status.UPLOADED.value)
    file_kind = models.TextField(help_text="csv or xlsx")
    rows = models.PositiveIntegerField()
    good = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0, help_text="Rows that may be a child who is known already")
    left_out = models.PositiveIntegerField(default=0)
    legal_basis = models.TextField(default="", blank=True)
    terms = models.JSONField(default=dict, help_text="What holds for every row, as codes")
    imported_at = models.DateTimeField(null=True)
    last_edit = models.BigIntegerField(default=0, help_text="The last edit that the import itself made")
    made = ArrayField(models.UUIDField(), default=list, help_text="The files made, in the order of the rows")
    undone_at = models.DateTimeField(null=True)
    kept = ArrayField(models.UUIDField(), default=list, help_text="Files that the undo kept, because someone changed them")

    name = SealedText(tier=Tier.B)
    headers = SealedJson(tier=Tier.B)
    mapping = SealedJson(tier=Tier.B)
    legal_reason = SealedText(tier=Tier.B)
    report = SealedJson(tier=Tier.B)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=["children", "requests"]), name="import_kind_known"),
                       models.CheckConstraint(condition=Q(status__in=[s.value for s in Status]), name="import_status_known")]
        indexes = [models.Index(fields=["-created_at"], name="import_newest_first")]


class ImportUpload(Record):
    """The uploaded bytes (base64), under a key of their own that is forgotten when the import is done or thrown away."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({"batch_id"})

    batch = models.OneToOneField(ImportBatch, on_delete=models.PROTECT, related_name="+")
    content = SealedText(tier=Tier.B)

    def subject_id(self) -> UUID:
        """A key of its own."""
        return self.pk


class ExportBatch(Record):
    """What was taken out, by whom, why, for whom, and how many were left out. Never what it said, never its password."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({
        "purpose", "profile", "file_kind", "rows", "left_out", "agreement", "expires_at", "fetched_at"})

    purpose = models.TextField(help_text="code list consent_purpose")
    profile = models.TextField()
    file_kind = models.TextField(help_text="csv or xlsx")
    rows = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0, help_text="Children whose agreement does not cover the purpose")
    agreement = models.BooleanField(default=False, help_text="The recipient has an agreement on data protection")
    expires_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)

    reason = SealedText(tier=Tier.B)
    recipient = SealedText(tier=Tier.B)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="export_newest_first")]


class ExportContent(Record):
    """The encrypted archive (base64), under a key of its own that is forgotten when it is fetched or too old."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({"batch_id"})

    batch = models.OneToOneField(ExportBatch, on_delete=models.PROTECT, related_name="+")
    content = SealedText(tier=Tier.B)

    def subject_id(self) -> UUID:
        """A key of its own."""
        return self.pk
