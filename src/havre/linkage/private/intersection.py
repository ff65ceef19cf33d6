"""How does one instance ask another whether it holds a child, so that the other does not learn whom, nor the first more than that?

Private set intersection by elliptic curves (the cardinality form of OpenMined PSI: Diffie–Hellman over P-256, answers in an
order that tells nothing). The holder of a register publishes an offer to one peer: its keys, raised to a secret of its own.
The peer raises the keys of its question to another secret and sends them; the holder raises them to its own and sends them
back sorted; the peer takes its secret away and counts how many are in the offer.

Messages have fixed sizes: a question always 64 keys, an offer a size of a fixed scale. The holder learns that a question was
asked. The peer learns how many of its keys are there, and `read` tells a person no more than possible or no. Every offer has a
secret of its own, so that what was asked of one says nothing of the next; it holds no data that can be tried without the
holder answering, at 64 keys a question: limit the questions of a day (see README.md for what guessing can win).
"""

from __future__ import annotations

import math
import secrets
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from havre.linkage.private.keys import KEY_BYTES, LEAST_BITS, MOST_KEYS

FORMAT: Final = b"HVP1"
HEAD: Final = struct.Struct(">4sd")
FALSE_POSITIVE: Final = 1e-6  # chance that a question is answered `possible` by the coding of the offer alone
STEPS: Final = 8  # sizes of an offer between a power of two and the next
SMALLEST: Final = 1024  # keys of the smallest offer
LARGEST_REQUEST: Final = 4096  # bytes; 64 points need 2240
SHARED: Final = 1  # keys that must be shared; each is rare enough alone, by what it is made of


class Answer(StrEnum):
    """All that a private question tells."""

    POSSIBLE = "possible"
    NO = "no"


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What a holder publishes to one peer. `message` is for the peer; `key` (32 bytes) stays sealed with the holder."""

    key: bytes
    message: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """What a peer asks. `request` is for the holder; `key` (32 bytes) stays with the peer until the response is read."""

    key: bytes
    request: bytes


def _psi() -> Any:
    try:
        from private_set_intersection import python
    except ImportError as error:
        raise RuntimeError("Private questions need the package openmined_psi: install havre[private].") from error
    return python


def padded_size(count: int) -> int:
    """The size of the scale that holds `count` keys: at most an eighth above it, at least 1,024."""
    if count <= SMALLEST:
        return SMALLEST
    step: int = (1 << int(math.log2(count))) // STEPS
    return -(-count // step) * step


def _filled(keys: Iterable[bytes], size: int) -> list[str]:
    """Keys and random ones up to `size`, in the order of chance."""
    texts = sorted({key.hex() for key in keys})
    texts += [secrets.token_hex(KEY_BYTES) for _ in range(size - len(texts))]
    secrets.SystemRandom().shuffle(texts)
    return texts


def offer(keys: Iterable[bytes], least_bits: float) -> Offer:
    """Publish the keys of a register (`private_keys(…, "index", least_bits)` of every child) to one peer, under a new secret.

    About 10,000 keys a second and core; `message` takes about 4 bytes a key. Make a new one whenever the register has changed, and
    forget the key of the last.
    """
    psi, distinct = _psi(), set(keys)
    server = psi.server.CreateWithNewKey(False)
    setup = server.CreateSetupMessage(FALSE_POSITIVE, MOST_KEYS, _filled(distinct, padded_size(len(distinct))), psi.DataStructure.GCS)
    return Offer(server.GetPrivateKeyBytes(), HEAD.pack(FORMAT, least_bits) + setup.SerializeToString())


def least_bits_of(message: bytes) -> float:
    """The rarity in bits agreed for the keys of this offer. Raises ValueError when the message is no offer."""
    if len(message) < HEAD.size or message[:4] != FORMAT:
        raise ValueError("This is not an offer of a register.")
    bits = float(HEAD.unpack_from(message)[1])
    if not LEAST_BITS <= bits <= 64:
        raise ValueError("The offer asks for keys that are not rare enough.")
    return bits


def ask(keys: Iterable[bytes]) -> Question:
    """A question about one child (`private_keys(…, "query", …)`). Raises ValueError for no key, or for more than 64."""
    psi, distinct = _psi(), set(keys)
    if not distinct:
        raise ValueError("Too little is known of the child to ask.")
    if len(distinct) > MOST_KEYS:
        raise ValueError(f"A question holds at most {MOST_KEYS} keys.")
    client = psi.client.CreateWithNewKey(False)
    return Question(client.GetPrivateKeyBytes(), client.CreateRequest(_filled(distinct, MOST_KEYS)).SerializeToString())


def answer(key: bytes, request: bytes) -> bytes:
    """Answer a question with the key of the offer it is about; nothing of the register is read, nothing learned of the child.

    Raises ValueError when the request is not one of 64 keys that asks for their number alone.
    """
    psi = _psi()
    asked = _parsed(psi.Request, request)
    if len(asked.encrypted_elements) != MOST_KEYS or asked.reveal_intersection or len(set(asked.encrypted_elements)) != MOST_KEYS:
        raise ValueError("The question has not the agreed form.")
    try:
        response = psi.server.CreateFromKey(key, False).ProcessRequest(asked)
    except RuntimeError:
        raise ValueError("The question has not the agreed form.") from None
    return bytes(response.SerializeToString())


def read(question: Question, message: bytes, response: bytes) -> Answer:
    """Whether the holder of the offer `message` may hold the child asked for. Raises ValueError for messages of another form."""
    psi = _psi()
    least_bits_of(message)
    setup, replied = _parsed(psi.ServerSetup, message[HEAD.size :], None), _parsed(psi.Response, response)
    if len(replied.encrypted_elements) != MOST_KEYS:
        raise ValueError("The answer has not the agreed form.")
    try:
        shared = psi.client.CreateFromKey(question.key, False).GetIntersectionSize(setup, replied)
    except RuntimeError:
        raise ValueError("The answer has not the agreed form.") from None
    return Answer.POSSIBLE if shared >= SHARED else Answer.NO


def _parsed(kind: Any, data: bytes, most: int | None = LARGEST_REQUEST) -> Any:
    from google.protobuf.message import DecodeError

    if most is not None and len(data) > most:
        raise ValueError("The message is longer than agreed.")
    try:
        return kind.FromString(data)
    except DecodeError:
        raise ValueError("The message cannot be read.") from None
