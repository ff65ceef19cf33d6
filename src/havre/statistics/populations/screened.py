"""Children screened at first contact: every child met at a border or on the way, in the month in which the talk was sent."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from havre.access.models import Agency
from havre.core.words import N_
from havre.identification.models import Screening
from havre.statistics.populations import axes
from havre.statistics.populations.axes import UNKNOWN, Axis
from havre.statistics.populations.merging import same_children
from havre.statistics.populations.population import Counted, Population, Row, Scope

_NEEDS: Final = {"health": N_("Needs health care now"), "safety": N_("Needs safety now"), "interim_care": N_("Needs someone to look after them"),
                 "food_shelter": N_("Needs food or shelter")}
_SIGNS: Final = {"alone": N_("Was alone"), "with_unrelated_adult": N_("Was with an adult who is not family"), "fear_of_return": N_("Afraid to go back"),
                 "hurt": N_("Hurt"), "forced_or_controlled": N_("Forced or controlled")}


def breakdown(scope: Scope) -> tuple[Axis, ...]:
    """The codebook. Age and sex stand in sealed answers and are not counted here."""
    return (
        axes.place(scope.country), axes.month(scope.period),
        axes.code_list("outcome", N_("Most urgent step"), "#activity+outcome", "screening_outcome"),
        axes.flat("understood", N_("The child understood"), "#access+language", {
            "yes": {"en": "Yes", "fr": "Oui"}, "interpreter": {"en": "With an interpreter", "fr": "Avec interprète"},
            "no": {"en": "No", "fr": "Non"}}),
        *(axes.yes_no(f"need_{name}", title, f"#need+{name}") for name, title in _NEEDS.items()),
        *(axes.yes_no(f"sign_{name}", title, f"#risk+{name}") for name, title in _SIGNS.items()),
    )


def rows(scope: Scope, wanted: frozenset[str]) -> Iterator[Counted]:
    """One row for each child; several first contacts that led to the same child's file count once, in the month of the first."""
    agencies = list(Agency.objects.filter(country=scope.country).values_list("pk", flat=True))
    sent = list(Screening.objects.filter(file__agency_id__in=agencies, created_at__lt=scope.end).order_by("created_at", "pk").only(
        "pk", "file_id", "case_file", "created_at", "post", "outcomes", "understood", "needs", "flags"))
    child = same_children(row.case_file for row in sent if row.case_file)
    seen: set[UUID] = set()
    for row in sent:
        who = child[row.case_file] if row.case_file else row.file_id
        if who in seen:
            continue
        seen.add(who)
        if row.created_at >= scope.start:
            yield who, {name: code for name, code in _row(row).items() if name in wanted}


def _row(row: Screening) -> Row:
    return {
        "place": axes.place_code(row.post) or UNKNOWN, "month": axes.month_code(row.created_at), "outcome": row.outcomes[0] if row.outcomes else UNKNOWN,
        "understood": row.understood or UNKNOWN,
        **{f"need_{name}": "yes" if name in row.needs else "no" for name in _NEEDS},
        **{f"sign_{name}": "yes" if name in row.flags else "no" for name in _SIGNS},
    }


POPULATION: Final = Population(
    code="children_screened", title=N_("Children met at first contact"),
    counted=N_("Every child met at a border or on the way, in the month of the first talk that was sent. "
               "Talks that led to the same child count once; a child met twice who was never registered counts twice."),
    care=N_("It says how many were met, not how many passed."),
    ledger="children_screened", axes=breakdown, rows=rows)
