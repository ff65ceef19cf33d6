"""What happens between instances when nobody is looking? Jobs that may run twice without a second effect."""

import base64
import binascii
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from havre.access.system import system_actor
from havre.core import ids
from havre.core.intent import Intent
from havre.core.problems import Problem
from havre.exchange.peers import asking, client, offering, wire
from havre.exchange.peers.models import Peer, PeerOffer, PeerQuestion, PeerSeen
from havre.exchange.peers.problems import PeerNotUnderstood
from havre.infra.acting import current
from havre.infra.jobs import defer, job

SEEN_FOR: Final = timedelta(days=3)  # longer than a day's count and the clocks' difference
log = structlog.get_logger("havre.exchange.peers")


def _intent() -> Intent:
    return Intent(by=system_actor(), at=current().now, rid=ids.new_id())


@job("exchange.renew_offer")
def renew_offer(peer: str) -> None:
    """A new offer to one peer."""
    try:
        offering.renew_offer(_intent(), peer=UUID(peer))
    except Problem as problem:
        log.warning("offer not renewed", peer=peer, code=problem.code)


@job("exchange.renew_offers")
def renew_offers(**_when: object) -> None:
    """Every night: a new offer to each peer; marks of old messages are forgotten."""
    PeerSeen.objects.filter(at__lt=current().now - SEEN_FOR).delete()
    for peer in Peer.objects.filter(removed_at=None).values_list("pk", flat=True):
        defer("exchange.renew_offer", peer=str(peer))


app.periodic(cron="41 1 * * *")(app.tasks["exchange.renew_offers"])


@job("exchange.prepare_question")
def prepare_question(question: str) -> None:
    """Fetch the peer's offer unless it is here, and blind the question for it."""
    row = _open(question)
    if row is None:
        return
    try:
        asking.fit(row)
        held = _held(row)
        said = client.call(row.peer, wire.OFFER, {"have": str(held) if held else None})
        offer, message = _read(lambda: (UUID(said["offer"]), _bytes(said["message"]) if said["message"] is not None else None))
        asking.prepare_question(_intent(), question=row.pk, offer=offer, message=message)
    except Problem as problem:
        asking.record_failure(_intent(), question=row.pk, code=problem.code)


@job("exchange.send_question")
def send_question(question: str) -> None:
    """Send what was blinded, and keep the answer."""
    row = _open(question)
    if row is None:
        return
    try:
        asking.fit(row)
        held = _held(row)
        sent = asking.blinded(row, held) if held else None
        if held is None or sent is None:
            raise PeerNotUnderstood()
        said = client.call(row.peer, wire.ANSWER, {
            "question": str(row.pk), "offer": str(held), "request": base64.b64encode(sent[1].request).decode()})
        asking.record_answer(_intent(), question=row.pk, offer=held, response=_read(lambda: _bytes(said["response"])))
    except Problem as problem:
        asking.record_failure(_intent(), question=row.pk, code=problem.code)


def _open(question: str) -> PeerQuestion | None:
    return PeerQuestion.objects.select_related("peer").filter(pk=UUID(question)).exclude(state="answered").first()


def _held(question: PeerQuestion) -> UUID | None:
    """The peer's offer that is here."""
    return PeerOffer.objects.filter(peer_id=question.peer_id, ours=False).values_list("pk", flat=True).first()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _read(content: Any) -> Any:
    """What an answer holds. Raises PeerNotUnderstood when it is not there or not readable."""
    try:
        return content()
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        raise PeerNotUnderstood() from None
