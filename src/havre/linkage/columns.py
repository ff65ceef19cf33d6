"""Which column of a file means what?

The canonical columns are documented in docs/reference/linkage-columns.md (`./run docs` writes it from `reference`). Headers are
matched to them automatically by name, or by an explicit map; columns of addresses and codes that no person
description has are compared as further fields of kind `text`, `code` or `number`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """How the values of a canonical column are read."""

    ID = "id"
    NAME = "name"
    DATE = "date"
    AGE = "age"
    SEX = "sex"
    PLACE = "place"
    LIST = "list"
    KIN = "kin"
    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Column:
    """A canonical column: its kind, what it means, and other headers it is known by."""

    name: str
    kind: Kind
    meaning: str
    also: tuple[str, ...] = ()


COLUMNS: Final[tuple[Column, ...]] = (
    Column("id", Kind.ID, "Identifier of the row within its file", ("rec_id", "record_id", "unique_id", "uuid", "case_id")),
    Column("given", Kind.NAME, "Given name", ("given_name", "first_name", "firstname", "forename", "prenom", "prénom")),
    Column("father", Kind.NAME, "Father's name", ("father_name", "name_father", "patronymic")),
    Column("grandfather", Kind.NAME, "Father's father's name", ("grandfather_name",)),
    Column("mother", Kind.NAME, "Mother's name", ("mother_name", "name_mother")),
    Column("family", Kind.NAME, "Family name", ("surname", "last_name", "lastname", "family_name", "nom")),
    Column("full_name", Kind.NAME, "Whole name in one column: given name first", ("name", "fullname", "nom_complet")),
    Column("nickname", Kind.NAME, "Nickname or other name", ("other_name", "alias")),
    Column("sex", Kind.SEX, "female, male or another code", ("gender", "sexe")),
    Column("birth_date", Kind.DATE, "Date of birth, ISO, may be partial", ("date_of_birth", "dob", "birthdate")),
    Column("age_min", Kind.AGE, "Youngest age in years at recorded_on", ("age",)),
    Column("age_max", Kind.AGE, "Oldest age in years at recorded_on"),
    Column("recorded_on", Kind.DATE, "Date on which the ages were true", ("registration_date", "date_recorded")),
    Column("origin", Kind.PLACE, "Place of origin, broad to narrow, separated by >", ("place_of_origin",)),
    Column("last_seen", Kind.PLACE, "Place last seen, broad to narrow, separated by >", ("last_location",)),
    Column("birth_place", Kind.PLACE, "Place of birth, broad to narrow, separated by >", ("place_of_birth",)),
    Column("languages", Kind.LIST, "Languages, separated by ;", ("language",)),
    Column("ethnicity", Kind.CODE, "Ethnic group", ("ethnic_group",)),
    Column("phones", Kind.LIST, "Telephone numbers, separated by ;", ("phone", "telephone")),
    Column("identifiers", Kind.LIST, "Document or registration numbers, separated by ;", ("identifier", "document_number")),
    Column("siblings", Kind.KIN, "Brothers and sisters: `Name (age)`, separated by ;"),
    Column("relatives", Kind.KIN, "Other relatives: `role: Name`, separated by ;"),
    Column("separation_date", Kind.DATE, "Date of separation, ISO, may be partial"),
    Column("separation_place", Kind.PLACE, "Place of separation, broad to narrow, separated by >"),
    Column("separation_cause", Kind.CODE, "Cause of separation: a code or a few words", ("cause_of_separation",)),
    Column("companions", Kind.KIN, "People who were with the child: names, separated by ;", ("accompanied_by",)),
    Column("features", Kind.LIST, "Marks of the body in free words, separated by ;", ("distinguishing_features", "physical_features")),
    Column("belongings", Kind.LIST, "Things carried in free words, separated by ;"),
    Column("agency", Kind.IGNORED, "Agency that keeps the record; never compared"),
    Column("street_number", Kind.NUMBER, "House number"),
    Column("street", Kind.TEXT, "Street", ("address_1", "address", "street_name")),
    Column("address_2", Kind.TEXT, "Second address line"),
    Column("suburb", Kind.TEXT, "Town, suburb or village without its hierarchy", ("city", "town", "locality", "village")),
    Column("postcode", Kind.CODE, "Postal code", ("postcode_fake", "zip", "zipcode", "postal_code")),
    Column("state", Kind.CODE, "State or province code", ("province",)),
    Column("email", Kind.TEXT, "Electronic mail address", ("e_mail", "mail")),
    Column("occupation", Kind.CODE, "Occupation"),
)  # fmt: skip
BY_NAME: Final = {column.name: column for column in COLUMNS}


def _header(text: str) -> str:
    return re.sub(r"[^\w]+", "_", text.strip().lower()).strip("_")


_KNOWN: Final = {_header(label): c.name for c in COLUMNS for label in (c.name, *c.also)}


def map_columns(headers: Iterable[str], explicit: Mapping[str, str] | None = None) -> dict[str, str]:
    """Canonical column -> header of the file. `explicit` maps header -> canonical column (or `ignore`).

    Raises ValueError for an explicit header or canonical column that does not exist. Further columns may be declared
    explicitly as `text:NAME`, `code:NAME` or `number:NAME`.
    """
    present = list(headers)
    out: dict[str, str] = {}
    ignored: set[str] = set()
    for header, canonical in (explicit or {}).items():
        if header not in present:
            raise ValueError(f"The file has no column “{header}”. It has: {', '.join(present)}.")
        if canonical == "ignore":
            ignored.add(header)
        elif canonical in BY_NAME or canonical.partition(":")[0] in (Kind.TEXT, Kind.CODE, Kind.NUMBER):
            out[canonical] = header
        else:
            raise ValueError(f"“{canonical}” is not a canonical column. Known: {', '.join(BY_NAME)}, ignore.")
    for header in present:
        found = _KNOWN.get(_header(header))
        if found and found not in out and header not in out.values() and header not in ignored:
            out[found] = header
    return out


PAGE: Final = """# Columns of files for `havre link` and `havre dedupe`

`havre link LEFT RIGHT --out FILE` and `havre dedupe FILE --out FILE` read CSV (UTF-8, a header row; comma, semicolon, tab or bar between
cells) or Parquet. Headers are recognised by the names below, capitals and spaces aside; any other header is named with
`--map HEADER=COLUMN` (for one file `--map-left`, `--map-right`; `HEADER=ignore` leaves a column out). Every column may be missing, and
so may every value: what is missing says nothing for or against. Names may stand in any script.

| column | kind | what it holds | other headers recognised |
|---|---|---|---|
{rows}

## How values are written

- Dates are ISO and may be partial: `2016`, `2016-05`, `2016-05-03`; `20160503` is read too. A year before 1500 is one of the Hijri or
  Solar Hijri calendar; dates that disagree are read as Ethiopian where letters, languages or places say that this calendar is in use.
- Ages are years at `recorded_on`. Give one age in `age_min`, or a range in both.
- Places run from broad to narrow: `Ethiopia > Tigray > Adi Beles`. Codes (P-codes) may stand for names.
- Several values are separated by `;`: `+251 911 000 000; 0911 000 001`.
- Siblings carry their age in brackets and further spellings after a slash: `Dawit/ዳዊት (5); Sara`.
- Companions are names alone: `Amina Saleh; Yusuf`. They agree with companions, siblings and relatives of the other side.
- Marks of the body, things carried and the cause of separation are a few words each, in one language in both files; a cause may be a code.
- Relatives carry their role: `aunt: Mersa Dahan; uncle: Ali`. Mother, father and grandfather have their own columns.
- Names after the given name in `full_name` are read by position: father, then grandfather or family name.
- `id` must be different in every row. Without it, rows are numbered from 1.

Columns that no description of a person has are compared as well when both files hold them: those of an address above,
and any other declared by kind: `--map colour=text:colour` (compared by likeness), `code:` (equal, one character apart, or beginning the
same), `number:`.

## The result

`havre link` writes one row for each pair with a probability of at least `--minimum` (0.05), or of one family: `left_id`, `right_id`,
`probability` that both are one person, `family_probability` that they are close relatives, `verdict` (`match`,
`family`, `lookalike`), and for each field `…_level` (how well it agrees) and `…_weight` (natural logarithm of how much
more usual that is for one person than for two unrelated ones of one community; empty where a side does not know).

`havre dedupe` writes one row for each row of the file: `id`, `group` (the id of the first row of its group) and `rows` (how many rows the
group has); `--pairs FILE` also writes the pairs, in the form above.

With `--truth FILE` (two columns: the ids of each true pair) precision, recall and F1 are printed. `--report FILE.html` writes a page to
read: how probabilities are spread, the pairs to look at first with what speaks for and against, and by letters and language; with
`--truth` also precision and recall at each probability and whether probabilities mean what they say.

A run that was stopped goes on where it was: give the same command again. Finished parts wait in a folder beside the result (`--work`
names another).
"""


def reference() -> str:
    """The reference page of the columns, in Markdown."""
    rows = (f"| `{c.name}` | {c.kind} | {c.meaning} | {', '.join(f'`{a}`' for a in c.also)} |" for c in COLUMNS)
    return PAGE.replace("{rows}", "\n".join(rows))


def kind_of(canonical: str) -> Kind:
    """The kind of a canonical column, declared ones (`text:street`) included."""
    kind, separator, _ = canonical.partition(":")
    return Kind(kind) if separator else BY_NAME[canonical].kind
