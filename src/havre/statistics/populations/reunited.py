"""Children reunited with their family: every child handed over, in the month of the hand-over."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from havre.core.words import N_
from havre.registration.models import Person
from havre.statistics.populations import axes
from havre.statistics.populations.axes import OTHER, UNKNOWN, Axis
from havre.statistics.populations.population import Counted, Population, Scope
from havre.tracing.models import Reunification
from havre.tracing.rules import ReunionState

_THERE: Final = (ReunionState.HANDED_OVER, ReunionState.AT_RISK, ReunionState.STABLE, ReunionState.BROKEN_DOWN)
_TO: Final = ("mother", "father", "stepmother", "stepfather", "grandmother", "grandfather", "sister", "brother", "aunt", "uncle")


def breakdown(scope: Scope) -> tuple[Axis, ...]:
    """The codebook."""
    return (
        axes.sex(), axes.age(), axes.month(scope.period),
        axes.code_list("relation", N_("Reunited with"), "#respondee+relation", "relationship_type", only=_TO),
        axes.code_list("type", N_("How it was done"), "#activity+type", "reunification_type"),
        axes.flat("result", N_("How it went"), "#status+reunification", {
            "stable": {"en": "Stable", "fr": "Stable"}, "followed": {"en": "Visits go on", "fr": "Visites en cours"},
            "ended": {"en": "Ended, it harmed or failed", "fr": "Échec de la réunification"}}),
    )


def rows(scope: Scope, wanted: frozenset[str]) -> Iterator[Counted]:
    """One row for each child handed over in the period; a second hand-over of the same child counts with the first."""
    done = Reunification.objects.filter(country=scope.country, state__in=[s.value for s in _THERE], done_at__lt=scope.end)
    seen: set[UUID] = set()
    first: list[Reunification] = []
    for row in done.order_by("done_at", "pk"):
        if row.child_person not in seen:
            seen.add(row.child_person)
            first.append(row)
    counted = [row for row in first if row.done_at is not None and row.done_at >= scope.start]
    people = Person.objects.in_bulk([row.child_person for row in counted])
    for row in counted:
        person = people.get(row.child_person)
        full = {
            "sex": UNKNOWN if person is None or person.sex == "unknown" else person.sex,
            "age": axes.age_code(person.age_min, person.age_max) if person is not None else UNKNOWN,
            "month": axes.month_code(row.done_at), "relation": row.relation or UNKNOWN,  # type: ignore[arg-type]
            "type": row.type or UNKNOWN, "result": _result(row.state)}
        yield row.child_person, {name: code for name, code in full.items() if name in wanted}


def _result(state: str) -> str:
    return {ReunionState.STABLE.value: "stable", ReunionState.BROKEN_DOWN.value: "ended", ReunionState.HANDED_OVER.value: "followed",
            ReunionState.AT_RISK.value: "followed"}.get(state, OTHER)


POPULATION: Final = Population(
    code="children_reunited", title=N_("Children reunited with their family"),
    counted=N_("Every child handed over to the family, in the month of the first hand-over."),
    care=N_("A reunification takes months: those of this period were mostly begun in an earlier one."),
    ledger="children_reunited", axes=breakdown, rows=rows)
