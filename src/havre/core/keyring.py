"""Which instance keys are there, which one wraps new data keys, and what is derived from the root?

Text in, text out: the file is read and protected by `infra`. The root never changes, so blind tokens,
signatures and derived passwords survive a rotation of the wrapping keys.
"""

import base64
import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from havre.core import crypto
from havre.core.problems import KeyMissing

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class RingKey:
    """One wrapping key; `retired` is when a newer one took over (it still unwraps)."""

    id: int
    key: bytes = field(repr=False)
    created: datetime
    retired: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The instance's keys, oldest first. Nothing of them shows in `repr`."""

    keys: tuple[RingKey, ...]
    root: bytes = field(repr=False)

    def __post_init__(self) -> None:
        ids = [key.id for key in self.keys]
        if not ids or ids != sorted(set(ids)) or ids[0] < 1:
            raise ValueError("a key ring holds keys with rising numbers from 1")
        if any(key.retired is None for key in self.keys[:-1]) or self.keys[-1].retired is not None:
            raise ValueError("only the newest key of a ring is in use")
        if any(len(key) != crypto.KEY_BYTES for key in (self.root, *(k.key for k in self.keys))):
            raise ValueError("a key has 32 bytes")

    @classmethod
    def generate(cls, now: datetime) -> "KeyRing":
        """A new ring with one key and a new root."""
        return cls((RingKey(1, crypto.new_data_key(), _aware(now)),), crypto.new_data_key())

    @property
    def current(self) -> RingKey:
        """The key that wraps from now on."""
        return self.keys[-1]

    def kek(self, id: int) -> bytes:
        """The wrapping key of this number, retired or not; KeyMissing when the ring does not hold it."""
        for key in self.keys:
            if key.id == id:
                return key.key
        raise KeyMissing(key=id)

    def rotated(self, now: datetime) -> "KeyRing":
        """The ring with a new current key; the former one is retired and kept for what it wrapped."""
        former = replace(self.current, retired=_aware(now))
        return replace(
            self, keys=(*self.keys[:-1], former, RingKey(former.id + 1, crypto.new_data_key(), now))
        )

    @property
    def index_key(self) -> bytes:
        """The key of blind tokens; rotation does not change it."""
        return crypto.derive(self.root, "blind index")

    @property
    def signing(self) -> bytes:
        """The Ed25519 private key that signs audit checkpoints."""
        return crypto.derive(self.root, "checkpoint signing")

    @property
    def signing_public(self) -> bytes:
        """Its public key, to be given to witnesses."""
        return crypto.signing_public(self.signing)

    def derive_key(self, purpose: str) -> bytes:
        """A 32-byte key of the instance for one purpose (sessions, cookies)."""
        return crypto.derive(self.root, f"key|{purpose}")

    def derive_password(self, purpose: str) -> str:
        """A password for one purpose (a database role): 43 letters, digits, `-` and `_`."""
        secret = crypto.derive(self.root, f"password|{purpose}")
        return base64.urlsafe_b64encode(secret).decode().rstrip("=")

    def to_json(self) -> str:
        """The ring as text; it is a secret and belongs in a file of mode 600."""
        keys = [
            {
                "id": k.id,
                "key": _text(k.key),
                "created": k.created.isoformat(),
                "retired": k.retired.isoformat() if k.retired else None,
            }
            for k in self.keys
        ]
        return json.dumps({"format": _FORMAT, "root": _text(self.root), "keys": keys}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "KeyRing":
        """Read what `to_json` wrote; ValueError, never quoting the content, when it is something else."""
        try:
            data = json.loads(text)
            if data["format"] != _FORMAT:
                raise ValueError
            return cls(tuple(_ring_key(k) for k in data["keys"]), _bytes(data["root"]))
        except (ValueError, KeyError, TypeError):
            raise ValueError("this is not a key ring of Havre") from None


def _ring_key(data: dict[str, Any]) -> RingKey:
    retired = data["retired"]
    return RingKey(
        int(data["id"]),
        _bytes(data["key"]),
        _aware(datetime.fromisoformat(data["created"])),
        _aware(datetime.fromisoformat(retired)) if retired else None,
    )


def _aware(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a key needs a time with its zone")
    return at


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
