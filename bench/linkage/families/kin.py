"""Who is whose child? Families with brothers and sisters, cousins and namesakes, as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.linkage.families.groups import Group
from bench.linkage.families.pools import Numbers

MOST_CHILDREN = 8
COUSINS = 0.10  # of families: those of a brother of the family before, with its grandfather, village and family name
NAMESAKES = 0.03  # of families: father, grandfather and one child named as in the family before, elsewhere
PER_VILLAGE = 250  # persons
REGIONS = 10
TODAY = np.datetime64("2026-07-01").astype(np.int64)  # in days
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Families:
    """Families by number. Shapes: (families,)."""

    father: Numbers
    grandfather: Numbers
    mother: Numbers
    surname: Numbers  # -1 where the family bears none
    second: Numbers  # the mother's, -1 where none is borne
    village: Numbers
    first: Numbers  # number of the first child
    children: Numbers


@dataclass(frozen=True, slots=True)
class People:
    """Children by number, brothers and sisters side by side, the eldest first. Shapes: (people,)."""

    families: Families
    family: Numbers
    given: Numbers  # in the pool of the child's sex
    female: NDArray[np.bool_]
    born: Numbers  # days since 1970
    villages: tuple[Numbers, Numbers]  # of village number: first word (-1 for none), name in the pool of men

    def __len__(self) -> int:
        return len(self.family)


def _distinct_given(given: Numbers, family: Numbers, female: NDArray[np.bool_], group: Group, rng: np.random.Generator) -> None:
    """Draw again the names that an elder brother or sister already bears."""
    for _ in range(6):
        key = (family * 2 + female) * 100_000 + given
        _, first = np.unique(key, return_index=True)
        again = np.ones(len(key), dtype=bool)
        again[first] = False
        if not again.any():
            return
        for sex, pool in ((False, group.male), (True, group.female)):
            rows = np.flatnonzero(again & (female == sex))
            given[rows] = pool.draw(len(rows), rng)


def _like_the_one_before(rows: NDArray[np.bool_], *columns: Numbers) -> None:
    at = np.flatnonzero(rows)
    at = at[at > 0]
    for column in columns:
        column[at] = column[at - 1]


def make(group: Group, people: int, siblings: float, rng: np.random.Generator) -> People:
    """`people` children in families with on average `siblings` brothers and sisters beside the first child."""
    size = max(4, int(people / (1 + siblings) * 1.1) + 8)
    children = 1 + np.minimum(rng.poisson(siblings, size), MOST_CHILDREN - 1)
    size = int(np.searchsorted(np.cumsum(children), people)) + 1
    children = children[:size]
    children[-1] -= children.sum() - people
    father, grandfather = group.male.draw(size, rng), group.male.draw(size, rng)
    mother = group.female.draw(size, rng)
    surname, second = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
    if group.family is not None:
        surname = np.where(rng.random(size) < group.family_share, group.family.draw(size, rng), -1)
        second = group.family.draw(size, rng) if group.second_surname else second
    count = max(5, people // PER_VILLAGE)
    inhabitants = np.cumsum(1.0 / (np.arange(count) + 20.0))
    village = np.searchsorted(inhabitants, rng.random(size) * inhabitants[-1]).astype(np.int64)
    villages = np.where(rng.random(count) < 0.4, group.places.draw(count, rng), -1), group.male.draw(count, rng)
    _like_the_one_before(rng.random(size) < COUSINS, grandfather, village, surname)
    namesakes = rng.random(size) < NAMESAKES
    _like_the_one_before(namesakes, father, grandfather)
    first = np.cumsum(children) - children
    family = np.repeat(np.arange(size), children)
    female = rng.random(people) < 0.5
    given = np.where(female, group.female.draw(people, rng), group.male.draw(people, rng))
    at = np.flatnonzero(namesakes)
    at = at[at > 0]
    female[first[at]], given[first[at]] = female[first[at - 1]], given[first[at - 1]]
    _distinct_given(given, family, female, group, rng)
    place = np.arange(people) - first[family]
    gaps = np.cumsum(rng.uniform(1.0, 4.0, (size, MOST_CHILDREN)), axis=1)
    eldest = rng.uniform(2.0, 17.5, size)
    scale = np.minimum(1.0, (eldest - 0.6) / np.maximum(gaps[np.arange(size), np.maximum(children - 2, 0)], 1e-6))
    since = np.where(place > 0, gaps[family, np.maximum(place - 1, 0)] * scale[family], 0.0)
    born = (TODAY - (eldest[family] - since) * YEAR).astype(np.int64)
    return People(Families(father, grandfather, mother, surname, second, village, first, children), family, given, female, born, villages)
