"""How is each of our codes said in the standards that others use?

Rows of `crosswalk.csv`. A row without `code` maps a whole list to a field of the standard, `value` then says
more or nothing. `verified` is false where the code of the other standard was not read in its own text: check
before promising it to a partner. `since` is the version of the cross-walk that brought the row.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VERSION = 1
STANDARDS = ("interagency_forms", "unhcr_specific_needs", "htcds_2", "dtm_idac", "isic_4")


@dataclass(frozen=True, slots=True)
class Mapping:
    """One correspondence between a code of ours, or a whole list (`code` is None), and a standard."""

    concept: str
    list: str
    code: str | None
    standard: str
    field: str
    value: str
    verified: bool
    since: int


@cache
def crosswalk() -> tuple[Mapping, ...]:
    """Every correspondence, in the order of the file."""
    text = files("havre.reference").joinpath("crosswalk.csv").read_text("utf-8")
    return tuple(_mapping(row) for row in csv.DictReader(text.splitlines()))


def to_standard(list_name: str, code: str, standard: str) -> tuple[Mapping, ...]:
    """What a code of ours becomes in a standard; several for a code of several sides, or none."""
    return tuple(
        row for row in crosswalk() if (row.list, row.code, row.standard) == (list_name, code, standard)
    )


def from_standard(standard: str, value: str) -> tuple[Mapping, ...]:
    """The codes of ours that a value of a standard stands for."""
    return tuple(row for row in crosswalk() if row.code and (row.standard, row.value) == (standard, value))


def _mapping(row: dict[str, str]) -> Mapping:
    return Mapping(
        concept=row["concept"],
        list=row["list"],
        code=row["code"] or None,
        standard=row["standard"],
        field=row["field"],
        value=row["value"],
        verified=row["verified"] == "yes",
        since=int(row["since"]),
    )
