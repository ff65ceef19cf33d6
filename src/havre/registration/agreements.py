"""How are agreements written and read? Events only ever come on top of one another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.core.problems import InputRefused
from havre.core.words import N_
from havre.infra import sealing
from havre.infra.unit import Unit
from havre.registration import consents, rules
from havre.registration.consents import Consent
from havre.registration.inputs import ConsentInput
from havre.registration.rules import Agreement


def add_consent(unit: Unit, file: UUID, person: UUID, given: ConsentInput, *, withdraws: UUID | None = None) -> Consent:
    """Write one agreement event. Raises InputRefused for unknown answers or an exception without a reason."""
    values = _checked(given, unit.at)
    return unit.create(Consent, file=file, person_id=person, withdraws=withdraws, **values)


def add_basis(unit: Unit, file: UUID, person: UUID, basis: str, reason: str) -> Consent:
    """Write on which legal basis information about a person is held, and why when it is not consent."""
    return unit.create(Consent, file=file, person_id=person, event="basis", given_by="other", basis=basis, given_at=unit.at,
                       reasons={"basis": reason} if reason else None)


def agreements(person: UUID) -> list[Agreement]:
    """Every agreement event about a person as the rules see it, oldest first. Reads no sealed value."""
    return [as_agreement(row) for row in Consent.objects.filter(person_id=person).order_by("given_at", "id")]


def as_agreement(row: Consent) -> Agreement:
    """A stored event as the rules see it. An exception cannot be stored without its reason (see `add_consent`)."""
    return Agreement(row.pk, row.given_by, row.type, row.mode, row.event, row.answers, row.given_at, row.expires_at, row.exception,
                     reasoned=row.event == "exception" and row.reasons is not None)


def as_asked(given: ConsentInput, id: UUID, at: datetime) -> Agreement:
    """An agreement not stored yet as the rules see it."""
    reasoned = given.event == "exception" and bool(str(given.reasons.get("exception", "")).strip())
    return Agreement(id, given.given_by, given.type, given.mode, given.event, dict(given.answers), given.given_at or at,
                     given.expires_at, given.exception, reasoned)


def reasons_of(rows: Sequence[Consent]) -> list[Mapping[str, str]]:
    """The reasons given with agreement events, in order; the reading is audited."""
    return [opened["reasons"] or {} for opened in sealing.open_many(rows, "reasons")]


def _checked(given: ConsentInput, at: datetime) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    for name, allowed in (("given_by", consents.GIVERS), ("type", consents.TYPES), ("mode", consents.MODES), ("event", consents.EVENTS)):
        if getattr(given, name) not in allowed:
            errors[name] = [N_("Choose one of the answers.")]
    unknown = [p for p, a in given.answers.items() if p not in rules.PURPOSES or a not in rules.ANSWERS]
    if unknown or (given.event in {"given", "refused", "withdrawn"} and not given.answers):
        errors["answers"] = [N_("Answer yes, no or never for each use.")]
    reasons = {k: str(v).strip() for k, v in given.reasons.items() if str(v).strip()}
    if given.event == "exception":
        if given.exception not in consents.EXCEPTIONS:
            errors["exception"] = [N_("Choose why the agreement was not asked or not followed.")]
        if not reasons.get("exception"):
            errors["exception_reason"] = [N_("Write the reason for the exception.")]
    if given.expires_at is not None and given.expires_at <= (given.given_at or at):
        errors["expires_at"] = [N_("The end must be in the future.")]
    if errors:
        raise InputRefused(errors)
    return {
        "event": given.event, "given_by": given.given_by, "giver_id": given.giver, "type": given.type, "mode": given.mode,
        "language": given.language, "interpreter": given.interpreter, "interpreter_sworn": given.interpreter_sworn,
        "answers": dict(given.answers), "given_at": given.given_at or at, "expires_at": given.expires_at,
        "exception": given.exception if given.event == "exception" else "", "reasons": reasons or None,
        "withheld": list(given.withheld) or None, "capacity_note": given.capacity_note or None}


def withdrawn(event: Consent, purposes: Iterable[str], reason: str) -> ConsentInput:
    """The event that takes back some (or all) purposes of an earlier one."""
    chosen = [p for p in purposes if event.answers.get(p) == "yes"]
    return ConsentInput(given_by=event.given_by, event="withdrawn", type=event.type, mode=event.mode, language=event.language,
                        giver=event.giver_id, answers=dict.fromkeys(chosen, "no"),
                        reasons={"withdrawn": reason} if reason else {})
