"""Whose message is this, may it be answered, and what is the answer? Nothing of the register is read, nothing learned of the child."""

import hashlib
from datetime import datetime
from typing import Final
from uuid import UUID

from havre.access.system import system_actor
from havre.core.problems import Problem
from havre.exchange.peers import counts, keeping, permissions, wire
from havre.exchange.peers.models import Peer, PeerOffer, PeerSeen
from havre.exchange.peers.problems import (
    PeerClock,
    PeerLimitReached,
    PeerNotUnderstood,
    PeerOfferRenewed,
    PeerPackageMissing,
    PeerRepeated,
    PeerUnknown,
)
from havre.infra.acting import Acting, acting
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.linkage.private import answer

REFUSED: Final = "exchange.peer_refused"


def admit(given: wire.Proof, operation: str, body: bytes, at: datetime) -> Peer:
    """The peer whose message this is. Raises the problem that refuses it; what was counted and logged stays.

    A question counts before it is looked at, so that refused ones count too. The same question sent again does not count twice.
    """
    with acting(system_actor(), now=at) as stay:
        peer = Peer.objects.filter(handle=given.who, removed_at=None).first()
        problem = _refused(stay, peer, given, operation, body) if peer else PeerUnknown()
    if peer is None or problem is not None:
        raise problem or PeerUnknown()
    return peer


def _refused(stay: Acting, peer: Peer, given: wire.Proof, operation: str, body: bytes) -> Problem | None:
    problem: Problem | None = None
    if not wire.proves(keeping.secret_of(peer), 3 - peer.side, operation, body, given):
        problem = PeerUnknown()
    elif abs(stay.now.timestamp() - given.when) > wire.CLOCK_SECONDS:
        problem = PeerClock()
    elif not _first_time(peer, "once", given.once.encode(), stay.now):
        problem = PeerRepeated()
    elif operation == wire.ANSWER and not PeerSeen.objects.filter(peer=peer, mark=_mark("question", body)).exists():
        if counts.take(peer.pk, "received", stay.now, counts.limit()):
            _first_time(peer, "question", body, stay.now)
        else:
            counts.refuse(peer.pk, stay.now)
            problem = PeerLimitReached(counts.left_of_day(stay.now))
    if problem is not None:
        stay.audit(REFUSED, decision="denied" if problem.status == PeerUnknown.status else "refused", peer=str(peer.pk), code=problem.code)
    return problem


def _mark(kind: str, content: bytes) -> str:
    return hashlib.sha256(kind.encode() + b"|" + content).hexdigest()


def _first_time(peer: Peer, kind: str, content: bytes, at: datetime) -> bool:
    _, made = PeerSeen.objects.get_or_create(peer=peer, mark=_mark(kind, content), defaults={"at": at})
    return made


@action(permissions.ANSWER)
def answer_question(unit: Unit, *, peer: UUID, question: UUID, offer: UUID, request: bytes) -> bytes:
    """Answer a peer's blinded question with the key of the offer that it is about."""
    unit.detail |= {"peer": str(peer), "question": str(question)}
    ours = PeerOffer.objects.filter(peer_id=peer, ours=True, pk=offer).defer("message").first()
    if ours is None:
        raise PeerOfferRenewed()
    try:
        return answer(keeping.offer_key(ours), request)
    except ValueError:
        raise PeerNotUnderstood() from None
    except RuntimeError:
        raise PeerPackageMissing() from None
