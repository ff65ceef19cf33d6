"""Agreements given, refused, excepted and taken back."""

from collections.abc import Iterable
from uuid import UUID

from havre.core.problems import InputRefused, NothingHere
from havre.core.words import N_
from havre.infra.actions import action
from havre.infra.jobs import announce
from havre.infra.unit import Unit
from havre.registration import permissions
from havre.registration.agreements import add_basis, add_consent, withdrawn
from havre.registration.consents import Consent
from havre.registration.inputs import ConsentInput
from havre.registration.people import Person
from havre.registration.rules import BASES


@action(permissions.CONSENT)
def record_consent(unit: Unit, *, person: UUID, given: ConsentInput) -> Consent:
    """Add one agreement event about a person. Earlier events stay as they are; the newest word counts."""
    record = unit.get(Person, person)
    if given.giver is not None and not Person.objects.filter(pk=given.giver, file_id=record.file_id).exists():
        raise NothingHere()
    event = add_consent(unit, record.file_id, record.pk, given)
    unit.note("consent_recorded", event, event=event.event, by=event.given_by)
    announce(unit, "consent_changed", event)
    return event


@action(permissions.CONSENT)
def record_legal_basis(unit: Unit, *, person: UUID, basis: str, reason: str = "") -> Consent:
    """Write on which legal basis information about a person is kept from now on; other than consent, with its reason."""
    record = unit.get(Person, person)
    if basis not in BASES:
        raise InputRefused({"legal_basis": [N_("Choose one of the answers.")]})
    if basis != "consent" and not reason.strip():
        raise InputRefused({"legal_reason": [N_("Write why this basis holds.")]})
    event = add_basis(unit, record.file_id, record.pk, basis, reason.strip())
    unit.note("legal_basis_recorded", event, basis=basis)
    announce(unit, "consent_changed", event)
    return event


@action(permissions.CONSENT)
def withdraw_consent(unit: Unit, *, consent: UUID, purposes: Iterable[str] = (), reason: str = "") -> Consent:
    """Take back some purposes of an earlier yes (all of them when none is named). It holds at once."""
    earlier = unit.get(Consent, consent)
    given = withdrawn(earlier, list(purposes) or list(earlier.answers), reason)
    if not given.answers:
        raise InputRefused({"purposes": [N_("Choose what is taken back.")]})
    event = add_consent(unit, earlier.file_id, earlier.person_id, given, withdraws=earlier.pk)
    unit.note("consent_withdrawn", event, by=event.given_by, purposes=sorted(given.answers))
    announce(unit, "consent_changed", event)
    return event
