"""Which safeguards are met, which are not, why, and where is each mended?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.core.gates import GateResult, Severity
from havre.web.parts import fixes, reasons

_MARKS = {
    Severity.BLOCKS: ("no", "high", "no"),
    Severity.ACCEPTABLE: ("ask", "mid", "ask"),
    Severity.WARNS: ("ask", "mid", "ask"),
}
_ORDER = {Severity.BLOCKS: 0, Severity.ACCEPTABLE: 1, Severity.WARNS: 2}


@dataclass(frozen=True, slots=True)
class Row:
    """One safeguard, ready to be shown."""

    id: str
    title: str
    state: str
    icon: str
    colour: str
    tally: str
    why: str
    fix: tuple[str, str] | None


def state_words(result: GateResult) -> str:
    """Say the state of a safeguard in words."""
    if result.ok:
        return _("Met")
    if result.severity is Severity.BLOCKS:
        return _("Not met, blocks") if result.fix else _("Not met, waits")
    if result.severity is Severity.ACCEPTABLE:
        return _("Not met, a supervisor may accept a reason")
    return _("Take care")


def row(result: GateResult, params: Mapping[str, object]) -> Row:
    """Turn one result into words, a shape and the link that mends it."""
    icon, colour, tally = ("yes", "met", "") if result.ok else _MARKS[Severity(result.severity)]
    why = evidence_words(result) if result.ok else reasons.reason_words(result)
    fix = None if result.ok else fixes.link(result.fix, {**result.params, **params})
    return Row(result.id, reasons.title_words(result), state_words(result), icon, colour, tally, why, fix)


def evidence_words(result: GateResult) -> str:
    """Say what shows a met safeguard: words for codes; ids of records have none and are left out."""
    said = [_evidence(item, result.params) for item in result.evidence]
    return " ".join(part for part in said if part)


def _evidence(item: str, params: Mapping[str, object]) -> str:
    try:
        UUID(item)
    except ValueError:
        return reasons.EVIDENCE.say(item, params) if item in reasons.EVIDENCE.known else ""
    return ""


def tally_words(unmet: list[GateResult], total: int) -> str:
    """Count in a sentence: how many are met, block, wait for a supervisor, ask for care."""
    counts = {kind: sum(1 for r in unmet if r.severity is kind) for kind in Severity}
    met = total - len(unmet)
    said = [ngettext("%(met)s of %(n)s safeguard is met.", "%(met)s of %(n)s safeguards are met.", total) % {"met": met, "n": total}]
    if n := counts[Severity.BLOCKS]:
        said.append(ngettext("%(n)s safeguard blocks.", "%(n)s safeguards block.", n) % {"n": n})
    if n := counts[Severity.ACCEPTABLE]:
        said.append(ngettext("%(n)s can be accepted by a supervisor.", "%(n)s can be accepted by a supervisor.", n) % {"n": n})
    if n := counts[Severity.WARNS]:
        said.append(ngettext("%(n)s asks for care.", "%(n)s ask for care.", n) % {"n": n})
    return " ".join(said)


def safeguards(
    results: Iterable[GateResult], title: str = "", id: str = "safeguards", intro: str = "", **params: object
) -> dict[str, object]:
    """Show the safeguards of a step: unmet first (those that block before others), met ones folded.

    `params` are the url parameters that fix links need, such as `case=case.id`. A title makes it a section.
    """
    every = list(results)
    unmet = sorted((r for r in every if not r.ok), key=lambda r: (_ORDER[Severity(r.severity)], r.id))
    met = [r for r in every if r.ok]
    unmet_rows = [row(r, params) for r in unmet]
    return {
        "title": title,
        "id": id,
        "intro": intro,
        "tally": [""] * len(met) + [r.tally for r in reversed(unmet_rows)],
        "counted": tally_words(unmet, len(every)) if every else "",
        "unmet": unmet_rows,
        "met": [row(r, params) for r in met],
        "folded": ngettext("%(n)s safeguard met", "%(n)s safeguards met", len(met)) % {"n": len(met)},
    }
