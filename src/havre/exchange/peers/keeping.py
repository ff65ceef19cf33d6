"""How are the secret of a peer and the key of an offer kept? Each under a data key of its own, which can be forgotten."""

from datetime import datetime
from uuid import UUID

from havre.core import crypto
from havre.exchange.peers.models import Peer, PeerOffer
from havre.infra import keys


def seal_secret(peer: UUID, secret: bytes, at: datetime) -> bytes:
    """The secret of a new peer, sealed; makes its data key."""
    return crypto.seal(keys.make_key(peer, at), secret, aad=_place(Peer, peer, "secret"))


def secret_of(peer: Peer) -> bytes:
    """The shared secret, 32 bytes. Raises KeyErased for a peer that was removed."""
    return crypto.unseal(keys.data_key(peer.pk), bytes(peer.secret), aad=_place(Peer, peer.pk, "secret"))


def seal_offer_key(offer: UUID, key: bytes, at: datetime) -> bytes:
    """The key of a new offer, sealed; makes its data key."""
    return crypto.seal(keys.make_key(offer, at), key, aad=_place(PeerOffer, offer, "key"))


def offer_key(offer: PeerOffer) -> bytes:
    """The key of our own offer, 32 bytes."""
    return crypto.unseal(keys.data_key(offer.pk), bytes(offer.key or b""), aad=_place(PeerOffer, offer.pk, "key"))


def _place(model: type[Peer] | type[PeerOffer], row: UUID, field: str) -> bytes:
    return crypto.aad(model._meta.db_table, row, field, 1)
