"""What may only named people read? Notes of tier C: the server keeps them and cannot open them.

The text is sealed under a key of its own; that key is sealed to each reader's public key, one row per reader.
"""

from django.db import models

from havre.core.tiers import Tier
from havre.infra.fields import SealedText
from havre.infra.records import Record


class SealedNote(Record):
    """A note for named readers."""

    TIER_A = frozenset({"case_id", "topic", "written_at", "author_id"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="sealed_notes")
    topic = models.TextField()
    written_at = models.DateTimeField()
    author_id = models.UUIDField()
    body = SealedText(tier=Tier.C)


class SealedNoteReader(Record):
    """One person who may read a note, with the note's key sealed to them."""

    TIER_A = frozenset({"note_id", "reader_id"})

    note = models.ForeignKey(SealedNote, on_delete=models.PROTECT, related_name="readers")
    reader_id = models.UUIDField()
    key = SealedText(tier=Tier.C)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "reader_id"], name="reader_once")]
        indexes = [models.Index(fields=["reader_id"], name="note_by_reader")]
