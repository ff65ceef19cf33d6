"""How does an officer ask another instance about the child of a request, and how is the question carried there and back?

Three steps, each kept before the next begins: the officer's wish, the blinded question, its answer. What fails in between is sent
again as it was, under the same id, so that the other side neither counts nor answers it as another.
"""

import base64
from datetime import UTC, datetime, time
from importlib.util import find_spec
from uuid import UUID

from havre.core.problems import AlreadyDecided, Conflict, InputRefused, KeyErased, NothingHere
from havre.core.words import N_
from havre.exchange.peers import counts, keeping, permissions, wire
from havre.exchange.peers.managing import forget, peer_in_use
from havre.exchange.peers.models import PeerBlinded, PeerOffer, PeerQuestion
from havre.exchange.peers.problems import (
    PeerConsentGone,
    PeerLimitReached,
    PeerNotUnderstood,
    PeerPackageMissing,
    PeerRemoved,
    PeerTooLittleKnown,
)
from havre.infra import keys
from havre.infra.actions import action
from havre.infra.sealing import open_many
from havre.infra.unit import Unit
from havre.linkage.private import Answer, ask, least_bits_of, private_keys, read
from havre.linkage.private.intersection import Question
from havre.registration.searches import describe
from havre.tracing.gates import consent_to_share
from havre.tracing.models import TracingRequest
from havre.tracing.rules import Side

ASKED = {Answer.POSSIBLE: "peer_possible", Answer.NO: "peer_no"}


def ready() -> bool:
    """Whether the optional package for private questions is installed."""
    return find_spec("private_set_intersection") is not None


@action(permissions.ASK)
def ask_peer(unit: Unit, *, request: UUID, peer: UUID, purpose: str, agreed: bool) -> PeerQuestion:
    """Ask an instance about the child of a request (G01). `agreed`: the person searching was asked and agrees to this."""
    row = unit.get(TracingRequest, request, lock=True)
    other = peer_in_use(peer)
    if other is None:
        raise NothingHere()
    if not purpose.strip():
        raise InputRefused({"purpose": [N_("Write why this instance is asked.")]})
    if row.closed_at is not None:
        raise Conflict()
    unit.check([consent_to_share("no" if not row.consent_share else "yes" if agreed else "", Side.ADULT)])
    if not ready():
        raise PeerPackageMissing()
    most, today = counts.limit(), datetime.combine(unit.at.astimezone(UTC).date(), time(), UTC)
    mine = PeerQuestion.objects.filter(created_by=unit.by.id, asked_at__gte=today).count()
    if mine >= most or not counts.take(peer, "sent", unit.at, most):
        raise PeerLimitReached(counts.left_of_day(unit.at))
    question = unit.create(PeerQuestion, file=row.file_id, peer_id=peer, asked_at=unit.at, purpose=purpose.strip())
    unit.note("peer_asked", question, peer=other.name)
    unit.defer("exchange.prepare_question", question=question.pk)
    return question


@action(permissions.ASK)
def send_again(unit: Unit, *, question: UUID) -> PeerQuestion:
    """Send a question that did not arrive, or whose answer did not."""
    row = unit.get(PeerQuestion, question, lock=True)
    if row.state == "answered":
        raise AlreadyDecided()
    unit.change(row, state="waiting", problem="")
    unit.defer("exchange.prepare_question", question=row.pk)
    return row


@action(permissions.CARRY)
def prepare_question(unit: Unit, *, question: UUID, offer: UUID, message: bytes | None) -> PeerQuestion:
    """Blind a question for the offer of its peer (`message` None: the one that is here), unless it is blinded for it already."""
    row = unit.get(PeerQuestion, question, lock=True)
    if row.state == "answered":
        return row
    request = fit(row)
    held = PeerOffer.objects.select_for_update().filter(peer_id=row.peer_id, ours=False).first()
    if message is not None:
        if held is not None:
            forget(unit, held)
        held = PeerOffer.objects.create(id=offer, peer_id=row.peer_id, ours=False, message=message, made_at=unit.at)
    if held is None or held.pk != offer:
        raise PeerNotUnderstood()
    for old in PeerBlinded.objects.filter(question=row).exclude(offer=offer):
        keys.erase(old.pk, unit.at)
    if blinded(row, offer) is None:
        made = _blind(row, request, bytes(held.message))
        content = {"key": base64.b64encode(made.key).decode(), "request": base64.b64encode(made.request).decode()}
        unit.create(PeerBlinded, file=row.file_id, question_id=row.pk, offer=offer, content=content)
    unit.defer("exchange.send_question", question=row.pk)
    return row


def _blind(row: PeerQuestion, request: TracingRequest, message: bytes) -> Question:
    secret = wire.question_secret(keeping.secret_of(row.peer))
    try:
        bits = least_bits_of(message)
    except ValueError:
        raise PeerNotUnderstood() from None
    wanted = private_keys(describe(request.sought), secret, "query", bits)
    if not wanted:
        raise PeerTooLittleKnown()
    try:
        return ask(wanted)
    except RuntimeError:
        raise PeerPackageMissing() from None


def fit(row: PeerQuestion) -> TracingRequest:
    """The request, if the question may still leave. Raises PeerRemoved, PeerConsentGone."""
    if peer_in_use(row.peer_id) is None:
        raise PeerRemoved()
    request = TracingRequest.objects.select_related("sought").filter(file_id=row.file_id).first()
    if request is None or not request.consent_share or request.closed_at is not None:
        raise PeerConsentGone()
    return request


def blinded(row: PeerQuestion, offer: UUID) -> tuple[PeerBlinded, Question] | None:
    """What was blinded for an offer; None when nothing was, or its key is forgotten."""
    found = PeerBlinded.objects.filter(question=row, offer=offer).order_by("-created_at").first()
    if found is None:
        return None
    try:
        content = open_many([found], "content", audited=False)[0]["content"]
    except KeyErased:
        return None
    return found, Question(base64.b64decode(content["key"]), base64.b64decode(content["request"]))


@action(permissions.CARRY)
def record_answer(unit: Unit, *, question: UUID, offer: UUID, response: bytes) -> PeerQuestion:
    """Read what came back, keep *possible* or *no*, and forget what could be read from it besides."""
    row = unit.get(PeerQuestion, question, lock=True)
    held = PeerOffer.objects.filter(peer_id=row.peer_id, ours=False, pk=offer).first()
    sent = blinded(row, offer)
    if row.state == "answered":
        return row
    if held is None or sent is None:
        raise PeerNotUnderstood()
    try:
        said = read(sent[1], bytes(held.message), response)
    except ValueError:
        raise PeerNotUnderstood() from None
    unit.change(row, state="answered", answer=said.value, answered_at=unit.at, problem="")
    keys.erase(sent[0].pk, unit.at)
    unit.note(ASKED[said], row, peer=row.peer.name)
    return row


@action(permissions.CARRY)
def record_failure(unit: Unit, *, question: UUID, code: str) -> PeerQuestion:
    """Keep why a question could not be sent or answered, as a code; it can be sent again."""
    row = unit.get(PeerQuestion, question, lock=True)
    if row.state != "answered":
        unit.change(row, state="failed", problem=code)
        unit.note("peer_not_asked", row, peer=row.peer.name)
    return row
