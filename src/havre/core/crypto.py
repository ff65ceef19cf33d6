"""How is a value sealed so that only its key, its place and its version open it?

With `keyring` the only importer of `cryptography`. AES-256-GCM for values and key wrapping, HPKE (RFC 9180)
to people, HKDF-SHA256, Argon2id (RFC 9106), Ed25519, TOTP (RFC 6238). Every failure to open is `Tampered`: a
wrong key, a changed byte and a value moved to another place cannot be told apart.
"""

import base64
import binascii
import hashlib
import hmac
import os
import struct
import unicodedata
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_FORMAT = 1
_HEADER = struct.Struct(">BI")
_NONCE_BYTES, _TAG_BYTES = 12, 16
_PERSON_FORMAT = b"\x01"  # X25519, HKDF-SHA256, AES-256-GCM; another number would name a hybrid suite
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_PERSON_INFO = b"havre sealed to a person 1|"
_WRAP_AAD = b"havre key wrap 1|"
_ARGON_MEMORY_KIB, _ARGON_PASSES = 64 * 1024, 3
_TOTP_STEP, _TOTP_DIGITS = 30, 6


class Tampered(ValueError):
    """The bytes are not what was sealed under this key for this place."""


def aad(table: str, record: UUID, field: str, version: int) -> bytes:
    """The place of a value as bytes; each part is length-prefixed, so two places never read the same."""
    parts = (table.encode(), record.bytes, field.encode(), str(version).encode())
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def new_data_key() -> bytes:
    """A fresh random 256-bit key."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plaintext: bytes, *, aad: bytes, key_version: int = 1) -> bytes:
    """Seal bytes: format (1) | key version (4) | nonce (12) | ciphertext | tag (16); all is authenticated."""
    header = _HEADER.pack(_FORMAT, key_version)
    nonce = os.urandom(_NONCE_BYTES)
    return header + nonce + AESGCM(_key(key)).encrypt(nonce, plaintext, header + aad)


def unseal(key: bytes, blob: bytes, *, aad: bytes) -> bytes:
    """The bytes that were sealed; Tampered when key, bytes or place are not those."""
    key_version(blob)
    body = _HEADER.size + _NONCE_BYTES
    header, nonce = blob[: _HEADER.size], blob[_HEADER.size : body]
    try:
        return AESGCM(_key(key)).decrypt(nonce, blob[body:], header + aad)
    except InvalidTag:
        raise Tampered("sealed value does not open") from None


def key_version(blob: bytes) -> int:
    """Which version of its key sealed this value (or which key wrapped it); Tampered if malformed."""
    if len(blob) < _HEADER.size + _NONCE_BYTES + _TAG_BYTES:
        raise Tampered("sealed value is too short")
    form, version = _HEADER.unpack_from(blob)
    if form != _FORMAT:
        raise Tampered("sealed value has an unknown format")
    return int(version)


def wrap(kek: bytes, key: bytes, aad: bytes, *, key_version: int = 1) -> bytes:
    """Seal a key under another key; `key_version` names the wrapping key."""
    return seal(kek, _key(key), aad=_WRAP_AAD + aad, key_version=key_version)


def unwrap(kek: bytes, blob: bytes, aad: bytes) -> bytes:
    """The key that was wrapped; Tampered otherwise. A sealed value is never taken for a wrapped key."""
    return unseal(kek, blob, aad=_WRAP_AAD + aad)


def _key(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key


def new_person_keys() -> tuple[bytes, bytes]:
    """A person's key pair (private, public) of 32 bytes each, X25519."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal_to(public: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Seal bytes to a person (HPKE base mode); `aad` is bound through the HPKE info."""
    return _PERSON_FORMAT + _SUITE.encrypt(
        plaintext, X25519PublicKey.from_public_bytes(public), info=_PERSON_INFO + aad
    )


def open_sealed(private: bytes, blob: bytes, aad: bytes) -> bytes:
    """The bytes sealed to this person for this place; Tampered otherwise."""
    if blob[:1] != _PERSON_FORMAT:
        raise Tampered("sealed value has an unknown format")
    try:
        return _SUITE.decrypt(blob[1:], X25519PrivateKey.from_private_bytes(private), info=_PERSON_INFO + aad)
    except InvalidTag:
        raise Tampered("sealed value does not open") from None


def hmac_token(key: bytes, text: str, size: int = 8) -> bytes:
    """A blind token: the first `size` bytes (1 to 32) of HMAC-SHA256, equal for equal texts."""
    if not 1 <= size <= 32:
        raise ValueError("a token has 1 to 32 bytes")
    return hmac.digest(_key(key), text.encode(), "sha256")[:size]


def derive(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key for one purpose (HKDF-SHA256); different purposes give unrelated keys."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"havre|" + purpose.encode()).derive(
        _key(key)
    )


def password_key(password: str, salt: bytes) -> bytes:
    """A 32-byte key from a password: Argon2id, 64 MiB, 3 passes, 1 lane, about 0.2 s. Salt of at least 16
    bytes.

    The password is normalised (NFKC), so that the same letters typed on another device open the same vault.
    """
    if len(salt) < 16:
        raise ValueError("a salt has at least 16 bytes")
    typed = unicodedata.normalize("NFKC", password).encode()
    slow = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=_ARGON_PASSES, lanes=1, memory_cost=_ARGON_MEMORY_KIB
    )
    return slow.derive(typed)


def new_signing_keys() -> tuple[bytes, bytes]:
    """An Ed25519 pair (private, public) of 32 bytes each."""
    private = new_data_key()
    return private, signing_public(private)


def signing_public(private: bytes) -> bytes:
    """The public half of an Ed25519 private key."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """The Ed25519 signature (64 bytes) of a message."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this key signed this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_totp_secret() -> str:
    """A secret for an authenticator app: 160 random bits in base 32."""
    return base64.b32encode(os.urandom(20)).decode()


def totp_code(secret: str, at: datetime) -> str:
    """The six digits that an authenticator shows at this (aware) time: RFC 6238, SHA-1, 30 seconds."""
    return _hotp(secret, _step(at))


def totp_verify(secret: str, code: str, at: datetime, window: int = 1) -> int | None:
    """The time step that the code belongs to, at most `window` steps away; None when it belongs to none.

    The caller keeps the step and refuses any code of that step or an earlier one: a code works once.
    """
    typed = "".join(c for c in unicodedata.normalize("NFKC", code) if not c.isspace())
    matched = None
    for step in range(_step(at) - window, _step(at) + window + 1):
        if hmac.compare_digest(_hotp(secret, step).encode(), typed.encode()):
            matched = step
    return matched


def _step(at: datetime) -> int:
    if at.utcoffset() is None:
        raise ValueError("a code needs a time with its zone")
    return int(at.timestamp()) // _TOTP_STEP


def _hotp(secret: str, counter: int) -> str:
    try:
        key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    except binascii.Error:
        raise ValueError("the secret is not base 32") from None
    mac = hmac.digest(key, counter.to_bytes(8, "big"), hashlib.sha1)
    start = mac[-1] & 0xF
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_TOTP_DIGITS:0{_TOTP_DIGITS}d}"
