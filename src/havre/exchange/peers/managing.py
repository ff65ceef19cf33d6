"""How does another instance become a peer, and how does it stop being one? Done by an administrator at a terminal."""

import secrets as random
from uuid import UUID

from django.db.models import Sum

from havre.core import ids
from havre.core.problems import InputRefused, NothingHere
from havre.core.words import N_
from havre.exchange.peers import keeping, permissions, wire
from havre.exchange.peers.client import check_address
from havre.exchange.peers.models import Peer, PeerOffer
from havre.infra import keys
from havre.infra.actions import action
from havre.infra.unit import Unit

KNOWN = N_("Another instance has this name, or this secret. Remove it first, or choose another.")


def new_secret() -> bytes:
    """A secret for a new pair, 32 bytes."""
    return random.token_bytes(32)


@action(permissions.MANAGE)
def add_peer(unit: Unit, *, name: str, address: str, contact: str, secret: bytes, side: int) -> Peer:
    """Add a peer and prepare an offer for it. Raises InputRefused for an address that is not https, no contact or a known name."""
    errors: dict[str, list[str]] = {}
    if not name.strip():
        errors["name"] = [N_("Give the other instance a name.")]
    if not contact.strip():
        errors["contact"] = [N_("Say how its focal point is reached: that is what an officer is told.")]
    try:
        check_address(address)
    except ValueError:
        errors["address"] = [N_("The address must begin with https:// and hold nothing but a host and a path.")]
    if Peer.objects.filter(name=name.strip(), removed_at=None).exists() or Peer.objects.filter(handle=wire.handle(secret)).exists():
        errors["name"] = [KNOWN]
    if errors:
        raise InputRefused(errors)
    id = ids.new_id()
    peer = Peer.objects.create(id=id, name=name.strip(), address=address.strip().rstrip("/"), contact=contact.strip(), side=side,
                               handle=wire.handle(secret), secret=keeping.seal_secret(id, secret, unit.at), added_at=unit.at)
    unit.detail["peer"] = str(id)
    unit.defer("exchange.renew_offer", peer=id)
    return peer


@action(permissions.MANAGE)
def remove_peer(unit: Unit, *, name: str) -> Peer:
    """End the pair: the secret and the keys of both offers are forgotten for good; what was asked stays with its requests."""
    peer = Peer.objects.filter(name=name.strip(), removed_at=None).first()
    if peer is None:
        raise NothingHere()
    for offer in PeerOffer.objects.filter(peer=peer):
        forget(unit, offer)
    keys.erase(peer.pk, unit.at)
    peer.removed_at = unit.at
    peer.save(update_fields=["removed_at"])
    unit.detail["peer"] = str(peer.pk)
    return peer


def forget(unit: Unit, offer: PeerOffer) -> None:
    """Take an offer away, and its key for good."""
    keys.erase(offer.pk, unit.at)
    offer.delete()


def known() -> list[tuple[Peer, PeerOffer | None, int]]:
    """Every peer in use, by name, with our offer to it and how many questions it has asked."""
    out = []
    for peer in Peer.objects.filter(removed_at=None).order_by("name"):
        offer = PeerOffer.objects.filter(peer=peer, ours=True).defer("message").first()
        out.append((peer, offer, peer.days.aggregate(n=Sum("received"))["n"] or 0))
    return out


def peer_in_use(id: UUID) -> Peer | None:
    """The peer, unless it was removed."""
    return Peer.objects.filter(pk=id, removed_at=None).first()
