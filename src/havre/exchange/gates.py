"""May this leave? Safeguards G30 and G42 on facts alone."""

from dataclasses import dataclass

from havre.core.gates import GateResult, met, unmet
from havre.exchange.rules import OWN_USE


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What is known of an export before it is made. `rows` and `cap` count children; `second` is whether a second person agreed."""

    purpose: str
    reason: bool
    recipient: bool
    agreement: bool
    fits_profile: bool
    rows: int
    cap: int
    second: bool = False


def recipient(facts: ExportFacts) -> GateResult:
    """G30: who receives is named, has an agreement, and may receive these fields. One's own use has no recipient."""
    if not facts.fits_profile:
        return unmet("G30", "profile_does_not_fit", "export", purpose=facts.purpose)
    if facts.purpose == OWN_USE:
        return met("G30", "own_use")
    if not facts.recipient:
        return unmet("G30", "no_recipient", "export")
    if not facts.agreement:
        return unmet("G30", "no_agreement", "export")
    return met("G30", "agreement")


def purpose(facts: ExportFacts) -> GateResult:
    """G42: the export has a purpose and a reason; beyond the cap a second person agrees."""
    if not facts.purpose or not facts.reason:
        return unmet("G42", "no_purpose", "export")
    if facts.rows > facts.cap and not facts.second:
        return unmet("G42", "second_person_needed", "export", cap=facts.cap)
    return met("G42", facts.purpose)


def export_gates(facts: ExportFacts) -> tuple[GateResult, ...]:
    """Everything that must hold before children's data leave."""
    return recipient(facts), purpose(facts)
