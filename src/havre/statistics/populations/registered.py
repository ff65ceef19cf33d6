"""Children registered: every child with a case, in the month in which the first case was entered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from havre.access.models import Agency, Team
from havre.cases.models import Case
from havre.cases.rules import Status
from havre.core.words import N_
from havre.identification.models import Screening
from havre.infra.sealing import open_many
from havre.registration.models import Person
from havre.statistics.populations import axes, places
from havre.statistics.populations.axes import OTHER, UNKNOWN, Axis
from havre.statistics.populations.merging import same_children
from havre.statistics.populations.population import Counted, Population, Row, Scope

CODE: Final = "children_registered"
CONCERNS: Final = {
    "violence": frozenset({"physical_violence", "sexual_violence", "rape", "emotional_violence"}),
    "exploitation": frozenset({"child_labour", "hazardous_work", "worst_forms_labour", "sexual_exploitation", "trafficking_sale_abduction_forced_labour"}),
    "trafficking": frozenset({"trafficking_sale_abduction_forced_labour"}),
    "child_labour": frozenset({"child_labour", "hazardous_work", "worst_forms_labour"}),
    "neglect": frozenset({"neglect_physical", "neglect_emotional", "neglect_medical", "neglect_educational", "neglect_supervisory", "abandonment"}),
    "out_of_school": frozenset({"out_of_school"}),
    "no_documents": frozenset({"no_documentation_or_birth_reg", "statelessness"}),
    "detention": frozenset({"deprived_of_liberty"}),
    "child_marriage": frozenset({"child_marriage"}),
    "disability": frozenset({"functional_difficulty"}),
}
_TITLES: Final = {
    "violence": N_("Violence"), "exploitation": N_("Exploitation"), "trafficking": N_("Trafficking"), "child_labour": N_("Child labour"),
    "neglect": N_("Neglect or abandonment"), "out_of_school": N_("Out of school"), "no_documents": N_("No documents or no nationality"),
    "detention": N_("Deprived of liberty"), "child_marriage": N_("Child marriage"), "disability": N_("Functional difficulty"),
}
_CHUNK: Final = 2000
_PLAIN: Final = ("pk", "child_id", "screening_id", "team_id", "created_at", "concerns", "uasc_status", "population_group", "risk_level",
                 "identification_source", "child__sex", "child__age_min", "child__age_max")


def breakdown(scope: Scope) -> tuple[Axis, ...]:
    """The codebook."""
    return (
        axes.sex(), axes.age(), axes.place(scope.country), axes.month(scope.period), axes.nationality(), *places.places(),
        axes.code_list("status", N_("Alone or separated"), "#status+uasc", "uasc_status"),
        axes.code_list("group", N_("Group"), "#beneficiary+group", "population_group"),
        axes.code_list("risk", N_("Risk"), "#severity", "risk_level"),
        axes.code_list("source", N_("Who noticed the child"), "#modality+source", "identification_source"),
        *(axes.yes_no(name, title, f"#risk+{name}") for name, title in _TITLES.items()),
    )


def rows(scope: Scope, wanted: frozenset[str]) -> Iterator[Counted]:
    """One row for each child whose first case was entered in the period; duplicates and errors are left out."""
    agencies = list(Agency.objects.filter(country=scope.country).values_list("pk", flat=True))
    entered = Case.objects.filter(agency_id__in=agencies).exclude(status__in=[Status.DUPLICATE.value, Status.ENTERED_IN_ERROR.value])
    first = _first_of_each(list(entered.filter(created_at__lt=scope.end).values_list("pk", "file_id", "created_at")), scope)
    teams = _places(scope)
    met = _met(scope) if "place" in wanted else {}
    of_period = entered.filter(created_at__gte=scope.start, created_at__lt=scope.end).order_by("pk").values_list(*_PLAIN, named=True)
    for cases in batched((case for case in of_period.iterator(chunk_size=_CHUNK) if case.pk in first), _CHUNK):
        children = [case.child_id for case in cases]
        nations = _nations(children) if "nationality" in wanted else {}
        lived = places.placed(children, wanted)
        for case in cases:
            row = {**_row(case, teams, met, nations), **dict.fromkeys(places.AXES, UNKNOWN), **lived.get(case.child_id, {})}
            yield case.child_id, {name: code for name, code in row.items() if name in wanted}


def _first_of_each(entered: list[tuple[UUID, UUID, datetime]], scope: Scope) -> set[UUID]:
    """The case that counts for each child: the first that was entered, when that is in the period."""
    child = same_children(file for _, file, _ in entered)
    first: dict[UUID, tuple[datetime, UUID]] = {}
    for pk, file, at in entered:
        held = first.get(child[file])
        if held is None or (at, pk) < held:
            first[child[file]] = (at, pk)
    return {pk for at, pk in first.values() if at >= scope.start}


def _row(case: Any, teams: Mapping[UUID, str], met: Mapping[UUID, str], nations: Mapping[UUID, str]) -> Row:
    """The codes of one child from the plain columns of the case."""
    noted = set(case.concerns)
    here = met.get(case.screening_id) if case.screening_id else None
    return {
        "sex": UNKNOWN if case.child__sex == "unknown" else case.child__sex, "age": axes.age_code(case.child__age_min, case.child__age_max),
        "place": here or (teams.get(case.team_id, OTHER) if case.team_id else UNKNOWN), "month": axes.month_code(case.created_at),
        "nationality": nations.get(case.child_id, UNKNOWN),
        "status": UNKNOWN if case.uasc_status == "undetermined" else case.uasc_status,
        "group": case.population_group or UNKNOWN, "risk": case.risk_level or UNKNOWN, "source": case.identification_source or UNKNOWN,
        **{name: "yes" if noted & codes else "no" for name, codes in CONCERNS.items()},
    }


def _places(scope: Scope) -> dict[UUID, str]:
    known = set(axes.place(scope.country).codes)
    coded = {pk: axes.place_code(name) for pk, name in Team.objects.filter(agency__country=scope.country).values_list("pk", "name")}
    return {pk: code if code in known else OTHER for pk, code in coded.items()}


def _met(scope: Scope) -> dict[UUID, str]:
    """Screening -> the code of the place of its post, for the children registered in the period."""
    used = Case.objects.filter(created_at__gte=scope.start, created_at__lt=scope.end, screening_id__isnull=False).values("screening_id")
    return {pk: axes.place_code(post) for pk, post in Screening.objects.filter(pk__in=used).values_list("pk", "post")}


def _nations(people: Sequence[UUID]) -> dict[UUID, str]:
    """Person -> code of the first nationality written, opened for this count; the reading is audited."""
    held = list(Person.objects.filter(pk__in=people, nationalities__isnull=False).only("file_id", "heads", "nationalities").order_by("pk"))
    known = set(axes.nationality().codes)
    out: dict[UUID, str] = {}
    for person, values in zip(held, open_many(held, "nationalities"), strict=True):
        first = next((n for n in values["nationalities"] or () if n), None)
        out[person.pk] = UNKNOWN if first is None else first if first in known else OTHER
    return out


def batched(cases: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size`, in order."""
    these = iter(cases)
    while held := list(islice(these, size)):
        yield held


POPULATION: Final = Population(
    code=CODE, title=N_("Children registered"),
    counted=N_("Every child registered, in the month in which the first case was entered. A child registered twice counts once. "
               "Late entries count on the day of entry."),
    care=N_("A rise can mean more children, or more workers to meet them."),
    ledger=CODE, axes=breakdown, rows=rows)
