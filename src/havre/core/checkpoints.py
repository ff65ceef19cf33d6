"""How does the log state its size and root so that a witness elsewhere can hold it to its word?

C2SP tlog-checkpoint in a signed note, Ed25519 (https://c2sp.org/tlog-checkpoint,
https://c2sp.org/signed-note).
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from havre.core import crypto

_ED25519 = b"\x01"
_HASH_BYTES = 32
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log states: so many entries, this root, at this time."""

    origin: str
    size: int
    root: bytes
    at: datetime


def checkpoint(origin: str, size: int, root: bytes, at: datetime) -> str:
    """The unsigned text: origin, size, root in base 64, and the time (UTC) as an extension line."""
    if not origin or any(c.isspace() or c == "+" for c in origin):
        raise ValueError("an origin is a name without spaces or +")
    if size < 0 or len(root) != _HASH_BYTES:
        raise ValueError("a checkpoint has a size and a root of 32 bytes")
    if at.utcoffset() is None:
        raise ValueError("a checkpoint needs a time with its zone")
    stamp = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return f"{origin}\n{size}\n{_text(root)}\n{stamp}\n"


def sign_checkpoint(private: bytes, text: str) -> str:
    """The signed note: the text, a blank line, and one signature line under the name of the origin."""
    name = text.split("\n", 1)[0]
    key_hash = _key_hash(name, crypto.signing_public(private))
    return f"{text}\n— {name} {_text(key_hash + crypto.sign(private, text.encode()))}\n"


def verify_checkpoint(public: bytes, note: str, origin: str) -> Checkpoint:
    """What the note states, when this key signed it for this origin; else Tampered.

    Signature lines of other names (witnesses) are passed over.
    """
    text, blank, lines = note.rpartition("\n\n")
    text += "\n"
    if not blank or not lines.endswith("\n"):
        raise crypto.Tampered("the note has no signatures")
    wanted = _key_hash(origin, public)
    signatures = [
        raw for name, raw in map(_signature, lines.splitlines()) if name == origin and raw[:4] == wanted
    ]
    if not any(crypto.verify(public, text.encode(), raw[4:]) for raw in signatures):
        raise crypto.Tampered("no signature of this key on the note")
    return _read(text, origin)


def verifier_key(origin: str, public: bytes) -> str:
    """The public key as witnesses configure it: name+hash+key."""
    return f"{origin}+{_key_hash(origin, public).hex()}+{_text(_ED25519 + public)}"


def _signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE.fullmatch(line)
    if found is None:
        raise crypto.Tampered("a signature line is malformed")
    return found[1], _bytes(found[2])


def _read(text: str, origin: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) != 5 or lines[0] != origin or not _SIZE.fullmatch(lines[1]):
        raise crypto.Tampered("the note is not a checkpoint of this log")
    root = _bytes(lines[2])
    if len(root) != _HASH_BYTES:
        raise crypto.Tampered("the root is malformed")
    try:
        at = datetime.fromisoformat(lines[3])
    except ValueError:
        raise crypto.Tampered("the time is malformed") from None
    return Checkpoint(origin, int(lines[1]), root, at)


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise crypto.Tampered("base 64 is malformed") from None
