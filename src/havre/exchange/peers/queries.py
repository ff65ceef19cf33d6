"""What was asked for a request, and how often do instances ask each other?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Q, Sum
from django.utils import timezone

from havre.access import queries as access
from havre.core.actor import Actor
from havre.core.problems import NothingHere
from havre.exchange.peers import counts, permissions
from havre.exchange.peers.models import Peer, PeerOffer, PeerQuestion
from havre.infra.sealing import open_many
from havre.tracing.models import TracingRequest

DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its purpose; `contact` only where the answer is *possible*."""

    row: PeerQuestion
    peer: str
    purpose: str
    contact: str


@dataclass(frozen=True, slots=True)
class Count:
    """One peer: questions received, refused and sent in the last thirty days, received today, and when our offer was made."""

    peer: Peer
    received: int
    refused: int
    sent: int
    today: int
    offered_at: datetime | None


def peers(actor: Actor) -> list[Peer]:
    """The instances that may be asked, by name."""
    access.require(actor, permissions.ASK)
    return list(Peer.objects.filter(removed_at=None).order_by("name"))


def request_by_code(actor: Actor, code: str) -> TracingRequest:
    """The request of a file code, for who may ask about it. Raises NothingHere."""
    row: TracingRequest | None = access.scoped(TracingRequest, actor).select_related("file").filter(file__code=code).first()
    if row is None:
        raise NothingHere()
    access.require(actor, permissions.ASK, row.file_id)
    return row


def asked_for(actor: Actor, request: TracingRequest) -> Sequence[Asked]:
    """The questions about the child of a request, newest first; the reading of their purpose is recorded."""
    access.require(actor, permissions.ASK, request.file_id)
    rows = list(access.scoped(PeerQuestion, actor).filter(file_id=request.file_id).select_related("peer", "file").order_by("-asked_at"))
    return [Asked(row, row.peer.name, values["purpose"] or "", row.peer.contact if row.answer == "possible" else "")
            for row, values in zip(rows, open_many(rows, "purpose"), strict=True)]


def counted(actor: Actor) -> tuple[list[Count], int]:
    """Every peer with its counts, and how many questions of a day are allowed. No question, no request."""
    access.require(actor, permissions.COUNTS)
    today = timezone.now().astimezone(UTC).date()
    span = Q(days__day__gt=today - timedelta(days=DAYS))
    rows = Peer.objects.filter(removed_at=None).order_by("name").annotate(
        received=Sum("days__received", filter=span, default=0), refused=Sum("days__refused", filter=span, default=0),
        sent=Sum("days__sent", filter=span, default=0), today=Sum("days__received", filter=Q(days__day=today), default=0))
    made = dict(PeerOffer.objects.filter(ours=True).values_list("peer_id", "made_at"))
    return [Count(row, row.received, row.refused, row.sent, row.today, made.get(row.pk)) for row in rows], counts.limit()
