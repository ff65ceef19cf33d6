"""How is one entry of the index opened, in memory and only there?"""

from uuid import UUID

from havre.core import crypto
from havre.infra import keys as data_keys
from havre.linkage.prepared import Prepared, read_json
from havre.registration.index.entry import IndexEntry


def place(person: UUID) -> bytes:
    """The place of sealed features, as AAD."""
    return crypto.aad(IndexEntry.TABLE, person, "features", 1)


def text_of(person: UUID, features: bytes, kek: int, wrapped: bytes) -> str | None:
    """What an entry holds, as it was sealed; None for one that does not open (moved, altered)."""
    try:
        key = crypto.unwrap(data_keys.ring().kek(kek), bytes(wrapped), crypto.aad("infra_data_key", person, "wrapped", 1))
        return crypto.unseal(key, bytes(features), aad=place(person)).decode()
    except (crypto.Tampered, ValueError):
        return None


def opened(person: UUID, features: bytes, kek: int, wrapped: bytes) -> Prepared | None:
    """The person in an entry, read through; None for one that does not open or does not read."""
    text = text_of(person, features, kek, wrapped)
    try:
        return None if text is None else read_json(text)
    except ValueError:
        return None
