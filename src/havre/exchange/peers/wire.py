"""How do two instances prove to each other who speaks? Pure: HMAC-SHA256 under keys made from the shared secret of 32 bytes.

A message carries four headers: who (`Havre-Peer`), when (`Havre-Time`, seconds since 1970), once (`Havre-Nonce`) and the proof
(`Havre-Proof`) over these, what is asked for and the body. The answer carries a proof over the nonce of its question and its own
body. Who made the secret is side 1, who accepted it side 2, and each proves with a key of its own: a message sent back to its
sender proves nothing there.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from havre.core.crypto import derive

FORM: Final = "havre-peer-1"
OFFER: Final = "offer"
ANSWER: Final = "answer"
CLOCK_SECONDS: Final = 300
WHO, WHEN, ONCE, PROOF = "Havre-Peer", "Havre-Time", "Havre-Nonce", "Havre-Proof"


@dataclass(frozen=True, slots=True)
class Proof:
    """The four headers of a message, as they came; `when` is -1 for an unreadable time."""

    who: str
    when: int
    once: str
    proof: str

    @classmethod
    def read(cls, headers: Mapping[str, str]) -> "Proof":
        """From the headers of a request; what is missing is empty and proves nothing."""
        when = headers.get(WHEN, "")
        seconds = int(when) if when.isascii() and when.isdigit() and len(when) <= 12 else -1
        return cls(headers.get(WHO, ""), seconds, headers.get(ONCE, ""), headers.get(PROOF, ""))


def handle(secret: bytes) -> str:
    """By which name the two sides of a secret know the pair: 32 hexadecimal digits that say nothing of the secret."""
    return derive(secret, "peer handle", 16).hex()


def question_secret(secret: bytes) -> bytes:
    """The secret of 32 bytes under which both sides make the keys of children (`linkage.private.private_keys`)."""
    return derive(secret, "peer questions")


def headers(secret: bytes, side: int, operation: str, body: bytes, when: int, once: str) -> dict[str, str]:
    """The headers of a message from `side` (1 or 2). `once` is random and never used again."""
    return {WHO: handle(secret), WHEN: str(when), ONCE: once, PROOF: _proof(secret, side, "asks", operation, str(when), once, _digest(body))}


def proves(secret: bytes, side: int, operation: str, body: bytes, given: Proof) -> bool:
    """Whether `given` is the proof of `side` for this message. The time and the nonce are judged by the caller."""
    wanted = _proof(secret, side, "asks", operation, str(given.when), given.once, _digest(body))
    return 16 <= len(given.once) <= 64 and hmac.compare_digest(wanted.encode(), given.proof.encode())


def answer_proof(secret: bytes, side: int, once: str, body: bytes) -> str:
    """The proof of an answer by `side` to the message with this nonce."""
    return _proof(secret, side, "answers", once, _digest(body))


def written(secret: bytes) -> str:
    """The secret as one administrator gives it to the other."""
    return f"{FORM}:{base64.urlsafe_b64encode(secret).decode().rstrip('=')}"


def read_secret(text: str) -> bytes:
    """The secret that `written` wrote. Raises ValueError for anything else."""
    form, _, coded = text.strip().partition(":")
    try:
        secret = base64.b64decode(coded + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        secret = b""
    if form != FORM or len(secret) != 32:
        raise ValueError("This is not a secret of two instances.")
    return secret


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _proof(secret: bytes, side: int, *parts: str) -> str:
    key = derive(secret, f"peer proofs of side {side}")
    return hmac.digest(key, "\n".join((FORM, *parts)).encode(), "sha256").hex()
