"""Which instances may ask us and be asked, what lies ready for them, and what was asked."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from havre.core.tiers import Tier
from havre.infra.fields import SealedJson, SealedText
from havre.infra.records import Record

STATES = ("waiting", "failed", "answered")
ANSWERS = ("", "possible", "no")


class Peer(models.Model):
    """Another instance. `secret` is sealed under a data key of its own, forgotten when the peer is removed."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    address = models.TextField()
    contact = models.TextField(help_text="The focal point over there")
    handle = models.CharField(max_length=32, unique=True, help_text="By which both sides know the pair")
    side = models.PositiveSmallIntegerField(help_text="1 made the secret, 2 accepted it")
    secret = models.BinaryField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], condition=Q(removed_at__isnull=True), name="one_peer_of_a_name"),
                       models.CheckConstraint(condition=Q(side__in=[1, 2]), name="peer_side_known")]


class PeerOffer(models.Model):
    """The newest offer to a peer, or of a peer. Ours has its key, sealed under a data key of its own; the key of the last is forgotten."""

    id = models.UUIDField(primary_key=True)
    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="offers")
    ours = models.BooleanField()
    key = models.BinaryField(null=True)
    message = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "ours"], name="one_offer_each_way"),
                       models.CheckConstraint(condition=Q(ours=True, key__isnull=False) | Q(ours=False, key__isnull=True),
                                              name="key_of_our_own_offer")]


class PeerSeen(models.Model):
    """A message or a question that was received: a digest, for some days."""

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "mark"], name="received_once")]


class PeerDay(models.Model):
    """How many questions of a day (UTC): received, refused for the limit, and sent."""

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    received = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "day"], name="one_count_of_a_day")]


class PeerQuestion(Record):
    """A question to another instance about the child of a request. Its id goes along, so that it counts once however often it is sent."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({"peer_id", "state", "answer", "problem", "asked_at", "answered_at"})

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(default="waiting")
    answer = models.TextField(default="", blank=True, help_text="possible or no")
    problem = models.TextField(default="", blank=True, help_text="Code of the problem of the last try")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    purpose = SealedText(tier=Tier.B)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="question_state_known"),
                       models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="question_answer_known")]
        indexes = [models.Index(fields=["file", "-asked_at"], name="question_newest_first")]


class PeerBlinded(Record):
    """What of a question is sent (blinded) and the key to read its answer, under a key of its own that is forgotten with the answer."""

    TIER_A: ClassVar[frozenset[str]] = frozenset({"question_id", "offer"})

    question = models.ForeignKey(PeerQuestion, on_delete=models.PROTECT, related_name="blinded")
    offer = models.UUIDField(help_text="The offer that it is about")
    content = SealedJson(tier=Tier.B)

    def subject_id(self) -> UUID:
        """A key of its own."""
        return self.pk
