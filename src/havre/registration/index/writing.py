"""How does a person come into the blind index, and out of it? In the transaction that writes the person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from havre import linkage
from havre.access.models import File
from havre.core import crypto
from havre.infra import keys as data_keys
from havre.infra import sealing
from havre.infra.jobs import announce
from havre.infra.unit import Unit
from havre.registration.index.contents import sealed
from havre.registration.index.describing import Kin, description_of, inverse
from havre.registration.index.entry import IndexEntry
from havre.registration.index.opening import place
from havre.registration.index.rewriting import written_as
from havre.registration.index.tokens import tokens
from havre.registration.kin import Relationship
from havre.registration.people import Person

PLAIN = ("role", "sex", "age_min", "age_max", "recorded_on", "languages")
SEALED = ("names", "birth_date", "phones", "identifiers", "origin", "last_seen", "separation", "ethnicity", "features")

UPSERT = f"""insert into {IndexEntry.TABLE} (person, file_id, agency_id, role, tokens, features, updated_at, written_as)
 values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (person) do update set file_id = excluded.file_id,
 agency_id = excluded.agency_id, role = excluded.role, tokens = excluded.tokens, features = excluded.features,
 updated_at = excluded.updated_at, written_as = excluded.written_as"""


def values_of(people: Sequence[Person]) -> dict[UUID, dict[str, Any]]:
    """Plain values of what linkage reads, by person. For the index only: not audited, never shown."""
    opened = sealing.open_many(people, *SEALED, audited=False)
    return {p.pk: {name: getattr(p, name) for name in PLAIN} | sealed for p, sealed in zip(people, opened, strict=True)}


def row_of(values: Mapping[str, Any], kin: Iterable[Kin], *, person: UUID, file: UUID, agency: UUID, role: str, key: bytes,
           index_key: bytes, at: datetime) -> tuple[Any, ...]:
    """The row of one person: tokens and sealed features."""
    described = description_of(values, kin, agency=str(agency), person=str(person))
    held = tokens(index_key, linkage.keys(described, "index"))
    features = crypto.seal(key, sealed(described), aad=place(person))
    return (person, file, agency, role, held, features, at, written_as())


def reindex(unit: Unit, file: UUID, only: Iterable[UUID] | None = None) -> None:
    """Write the index rows of people of a file (all, or `only` some) as they stand now; those concerned are announced.

    A person's row holds the names of their relatives, so a change of one name rewrites the rows of the relatives.
    """
    for person in write([file], unit.at, only):
        announce(unit, "person_indexed", person)


def write(files: Collection[UUID], at: datetime, only: Iterable[UUID] | None = None) -> list[Person]:
    """Write the index rows of people of some files as they stand now and tell nobody; returns whose rows were written."""
    agencies = dict(File.objects.filter(pk__in=files).values_list("pk", "agency_id"))
    people = {p.pk: p for p in Person.objects.filter(file_id__in=files)}
    edges: dict[UUID, list[Relationship]] = {file: [] for file in files}
    for edge in Relationship.objects.filter(file_id__in=files):
        edges[edge.file_id].append(edge)
    wanted = set(people) if only is None else _with_kin(set(only), [e for found in edges.values() for e in found]) & set(people)
    whole = set(data_keys.DataKey.objects.filter(subject__in=people, wrapped__isnull=False).values_list("subject", flat=True))
    wanted &= whole
    values = values_of([p for p in people.values() if p.pk in whole])
    opened = data_keys.data_keys(wanted)
    index_key = data_keys.ring().index_key
    rows = [row_of(values[p], _kin_of(p, edges[people[p].file_id], values), person=p, file=people[p].file_id,
                   agency=agencies[people[p].file_id], role=people[p].role, key=opened[p], index_key=index_key, at=at) for p in sorted(wanted)]
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, rows)
    return [people[p] for p in sorted(wanted)]


def describe_stored(person: Person) -> linkage.Description:
    """The description of a stored person with the kin in the same file. For matching only: not audited, never shown."""
    edges = list(Relationship.objects.filter(file_id=person.file_id))
    whole = set(data_keys.DataKey.objects.filter(wrapped__isnull=False).filter(
        subject__in=Person.objects.filter(file_id=person.file_id).values("pk")).values_list("subject", flat=True))
    values = values_of([p for p in Person.objects.filter(file_id=person.file_id) if p.pk in whole])
    return description_of(values[person.pk], _kin_of(person.pk, edges, values), person=str(person.pk))


def remove(person: UUID) -> None:
    """Take a person out of the index (erasure, entered in error)."""
    IndexEntry.objects.filter(person=person).delete()


def _with_kin(chosen: set[UUID], edges: Sequence[Relationship]) -> set[UUID]:
    ends = [(e.from_person_id, e.to_person_id) for e in edges]
    return chosen | {b for a, b in ends if a in chosen} | {a for a, b in ends if b in chosen}


def _kin_of(person: UUID, edges: Sequence[Relationship], values: Mapping[UUID, Mapping[str, Any]]) -> list[Kin]:
    """The relatives of a person as linkage reads them; those who only travelled along are no kin."""
    out: list[Kin] = []
    for edge in edges:
        a, b = edge.from_person_id, edge.to_person_id
        if edge.type in NOT_KIN:
            continue
        if b == person and a in values:
            out.append((edge.type, values[a]))
        elif a == person and b in values:
            out.append((inverse(edge.type), values[b]))
    return out


NOT_KIN = frozenset({"other_non_family", "smuggler", "employer", "friend", "neighbour", "authority_staff"})
