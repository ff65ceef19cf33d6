"""Children registered: every child with a case, in the month in which the first case was entered."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from havre.access.models import Agency, Team
from havre.cases.models import Case
from havre.cases.rules import Status
from havre.core.words import N_
from havre.identification.models import Screening
from havre.infra.sealing import open_many
from havre.registration.models import Person
from havre.statistics.populations import axes
from havre.statistics.populations.axes import OTHER, UNKNOWN, Axis
from havre.statistics.populations.merging import same_children
from havre.statistics.populations.population import Counted, Population, Row, Scope

CODE: Final = "children_registered"
CONCERNS: Final = {
    "violence": ("physical_violence", "sexual_violence", "rape", "emotional_violence"),
    "exploitation": ("child_labour", "hazardous_work", "worst_forms_labour", "sexual_exploitation", "trafficking_sale_abduction_forced_labour"),
    "trafficking": ("trafficking_sale_abduction_forced_labour",),
    "child_labour": ("child_labour", "hazardous_work", "worst_forms_labour"),
    "neglect": ("neglect_physical", "neglect_emotional", "neglect_medical", "neglect_educational", "neglect_supervisory", "abandonment"),
    "out_of_school": ("out_of_school",),
    "no_documents": ("no_documentation_or_birth_reg", "statelessness"),
    "detention": ("deprived_of_liberty",),
    "child_marriage": ("child_marriage",),
    "disability": ("functional_difficulty",),
}
_TITLES: Final = {
    "violence": N_("Violence"), "exploitation": N_("Exploitation"), "trafficking": N_("Trafficking"), "child_labour": N_("Child labour"),
    "neglect": N_("Neglect or abandonment"), "out_of_school": N_("Out of school"), "no_documents": N_("No documents or no nationality"),
    "detention": N_("Deprived of liberty"), "child_marriage": N_("Child marriage"), "disability": N_("Functional difficulty"),
}
_CHUNK: Final = 2000


def breakdown(scope: Scope) -> tuple[Axis, ...]:
    """The codebook."""
    return (
        axes.sex(), axes.age(), axes.place(scope.country), axes.month(scope.period), axes.nationality(),
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
    chosen = sorted(first)
    places = _places(scope)
    for start in range(0, len(chosen), _CHUNK):
        cases = list(Case.objects.filter(pk__in=chosen[start:start + _CHUNK]).select_related("child").order_by("pk"))
        nations = _nations([case.child for case in cases]) if "nationality" in wanted else {}
        teams = _teams(cases) if "place" in wanted else {}
        for case in cases:
            yield case.child_id, {name: code for name, code in _row(case, places, teams, nations).items() if name in wanted}


def _first_of_each(entered: list[tuple[UUID, UUID, datetime]], scope: Scope) -> list[UUID]:
    """The case that counts for each child: the first that was entered, when that is in the period."""
    child = same_children(file for _, file, _ in entered)
    first: dict[UUID, tuple[datetime, UUID]] = {}
    for pk, file, at in entered:
        held = first.get(child[file])
        if held is None or (at, pk) < held:
            first[child[file]] = (at, pk)
    return [pk for at, pk in first.values() if at >= scope.start]


def _row(case: Case, places: dict[UUID, str], teams: dict[UUID, str], nations: dict[UUID, str]) -> Row:
    person: Person = case.child
    met = teams.get(case.screening_id) if case.screening_id else None
    noted = set(case.concerns)
    return {
        "sex": UNKNOWN if person.sex == "unknown" else person.sex, "age": axes.age_code(person.age_min, person.age_max),
        "place": met or (places.get(case.team_id, OTHER) if case.team_id else UNKNOWN), "month": axes.month_code(case.created_at),
        "nationality": nations.get(person.pk, UNKNOWN),
        "status": UNKNOWN if case.uasc_status == "undetermined" else case.uasc_status,
        "group": case.population_group or UNKNOWN, "risk": case.risk_level or UNKNOWN, "source": case.identification_source or UNKNOWN,
        **{name: "yes" if noted & set(codes) else "no" for name, codes in CONCERNS.items()},
    }


def _places(scope: Scope) -> dict[UUID, str]:
    known = set(axes.place(scope.country).codes)
    coded = {pk: axes.place_code(name) for pk, name in Team.objects.filter(agency__country=scope.country).values_list("pk", "name")}
    return {pk: code if code in known else OTHER for pk, code in coded.items()}


def _teams(cases: list[Case]) -> dict[UUID, str]:
    """Screening -> the code of the place of its post."""
    met = Screening.objects.filter(pk__in=[c.screening_id for c in cases if c.screening_id]).values_list("pk", "post")
    return {pk: axes.place_code(post) for pk, post in met}


def _nations(people: list[Person]) -> dict[UUID, str]:
    """Person -> code of the first nationality written, opened for this count; the reading is audited."""
    held = [p for p in people if p.nationalities is not None]
    known = set(axes.nationality().codes)
    out: dict[UUID, str] = {}
    for person, values in zip(held, open_many(held, "nationalities"), strict=True):
        first = next((n for n in values["nationalities"] or () if n), None)
        out[person.pk] = UNKNOWN if first is None else first if first in known else OTHER
    return out


POPULATION: Final = Population(
    code=CODE, title=N_("Children registered"),
    counted=N_("Every child registered, in the month in which the first case was entered. A child registered twice counts once. "
               "Late entries count on the day of entry."),
    care=N_("A rise can mean more children, or more workers to meet them."),
    ledger=CODE, axes=breakdown, rows=rows)
