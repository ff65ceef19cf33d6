"""How is one entry of the index opened, in memory and only there?"""

from uuid import UUID

from havre.core import crypto
from havre.infra import keys as data_keys
from havre.linkage.prepared import Prepared
from havre.registration.index.contents import Contents, read
from havre.registration.index.entry import IndexEntry


def place(person: UUID) -> bytes:
    """The place of sealed features, as AAD."""
    return crypto.aad(IndexEntry.TABLE, person, "features", 1)


def contents_of(person: UUID, features: bytes, kek: int, wrapped: bytes) -> Contents | None:
    """What an entry holds; None for one that does not open (moved, altered) or is not as entries are written."""
    try:
        key = crypto.unwrap(data_keys.ring().kek(kek), bytes(wrapped), crypto.aad("infra_data_key", person, "wrapped", 1))
        return read(crypto.unseal(key, bytes(features), aad=place(person)))
    except crypto.Tampered:
        return None


def opened(person: UUID, features: bytes, kek: int, wrapped: bytes) -> Prepared | None:
    """The person in an entry, read through; None for one that does not open or does not read."""
    held = contents_of(person, features, kek, wrapped)
    return None if held is None else held.person()
