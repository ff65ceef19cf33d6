"""Children whose family is looking for them: every child sought, in the month in which the first request was entered."""

from collections.abc import Iterator
from typing import Final

from havre.core.words import N_
from havre.statistics.populations import axes
from havre.statistics.populations.axes import OTHER, UNKNOWN, Axis
from havre.statistics.populations.population import Counted, Population, Scope
from havre.tracing.models import TracingRequest
from havre.tracing.rules import TracingStatus

_FOUND: Final = (TracingStatus.LOCATED, TracingStatus.VERIFICATION_PENDING, TracingStatus.VERIFIED, TracingStatus.REUNIFIED,
                 TracingStatus.CONTACT_RESTORED)
_ENDED: Final = (TracingStatus.UNTRACEABLE, TracingStatus.RELATIVE_DECEASED)
_NEAR: Final = ("mother", "father", "stepmother", "stepfather", "grandmother", "grandfather", "sister", "brother", "aunt", "uncle")


def breakdown(scope: Scope) -> tuple[Axis, ...]:
    """The codebook."""
    return (
        axes.sex(), axes.age(), axes.month(scope.period),
        axes.code_list("cause", N_("Cause of separation"), "#indicator+cause", "separation_cause"),
        axes.code_list("relation", N_("Who is looking"), "#respondee+relation", "relationship_type", only=_NEAR),
        axes.flat("result", N_("Result so far"), "#status+tracing", {
            "open": {"en": "Still looking", "fr": "Recherche en cours"}, "found": {"en": "Found", "fr": "Enfant retrouvé"},
            "closed": {"en": "Closed, not found", "fr": "Close sans résultat"}}),
    )


def rows(scope: Scope, wanted: frozenset[str]) -> Iterator[Counted]:
    """One row for each request entered in the period: a request is about one child, and a child has one request in a file."""
    asked = TracingRequest.objects.filter(file__agency__country=scope.country, created_at__gte=scope.start, created_at__lt=scope.end)
    for row in asked.select_related("sought").order_by("pk").iterator(chunk_size=2000):
        person = row.sought
        full = {
            "sex": UNKNOWN if person.sex == "unknown" else person.sex, "age": axes.age_code(person.age_min, person.age_max),
            "month": axes.month_code(row.created_at), "cause": row.separation_cause or UNKNOWN,
            "relation": row.relation or UNKNOWN, "result": _result(row.status)}
        yield row.pk, {name: code for name, code in full.items() if name in wanted}


def _result(status: str) -> str:
    """The three results a reader needs; a request that nobody pursues is *other*."""
    if status in _FOUND:
        return "found"
    if status in _ENDED:
        return "closed"
    return OTHER if status in {TracingStatus.NOT_WANTED, TracingStatus.SUSPENDED} else "open"


POPULATION: Final = Population(
    code="children_sought", title=N_("Children whose family is looking for them"),
    counted=N_("Every request to find a child, in the month in which it was entered. Two relatives who ask apart count as two."),
    care=N_("Requests say who asked us, not how many children are missing."),
    ledger="children_sought", axes=breakdown, rows=rows)
