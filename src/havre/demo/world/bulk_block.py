"""Who are the persons of one block of the bulk world? Truth and record as columns, made with numpy from
seed and block.

A block always holds `BLOCK` persons and depends on nothing but the seed and its number, so that any
person can be made again alone: the benchmark's queries know their targets without keeping a million of
them.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from havre.demo.world.bulk_names import Indices, NameTable, name_table
from havre.demo.world.cultures import CULTURES, pool_of
from havre.demo.world.model import Sex
from havre.demo.world.places import HOME_COUNTRIES, villages
from havre.demo.world.staff import AGENCIES

BLOCK = 5000
SIBLINGS = 4
NOBODY = -1
YEAR = 365.2425
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of one block; names are indices into `name_table()` (`NOBODY` where a culture has none).

    `born` and `recorded` are proleptic day numbers. `variant` holds which Latin spelling the record
    uses for given, father, grandfather, family and mother; the remaining columns are what was recorded,
    with its errors.
    """

    first: int
    culture: Indices
    family: Indices
    woman: Flags
    given: Indices
    father: Indices
    grandfather: Indices
    surname: Indices
    mother: Indices
    village: Indices
    born: Indices
    recorded: Indices
    agency: Indices
    phone: Indices
    variant: Indices
    said_age: Indices
    age_kind: Indices
    width: Indices
    written: Indices
    sex_missing: Flags
    grandfather_dropped: Flags
    village_vague: Flags
    siblings_told: Flags


@cache
def village_codes() -> tuple[tuple[str, ...], dict[str, Indices]]:
    """P-codes of all villages, and for each country the indices of its own."""
    codes: list[str] = []
    by_country: dict[str, Indices] = {}
    for country in (*HOME_COUNTRIES, "SY", "IQ", "UA", "MM", "AF", "ML", "NG"):
        found = [place.code for place in villages(country)]
        by_country[country] = np.arange(len(codes), len(codes) + len(found), dtype=np.int64)
        codes += found
    return tuple(codes), by_country


def make_block(seed: int, number: int, today: date) -> Block:
    """Block `number` (from 0) of the bulk world of `seed`."""
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, number, 20261])))
    sizes = rng.choice(SIBLINGS, BLOCK, p=(0.35, 0.3, 0.2, 0.15)) + 1
    families = int(np.searchsorted(np.cumsum(sizes), BLOCK)) + 1
    of = np.repeat(np.arange(families), sizes[:families])[:BLOCK]
    return _filled(rng, number, families, of, today.toordinal())


def _filled(rng: np.random.Generator, number: int, families: int, of: Indices, today: int) -> Block:
    table = name_table()
    culture = rng.choice(len(CULTURES), families, p=_shares())
    father, grandfather, mother = (_of_family(rng, table, culture, part) for part in ("m", "m", "f"))
    surname = _of_family(rng, table, culture, "family")
    line = np.array([c.line for c in CULTURES])[culture]
    grandfather = np.where(line == 2, _unlike(table, culture, grandfather, father), NOBODY)
    father_shown = np.where(line >= 1, father, NOBODY)
    woman = rng.random(BLOCK) < 0.5
    given = _unlike(table, culture[of], _givens(rng, table, culture[of], woman, of), father[of])
    born = _births(rng, of, families, today)
    recorded = np.asarray(today - rng.integers(2, 700, BLOCK), dtype=np.int64)
    recorded = np.maximum(recorded, born + 30)
    age = np.asarray((recorded - born) / YEAR, dtype=np.int64)
    off = np.where(rng.random(BLOCK) < 0.3, rng.choice((-2, -1, -1, 1, 1, 2), BLOCK), 0)
    kinds = rng.choice(4, BLOCK, p=(0.12, 0.14, 0.26, 0.48))
    agencies = rng.integers(0, len(AGENCIES), families)[of]
    astray = rng.random(BLOCK) < 0.12
    return Block(
        first=number * BLOCK,
        culture=culture[of],
        family=number * BLOCK + of,
        woman=woman,
        given=given,
        father=_second_name(table, father_shown[of], woman),
        grandfather=grandfather[of],
        surname=_surname(table, surname[of], woman),
        mother=mother[of],
        village=_home(rng, culture)[of],
        born=born,
        recorded=recorded,
        agency=np.where(astray, rng.integers(0, len(AGENCIES), BLOCK), agencies),
        phone=rng.integers(0, 10**8, families)[of],
        variant=np.where(rng.random((5, BLOCK)) < 0.4, rng.integers(0, 1000, (5, BLOCK)), 0),
        said_age=np.clip(np.where(kinds == 0, age, age + off), 0, 17),
        age_kind=kinds,
        width=rng.choice((1, 1, 2), BLOCK),
        written=rng.choice(3, BLOCK, p=(0.45, 0.20, 0.35)),
        sex_missing=rng.random(BLOCK) < 0.02,
        grandfather_dropped=rng.random(BLOCK) < 0.15,
        village_vague=rng.random(BLOCK) < 0.15,
        siblings_told=rng.random(BLOCK) < 0.6,
    )


def _shares() -> NDArray[np.float64]:
    shares = np.array([c.share for c in CULTURES])
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def _of_family(rng: np.random.Generator, table: NameTable, culture: Indices, part: str) -> Indices:
    out = np.full(len(culture), NOBODY, dtype=np.int64)
    for code, made in enumerate(CULTURES):
        chosen = np.flatnonzero(culture == code)
        if part == "family" and not made.family:
            continue
        out[chosen] = table.draw(rng, f"{made.prefix}_{part}", len(chosen))
    return out


def _unlike(table: NameTable, culture: Indices, names: Indices, others: Indices) -> Indices:
    """`names` with those that equal the other moved a few ranks on: few men are called as their fathers."""
    out = names.copy()
    for index in np.flatnonzero(names == others):
        out[index] = table.within(f"{CULTURES[culture[index]].prefix}_m", names[index : index + 1], 4)[0]
    return out


def _givens(
    rng: np.random.Generator, table: NameTable, culture: Indices, woman: Flags, of: Indices
) -> Indices:
    out = np.zeros(len(of), dtype=np.int64)
    for code, made in enumerate(CULTURES):
        for flag, sex in ((False, Sex.MALE), (True, Sex.FEMALE)):
            pool = pool_of(made, sex)
            chosen = np.flatnonzero((culture == code) & (woman == flag))
            out[chosen] = table.draw(rng, pool, len(chosen))
    for step in (3, 5, 7):
        for back in range(1, SIBLINGS):
            same = np.flatnonzero((of[back:] == of[:-back]) & (out[back:] == out[:-back])) + back
            for index in same:
                sex = Sex.FEMALE if woman[index] else Sex.MALE
                pool = pool_of(CULTURES[culture[index]], sex)
                out[index] = int(table.within(pool, out[index : index + 1], step)[0])
    return out


def _births(rng: np.random.Generator, of: Indices, families: int, today: int) -> Indices:
    """Children of one family follow each other by 10 to 30 months; about one in forty is a twin."""
    gap = np.where(rng.random(BLOCK) < 0.04, 0, rng.integers(310, 900, BLOCK))
    start = np.r_[True, of[1:] != of[:-1]]
    gap[start] = 0
    walked = np.cumsum(gap)
    since_first = walked - np.maximum.accumulate(np.where(start, walked, 0))
    longest = np.zeros(families, dtype=np.int64)
    np.maximum.at(longest, of, since_first)
    eldest = today - 760 - longest - np.asarray(rng.random(families) * (6400 - 760 - longest), dtype=np.int64)
    return np.asarray(eldest[of] + since_first, dtype=np.int64)


def _second_name(table: NameTable, father: Indices, woman: Flags) -> Indices:
    plain = np.where(father < 0, 0, father)
    named = np.where(woman, table.patronym[1, plain], table.patronym[0, plain])
    return np.asarray(np.where(father < 0, NOBODY, named), dtype=np.int64)


def _surname(table: NameTable, surname: Indices, woman: Flags) -> Indices:
    plain = np.where(surname < 0, 0, surname)
    return np.asarray(np.where(woman & (surname >= 0), table.of_woman[plain], surname), dtype=np.int64)


def _home(rng: np.random.Generator, culture: Indices) -> Indices:
    _codes, by_country = village_codes()
    out = np.zeros(len(culture), dtype=np.int64)
    for code, made in enumerate(CULTURES):
        chosen = np.flatnonzero(culture == code)
        weights = np.array([w for _, w in made.origins])
        pick = rng.choice(len(weights), len(chosen), p=weights / weights.sum())
        for number, (country, _w) in enumerate(made.origins):
            here = chosen[pick == number]
            out[here] = rng.choice(by_country[country], len(here))
    return out
