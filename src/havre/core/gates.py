"""May this step happen now, and if not, what is missing and where is it mended?

The catalogue holds the safeguards G01–G45. The functions that judge facts live in each package's `gates.py`;
here is the shape of their answer and the rule that turns answers into refusals.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from havre.core.gate_titles import TITLES


class Severity(StrEnum):
    """What an unmet gate does: `!` blocks, `?` waits for a supervisor's reason, `~` only warns."""

    BLOCKS = "!"
    ACCEPTABLE = "?"
    WARNS = "~"


_STRICTNESS = {Severity.WARNS: 0, Severity.ACCEPTABLE: 1, Severity.BLOCKS: 2}


@dataclass(frozen=True, slots=True)
class GateInfo:
    """A safeguard as the catalogue knows it.

    `severity` is the strictest it has; `softer` names the milder ones the catalogue also allows (G27, G40).
    `applies_at` are codes of the steps it guards.
    """

    id: str
    title: str
    severity: Severity
    applies_at: tuple[str, ...]
    softer: tuple[Severity, ...] = ()


@dataclass(frozen=True, slots=True)
class GateResult:
    """One safeguard judged on facts.

    `reason` is a code ("" when met), `params` its numbers and codes (no personal data), `evidence` the ids
    or codes that show a met gate, `fix` the code of the screen or action that mends it ("" when nothing can
    be done now).
    """

    id: str
    ok: bool
    severity: Severity
    reason: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    fix: str = ""

    @property
    def title(self) -> str:
        """The safeguard in plain English, to be translated."""
        return CATALOGUE[self.id].title


def _catalogue() -> Mapping[str, GateInfo]:
    infos = (
        GateInfo(id, title, Severity(marks[0]), tuple(steps.split()), tuple(Severity(m) for m in marks[1:]))
        for id, marks, steps, title in TITLES
    )
    return MappingProxyType({info.id: info for info in infos})


CATALOGUE: Mapping[str, GateInfo] = _catalogue()


def met(gate: str, /, *evidence: str, **params: str | int) -> GateResult:
    """The safeguard holds; `evidence` are ids or codes of what shows it. Unknown gates raise KeyError."""
    return GateResult(gate, True, CATALOGUE[gate].severity, params=params, evidence=evidence)


def unmet(
    gate: str, reason: str, /, fix: str = "", severity: Severity | None = None, **params: str | int
) -> GateResult:
    """The safeguard does not hold, for `reason`; `fix` is where it is mended.

    `severity` may always be stricter than the catalogue, and milder only where the catalogue says so:
    anything else raises ValueError, for a gate softened in code would be a policy nobody agreed to.
    """
    info = CATALOGUE[gate]
    if not reason:
        raise ValueError(f"{gate}: an unmet gate needs a reason")
    chosen = info.severity if severity is None else severity
    if _STRICTNESS[chosen] < _STRICTNESS[info.severity] and chosen not in info.softer:
        raise ValueError(f"{gate} may not be softened to {chosen.value!r}")
    return GateResult(gate, False, chosen, reason=reason, params=params, fix=fix)


def refusals(
    results: Iterable[GateResult], accepted: Mapping[str, str] = MappingProxyType({})
) -> tuple[GateResult, ...]:
    """The results that stop the step: unmet and blocking, or acceptable without an accepted reason.

    `accepted` maps a gate id to the supervisor's reason; a blank reason accepts nothing, and a reason for a
    blocking gate changes nothing.
    """
    return tuple(r for r in results if not r.ok and _stops(r, accepted.get(r.id, "")))


def _stops(result: GateResult, reason: str) -> bool:
    if result.severity is Severity.ACCEPTABLE:
        return not reason.strip()
    return result.severity is Severity.BLOCKS
