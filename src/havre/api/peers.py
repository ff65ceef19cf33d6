"""The two addresses that another instance calls: fetch our offer, ask a question on it. Signed both ways, see `exchange.peers.wire`."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from havre.access import queries as access
from havre.access.decide import Permission
from havre.access.system import system_actor
from havre.api.endpoints import api
from havre.api.guard import PERMISSIONS
from havre.api.problems import of_problem
from havre.api.shapes import Strict
from havre.core.intent import Intent
from havre.exchange.peers import actions, keeping, permissions, wire
from havre.exchange.peers.answering import admit
from havre.exchange.peers.models import Peer
from havre.exchange.peers.problems import PeerLimitReached, PeerNotUnderstood
from havre.infra.acting import acting

__all__ = ["api"]

LARGEST: Final = 16 * 1024  # bytes of a message; a question takes about 3,200


class OfferIn(Strict):
    """Which offer the peer has already."""

    have: UUID | None = None


class QuestionIn(Strict):
    """A blinded question (base64), the offer that it is about, and the id by which it counts once."""

    question: UUID
    offer: UUID
    request: str


class Proven:
    """Authenticates a peer by the proof over its message, and counts the message. Refusals are problems."""

    def __init__(self, operation: str) -> None:
        self.operation = operation

    def __call__(self, request: HttpRequest) -> Peer:
        length = request.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > LARGEST:
            raise PeerNotUnderstood()
        return admit(wire.Proof.read(request.headers), self.operation, request.body, timezone.now())


def peer_endpoint(permission: Permission) -> Callable[[Callable[..., Mapping[str, Any]]], Callable[..., HttpResponse]]:
    """Guard an address of peers: the system acts for the peer, and the answer carries a proof over its bytes."""
    def wrap(function: Callable[..., Mapping[str, Any]]) -> Callable[..., HttpResponse]:
        @wraps(function)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            peer: Peer = request.auth  # type: ignore[attr-defined]
            actor = system_actor()
            with acting(actor):
                access.require(actor, permission)
                body = json.dumps(function(request, *args, **kwargs)).encode()
                proof = wire.answer_proof(keeping.secret_of(peer), peer.side, wire.Proof.read(request.headers).once, body)
            return HttpResponse(body, content_type="application/json", headers={wire.PROOF: proof})
        PERMISSIONS[function.__name__] = permission
        return run
    return wrap


def _intent() -> Intent:
    return Intent(by=system_actor(), at=timezone.now(), rid=uuid4())


@api.post("/peers/offer", auth=Proven(wire.OFFER), tags=["peers"])
@peer_endpoint(permissions.OFFER)
def peer_offer(request: HttpRequest, body: OfferIn) -> Mapping[str, Any]:
    """The offer made for this peer; `message` is null when the peer has it already."""
    made = actions.hand_offer(_intent(), peer=request.auth.pk)  # type: ignore[attr-defined]
    return {"offer": str(made.pk), "message": None if made.pk == body.have else base64.b64encode(bytes(made.message)).decode()}


@api.post("/peers/answer", auth=Proven(wire.ANSWER), tags=["peers"])
@peer_endpoint(permissions.ANSWER)
def peer_answer(request: HttpRequest, body: QuestionIn) -> Mapping[str, Any]:
    """The answer to a blinded question. 429 with `Retry-After` when the questions of the day are used up."""
    try:
        asked = base64.b64decode(body.request, validate=True)
    except binascii.Error:
        raise PeerNotUnderstood() from None
    said = actions.answer_question(_intent(), peer=request.auth.pk, question=body.question, offer=body.offer, request=asked)  # type: ignore[attr-defined]
    return {"response": base64.b64encode(said).decode()}


def _limit(request: HttpRequest, error: Any) -> HttpResponse:
    answer = of_problem(error)
    answer["Retry-After"] = str(error.retry_after)
    return answer


api.add_exception_handler(PeerLimitReached, _limit)
