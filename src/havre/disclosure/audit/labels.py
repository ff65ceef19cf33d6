"""Does a category that only one child holds ever come out, though no public codebook has it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from havre.disclosure.audit.bounds import CONFIDENCE, at_most
from havre.disclosure.audit.mechanism import Cells, Mechanism, People, Person


@dataclass(frozen=True)
class LabelAudit:
    """`shown` of `runs` outputs named the category; the true rate is at most `rate` with `confidence`."""

    shown: int
    runs: int
    confidence: float
    rate: float

    @property
    def exceeded(self) -> bool:
        """One is too many."""
        return self.shown > 0


def label_audit(mechanism: Mechanism, people: People, person: Person, attribute: str, label: str, *, runs: int = 1000, seed: int = 0,
                confidence: float = CONFIDENCE, told: Callable[[int], None] | None = None) -> LabelAudit:
    """Give one child a category of its own and look for it in `runs` outputs. ValueError when someone else holds it as well."""
    if any(other.get(attribute) == label for other in people):
        raise ValueError("the category must be held by nobody else")
    release = mechanism([*people, {**person, attribute: label}])
    shown = 0
    for run in range(runs):
        shown += _names(release(seed + run), label)
        if told is not None:
            told(run + 1)
    return LabelAudit(shown, runs, confidence, at_most(shown, runs, 1 - confidence))


def _names(cells: Cells, label: str) -> bool:
    """Does any part of the output hold the category, by whatever attribute?"""
    return any(label in code or label in name for combo in cells for name, code in combo)
