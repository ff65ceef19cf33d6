"""Who in any agency may be this person? Candidates from the blind index, opened in memory, scored, and given back by id.

What comes out says that there is somebody, where, and how well they fit: never a name. Whether the actor may know more is
said by `visible`.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.db import connection

from havre import linkage
from havre.access.models import File
from havre.access.queries import scoped
from havre.core.actor import Actor
from havre.infra import keys as data_keys
from havre.linkage.model.posterior import FAMILY_RANK
from havre.registration.index import matcher
from havre.registration.index.glancing import Glance
from havre.registration.index.opening import opened, text_of
from havre.registration.index.tokens import Lookup, plan, weighted
from havre.registration.people import ROLES

MOST: Final = 160  # entries opened
FIRST: Final = 24  # of them weighed at once; no more where one of these is clear
FURTHER: Final = 32  # then weighed of the others, those that look best, where somebody waits
CLEAR: Final = 0.7
UNREADABLE: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError)  # of an entry that is no description: no candidate
PER_PAIR: Final = 300
CANDIDATES: Final = """select person, file_id, agency_id, role, weight, features, kek, wrapped
 from havre_candidates(%s::bigint[], %s::bigint[], %s::real[], %s::text[], %s, %s,
  (select greatest(reltuples, 100)::real from pg_class where oid = 'registration_index_entry'::regclass))"""


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate: opaque ids, the agency responsible, how well it fits, and whether the actor may open the file."""

    person_id: UUID
    file_id: UUID
    agency_id: UUID
    role: str
    result: linkage.Result
    visible: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry as the index gave it, opened and read through."""

    person_id: UUID
    file_id: UUID
    agency_id: UUID
    role: str
    person: linkage.Prepared

    @property
    def description(self) -> linkage.Description:
        """What the entry says of the person."""
        return self.person.source


def search(actor: Actor, description: linkage.Description, *, exclude_files: Collection[UUID] = (), roles: Collection[str] = ROLES,
           limit: int = 20, used: matcher.Matcher | None = None, thorough: bool = False) -> list[Found]:
    """The best candidates for a description in every agency, in the order of `linkage.rank`; call inside `acting`.

    Reads what this transaction wrote. `exclude_files` are left out; `roles` narrows to children, inquirers and so on;
    `used` is the matcher in use unless given. The entries most likely by their tokens are weighed first, and no more once one is
    clear; of the others those that look likely at a glance. `thorough` weighs all that the index gives, for work nobody waits for.
    """
    used = used or matcher.current()
    asked, population = linkage.prepare(description), used.population(roles)
    rows = [row for row in _rows(asked, roles, MOST) if row[1] not in exclude_files]
    weighed = _weighed(asked, map(_candidate, rows if thorough else rows[:FIRST]), used.model, population)
    if not thorough and not any(match >= CLEAR for match, *_ in weighed):
        weighed += _weighed(asked, _likely(asked, rows[FIRST:], used.model), used.model, population)
    weighed.sort(key=lambda one: (-(one[0] + FAMILY_RANK * one[1]), -one[0], one[2].person_id))
    best = [candidate for *_, candidate in weighed[:limit]]
    mine = _visible(actor, {c.file_id for c in best})
    return [Found(c.person_id, c.file_id, c.agency_id, c.role, linkage.score(asked, c.person, used.model, population=population),
                  c.file_id in mine) for c in best]


Weighed: TypeAlias = tuple[float, float, Candidate]


def _weighed(asked: linkage.Prepared, candidates: Iterable[Candidate | None], model: linkage.Model, population: int) -> list[Weighed]:
    """Chances of a match and of a family, without words: only those that are given back are explained."""
    read = [c for c in candidates if c is not None]
    chances = linkage.chances(asked, [c.person for c in read], model, population=population)
    return [(match, family, candidate) for (match, family), candidate in zip(chances, read, strict=True)]


def _likely(asked: linkage.Prepared, rows: Sequence[tuple[Any, ...]], model: linkage.Model) -> Iterator[Candidate | None]:
    """Of some entries those that look best, read through: every entry is opened, few are read."""
    glance, looked = Glance(asked, model), []
    for number, (person, _file, _agency, _role, weight, *sealed) in enumerate(rows):
        text = text_of(person, *sealed)
        try:
            if text is not None:
                data = json.loads(text)
                looked.append((-glance.order(weight, data), number, data))
        except UNREADABLE:
            continue
    looked.sort(key=lambda one: one[:2])
    for _, number, data in looked[:FURTHER]:
        person, file, agency, role, *_ = rows[number]
        try:
            yield Candidate(person, file, agency, role, linkage.read_through(linkage.Description.from_mapping(data)))
        except UNREADABLE:
            continue


def _rows(asked: linkage.Prepared, roles: Collection[str], keep: int) -> list[tuple[Any, ...]]:
    wanted = weighted(data_keys.ring().index_key, linkage.keys(asked, "query"), linkage.rank_hint)
    return _fetch(_plan(wanted), roles, keep) if wanted else []


def candidates(description: linkage.Description, *, roles: Collection[str] = ROLES, keep: int = MOST) -> list[Candidate]:
    """Entries that share the most telling tokens with a description, opened, at most `keep`. Reads across agencies."""
    return [c for c in map(_candidate, _rows(linkage.prepare(description), roles, keep)) if c is not None]


def _plan(wanted: Mapping[int, float]) -> Lookup:
    with connection.cursor() as cursor:
        cursor.execute("select token, holders from registration_common_token where token = any(%s)", [list(wanted)])
        return plan(wanted, dict(cursor.fetchall()))


def _fetch(lookup: Lookup, roles: Iterable[str], keep: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [lookup.firsts, lookup.seconds, lookup.weights, sorted(roles), keep, PER_PAIR])
        return list(cursor.fetchall())


def _candidate(row: tuple[Any, ...]) -> Candidate | None:
    """One entry opened in memory and read through; an entry that does not open is no candidate."""
    person, file, agency, role, _weight, features, kek, wrapped = row
    read = opened(person, features, kek, wrapped)
    return None if read is None else Candidate(person, file, agency, role, read)


def _visible(actor: Actor, files: set[UUID]) -> set[UUID]:
    return set(scoped(File, actor).filter(pk__in=files).values_list("pk", flat=True)) if files else set()
