"""Who is told when something happens in a domain above? One table: event -> functions `(unit, record)` by dotted path.

`OPEN_MATTERS` is the second table: functions `(file) -> list of codes` that say what is still open for a child, asked
before a case is closed (G36). A code has its words in the web layer and, as a fix, the place where it is ended.
"""

from typing import Final

WIRING: Final[dict[str, tuple[str, ...]]] = {
    "values_disputed": ("havre.cases.tasks.values_disputed",),
    "screening_referred": ("havre.cases.tasks.screening_referred",),
    "screening_acknowledged": ("havre.cases.tasks.screening_acknowledged",),
    "focal_point_asked": ("havre.cases.asking.focal_point_asked",),
    "sibling_accepted": ("havre.cases.asking.sibling_accepted",),
    "person_indexed": ("havre.tracing.matching.person_indexed",),
    "consent_changed": ("havre.tracing.matching.consent_changed",),
}

OPEN_MATTERS: Final[tuple[str, ...]] = (
    "havre.cases.matters.own_matters",
    "havre.tracing.queries.open_matters",
)
