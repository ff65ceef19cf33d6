"""What of our register lies ready for a peer? Keys of children whose family may be looked for, under a new secret each night.

A child is in the offer when what is known of her may be shown to find her family (her own yes, or whose it is at her age) and she
wants the search, or a supervisor decided it for her: the safeguards G01 and G15. All others are left out.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from havre.access.models import Agency
from havre.cases.models import Case
from havre.config.policies import policy_for
from havre.core import ids
from havre.core.problems import NothingHere
from havre.exchange.peers import keeping, permissions, wire
from havre.exchange.peers.managing import forget
from havre.exchange.peers.models import Peer, PeerOffer
from havre.exchange.peers.problems import PeerNoOffer, PeerPackageMissing
from havre.infra.actions import action
from havre.infra.keys import DataKey
from havre.infra.sealing import open_many
from havre.infra.unit import Unit
from havre.linkage.prepared import Prepared
from havre.linkage.private import bits_for, offer, private_keys
from havre.registration import rules
from havre.registration.agreements import as_agreement
from havre.registration.consents import Consent
from havre.registration.index.entry import IndexEntry
from havre.registration.index.opening import opened
from havre.tracing.gates import WishFacts, wish_to_trace
from havre.tracing.models import Wish

AT_ONCE: Final = 500
NOT_CHILDREN: Final = ("duplicate", "entered_in_error")


@action(permissions.OFFER)
def renew_offer(unit: Unit, *, peer: UUID) -> PeerOffer:
    """Make a new offer to a peer and forget the key of the last. Raises PeerPackageMissing, NothingHere for a removed peer."""
    row = Peer.objects.select_for_update(no_key=True).filter(pk=peer, removed_at=None).first()  # one renewal at a time; questions go on
    if row is None:
        raise NothingHere()
    secret = wire.question_secret(keeping.secret_of(row))
    cases = Case.objects.exclude(status__in=NOT_CHILDREN)
    bits = float(math.ceil(bits_for(cases.count())))  # whole bits tell less of how many there are
    try:
        made = offer((key for child in offered(unit.at) for key in private_keys(child, secret, "index", bits)), bits)
    except RuntimeError:
        raise PeerPackageMissing() from None
    for old in PeerOffer.objects.filter(peer=row, ours=True):
        forget(unit, old)
    id = ids.new_id()
    unit.detail["peer"] = str(peer)
    return PeerOffer.objects.create(id=id, peer=row, ours=True, key=keeping.seal_offer_key(id, made.key, unit.at), message=made.message,
                                    made_at=unit.at)


@action(permissions.OFFER)
def hand_offer(unit: Unit, *, peer: UUID) -> PeerOffer:
    """Our offer, asked for by a peer. Raises PeerNoOffer before the first night."""
    unit.detail["peer"] = str(peer)
    found = PeerOffer.objects.filter(peer_id=peer, ours=True).first()
    if found is None:
        raise PeerNoOffer()
    return found


def offered(at: datetime) -> Iterator[Prepared]:
    """The children of an offer as the index has them. Call as the system."""
    cases = Case.objects.exclude(status__in=NOT_CHILDREN).select_related("child").order_by("pk").iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(cases, AT_ONCE)):
        children = [case.child_id for case in chunk]
        keys = {row.subject: row for row in DataKey.objects.filter(subject__in=children, wrapped__isnull=False)}
        chosen = set(_agreed([case for case in chunk if case.child_id in keys], at))
        for entry in IndexEntry.objects.filter(person__in=chosen, role="child"):
            key = keys[entry.person]
            child = opened(entry.person, entry.features.blob, key.kek, bytes(key.wrapped or b"")) if entry.features else None
            if child is not None:
                yield child


def _agreed(cases: Sequence[Case], at: datetime) -> Iterator[UUID]:
    """The children of these cases for whom both safeguards hold."""
    consents, wishes = defaultdict(list), {}
    for consent in Consent.objects.filter(person_id__in=[case.child_id for case in cases]).order_by("given_at", "id"):
        consents[consent.person_id].append(as_agreement(consent))
    for wish in Wish.objects.filter(file_id__in=[case.file_id for case in cases]).order_by("said_at", "created_at"):
        wishes[wish.file_id] = WishFacts(wish.tracing, wish.exception, wish.exception and wish.exception_by is not None)
    countries = dict(Agency.objects.values_list("pk", "country"))
    births = open_many([case.child for case in cases], "birth_date", audited=False)
    for case, birth in zip(cases, births, strict=True):
        child = case.child
        ages = rules.ages(birth["birth_date"], child.age_min, child.age_max, child.recorded_on, at.date())
        needs = rules.needs(ages, policy_for(countries[case.agency_id]))
        said = rules.permits(consents[child.pk], "tracing_disclosure", needs, at)
        if said.allowed and wish_to_trace(wishes.get(case.file_id, WishFacts())).ok:
            yield child.pk
