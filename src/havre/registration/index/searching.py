"""Who in any agency may be this person? Candidates from the blind index, opened in memory, scored, and given back by id.

What comes out says that there is somebody, where, and how well they fit: never a name. Whether the actor may know more is
said by `visible`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from havre import linkage
from havre.access.models import File
from havre.access.queries import scoped
from havre.core.actor import Actor
from havre.infra import keys as data_keys
from havre.linkage.model.posterior import FAMILY_RANK
from havre.registration.index import matcher, weighing
from havre.registration.index.tokens import MANY, Lookup, plan, weighted
from havre.registration.people import ROLES

MOST: Final = 160  # entries opened and weighed where somebody waits
FIRST: Final = 64  # of them at once; no more where one of these is clear
CLEAR: Final = 0.99
THOROUGH: Final = 1000  # where nobody waits
ODD: Final = 4  # of whom forms do not tell: weighed by the evidence itself, of those opened at a time, where somebody waits
ANEW: Final = 64  # that hold no form of this matcher and get one, likewise
FEW: Final = 64  # entries below which common tokens are looked up alone too
PER_PAIR: Final = 200
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


def search(actor: Actor, description: linkage.Description, *, exclude_files: Collection[UUID] = (), roles: Collection[str] = ROLES,
           limit: int = 20, used: matcher.Matcher | None = None, thorough: bool = False) -> list[Found]:
    """The best candidates for a description in every agency, in the order of `linkage.rank`; call inside `acting`.

    Reads what this transaction wrote. `exclude_files` are left out; `roles` narrows to children, inquirers and so on;
    `used` is the matcher in use unless given. The entries most likely by their tokens are weighed first, and no more once one is
    clear; the best are read and explained. `thorough` looks more widely and weighs all that comes, for work nobody waits for.
    """
    used = used or matcher.current()
    asked, population = linkage.prepare(description), used.population(roles)
    rows = [row for row in _rows(asked, roles, THOROUGH if thorough else MOST, widely=thorough) if row[1] not in exclude_files]
    if thorough:
        weighed = weighing.weighed(asked, rows, used.model, population, odd=len(rows), anew=len(rows))
    else:
        weighed = weighing.weighed(asked, rows[:FIRST], used.model, population, odd=ODD, anew=ANEW)
        if not any(one.match >= CLEAR for one in weighed):
            weighed += weighing.weighed(asked, rows[FIRST:], used.model, population, odd=ODD, anew=ANEW)
    best = [(row, linkage.score(asked, person, used.model, population=population))
            for row, person in weighing.read_through(weighing.best_first(weighed), limit)]
    best.sort(key=lambda one: (-(one[1].probability + FAMILY_RANK * one[1].family_probability), -one[1].probability, one[0][0]))
    mine = _visible(actor, {row[1] for row, _ in best})
    return [Found(row[0], row[1], row[2], row[3], result, row[1] in mine) for row, result in best]


def _rows(asked: linkage.Prepared, roles: Collection[str], keep: int, *, widely: bool = False) -> list[tuple[Any, ...]]:
    """The sealed entries that share the most telling tokens, at most `keep`; common tokens alone find anyone only `widely`, or where
    little else does."""
    wanted = weighted(data_keys.ring().index_key, linkage.keys(asked, "query"), linkage.rank_hint)
    holders = _holders(wanted)
    rows = _fetch(plan(wanted, holders, widely=widely), roles, keep)
    if not widely and len(rows) < FEW and max(holders.values(), default=0) > MANY:
        rows = _fetch(plan(wanted, holders, widely=True), roles, keep)
    return rows


def _holders(wanted: Mapping[int, float]) -> dict[int, int]:
    """How many people share each of some tokens, as far as many do."""
    with connection.cursor() as cursor:
        cursor.execute("select token, holders from registration_common_token where token = any(%s)", [list(wanted)])
        return dict(cursor.fetchall())


def _fetch(lookup: Lookup, roles: Iterable[str], keep: int) -> list[tuple[Any, ...]]:
    if not lookup.firsts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [lookup.firsts, lookup.seconds, lookup.weights, sorted(roles), keep, PER_PAIR])
        return list(cursor.fetchall())


def _visible(actor: Actor, files: set[UUID]) -> set[UUID]:
    return set(scoped(File, actor).filter(pk__in=files).values_list("pk", flat=True)) if files else set()
