"""How is a peer reached? HTTPS to its configured address and nowhere else: no redirects, no proxy, with time-outs and a greatest size.

Plain HTTP is spoken in practice mode to this same machine only.
"""

import http.client
import ipaddress
import json
import secrets
import ssl
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from havre.exchange.peers import keeping, wire
from havre.exchange.peers.models import Peer
from havre.exchange.peers.problems import PeerLimitReached, PeerNotUnderstood, PeerUnreachable, problem_of

TIMEOUT: Final = 20.0  # seconds for each step: connecting, and each read
LARGEST: Final = 64 * 1024 * 1024  # bytes of an answer; an offer of 100,000 children takes about 11 MB
SMALL: Final = 64 * 1024  # bytes read of a refusal


def check_address(address: str) -> SplitResult:
    """The parts of a peer's address. Raises ValueError unless it is https, or plain http in practice mode on this machine."""
    parts = urlsplit(address.strip())
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment or (parts.port == 0):
        raise ValueError("The address holds more, or less, than a host and a path.")
    if parts.scheme == "https" or (parts.scheme == "http" and settings.HAVRE_PRACTICE and _here(parts.hostname)):
        return parts
    raise ValueError("A peer is reached by https only.")


def call(peer: Peer, operation: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Send one message and give the proven answer. Raises a problem of `problems` when there is none."""
    secret, body, once = keeping.secret_of(peer), json.dumps(content).encode(), secrets.token_hex(16)
    headers = wire.headers(secret, peer.side, operation, body, int(time.time()), once)
    try:
        status, said, proof = _post(check_address(peer.address), operation, body, headers)
    except (OSError, http.client.HTTPException, ValueError):
        raise PeerUnreachable() from None
    if status != http.HTTPStatus.OK:
        raise _refusal(status, said)
    if proof != wire.answer_proof(secret, 3 - peer.side, once, said):
        raise PeerNotUnderstood()
    answer = _json(said)
    if answer is None:
        raise PeerNotUnderstood()
    return answer


def _post(parts: SplitResult, operation: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes, str]:
    host, port = str(parts.hostname), parts.port
    link = (http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=ssl.create_default_context()) if parts.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=TIMEOUT))
    try:
        link.request("POST", f"{parts.path.rstrip('/')}/api/peers/{operation}", body, {**headers, "Content-Type": "application/json"})
        answer = link.getresponse()
        most = LARGEST if answer.status == http.HTTPStatus.OK else SMALL
        said = answer.read(most + 1)
        if len(said) > most:
            raise ValueError("The answer is longer than agreed.")
        return answer.status, said, answer.headers.get(wire.PROOF, "")
    finally:
        link.close()


def _refusal(status: int, said: bytes) -> Exception:
    if status == PeerLimitReached.status:
        return PeerLimitReached()
    body = _json(said)
    if body is None or "code" not in body:
        return PeerUnreachable()
    return problem_of(str(body["code"]))


def _json(said: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(said)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
