"""Who are the children of these files? Opened together: one query for the rows, one for the keys, one audit entry."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from havre.access.queries import scoped
from havre.cases.facts import ages
from havre.core.actor import Actor
from havre.core.problems import KeyErased
from havre.infra.keys import DataKey
from havre.infra.sealing import open_many
from havre.registration.models import Person

OF_WHOM = ("child", "sought_child")


@dataclass(frozen=True, slots=True)
class Named:
    """The child of a file: names as stored, the youngest and oldest she can be today, sex, languages."""

    names: Sequence[Mapping[str, Any]]
    age: tuple[int | None, int | None]
    sex: str
    languages: tuple[str, ...]


def names_of_files(actor: Actor, files: Collection[UUID], today: date) -> dict[UUID, Named]:
    """The child each file is about, for those files the actor may open. A child whose data were erased is left out."""
    if not files:
        return {}
    rows: list[Person] = list(scoped(Person, actor).filter(file_id__in=set(files), role__in=OF_WHOM))
    return {row.file_id: Named(values["names"] or (), ages(row, today), row.sex, tuple(row.languages))
            for row, values in opened(rows, "names")}


def opened(rows: Sequence[Person], *fields: str) -> list[tuple[Person, dict[str, Any]]]:
    """Rows with their plain values; people who were erased are left out."""
    try:
        return list(zip(rows, open_many(rows, *fields), strict=True))
    except KeyErased:
        kept = set(DataKey.objects.filter(subject__in={r.subject_id() for r in rows}, wrapped__isnull=False)
                   .values_list("subject", flat=True))
        left = [row for row in rows if row.subject_id() in kept]
        return list(zip(left, open_many(left, *fields), strict=True))
