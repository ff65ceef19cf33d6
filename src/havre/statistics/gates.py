"""May these numbers go out? Each function judges facts that hold no child: who asks, how readable, at what price, what is out already."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.core.gates import GateResult, met, unmet

MOST_ATTRIBUTES = 3


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One planned table: how many attributes it crosses, and from which count on its cells can be read."""

    attributes: int
    readable: int


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """A planned release. Prices are in billionths of rho; `overlaps` counts planned tables that are measured for these months already."""

    tables: Sequence[TableFacts]
    readable_most: int
    price: int
    left: int
    period_over: bool
    overlaps: int


def four_eyes(author: UUID, decides: UUID) -> GateResult:
    """G10: who decides is not who planned."""
    return unmet("G10", "author_decides") if author == decides else met("G10", "another_person")


def nobody_recognised(facts: ReleaseFacts) -> GateResult:
    """G41: the tables are few, broad and affordable enough that no child can be recognised, and none was measured before."""
    if not facts.tables:
        return unmet("G41", "no_tables", fix="write_release")
    if not facts.period_over:
        return unmet("G41", "period_not_over", fix="write_release")
    if any(table.attributes > MOST_ATTRIBUTES for table in facts.tables):
        return unmet("G41", "too_fine", fix="write_release", most=MOST_ATTRIBUTES)
    worst = max(table.readable for table in facts.tables)
    if worst > facts.readable_most:
        return unmet("G41", "not_readable", fix="write_release", readable=worst, most=facts.readable_most)
    if facts.overlaps:
        return unmet("G41", "measured_before", fix="write_release", tables=facts.overlaps)
    if facts.price > facts.left:
        return unmet("G41", "budget_too_small", fix="write_release")
    return met("G41", "within_budget")
