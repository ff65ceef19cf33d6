"""Which names does the bulk path draw from? All pools in one table of arrays, drawn a block at a time."""

from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from havre.demo.world.cultures import (
    CULTURES,
    TWO_NAMES,
    Culture,
    draw_given,
    gendered_family,
    patronymic,
    pool_of,
)
from havre.demo.world.model import Script, Sex, Spelled
from havre.demo.world.pools import pools, weight

COMPOSED = 900
Indices = NDArray[np.int64]
Texts = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class NameTable:
    """Every name by index: own spelling, Latin spellings (`latin[i, k]`, k below `kinds[i]`), pool and
    script.

    `drawn` gives per pool its first index and cumulative shares; `patronym` and `of_woman` lead from a
    man's name to the second name of his children (sons, daughters) and from a family name to its
    feminine, themselves by default.
    """

    native: Texts
    latin: Texts
    kinds: Indices
    pool: tuple[str, ...]
    script: tuple[Script, ...]
    drawn: dict[str, tuple[int, NDArray[np.float64]]]
    patronym: Indices
    of_woman: Indices

    def draw(self, rng: np.random.Generator, pool: str, count: int) -> Indices:
        """`count` indices of names of one pool, by frequency."""
        first, shares = self.drawn[pool]
        return np.asarray(first + np.searchsorted(shares, rng.random(count), side="right"), dtype=np.int64)

    def within(self, pool: str, indices: Indices, step: int) -> Indices:
        """Other names of the same pool, `step` ranks on."""
        first, shares = self.drawn[pool]
        return np.asarray(first + (indices - first + step) % len(shares), dtype=np.int64)

    def spelled(self, index: int) -> Spelled:
        """One name of the table."""
        return Spelled(self.native[index], self.script[index], self.latin[index, 0], self.pool[index])


class _Builder:
    def __init__(self) -> None:
        self.rows: list[tuple[str, tuple[str, ...], str, Script]] = []
        self.drawn: dict[str, tuple[int, NDArray[np.float64]]] = {}

    def add_pool(self, name: str, rows: list[tuple[str, tuple[str, ...], str, Script]]) -> None:
        shares = np.cumsum([weight(rank) for rank in range(len(rows))])
        self.drawn[name] = (len(self.rows), np.asarray(shares / shares[-1], dtype=np.float64))
        self.rows += rows

    def add(self, name: Spelled) -> int:
        self.rows.append((name.native, (name.latin,), name.pool, name.script))
        return len(self.rows) - 1


@cache
def name_table() -> NameTable:
    """The table of all names, made once."""
    builder = _Builder()
    for name, pool in pools().items():
        builder.add_pool(name, [(e.native, e.latin, name, e.script) for e in pool.entries])
    for culture in CULTURES:
        if culture.code in TWO_NAMES:
            for sex in (Sex.MALE, Sex.FEMALE):
                builder.add_pool(pool_of(culture, sex), _composed(culture, sex))
    plain = len(builder.rows)
    patronym, of_woman = np.tile(np.arange(plain), (2, 1)), np.arange(plain)
    for culture in CULTURES:
        if culture.script is Script.CYRILLIC:
            _slavic(builder, culture, patronym, of_woman)
    width = max(len(row[1]) for row in builder.rows)
    latin = np.array([row[1] + (row[1][0],) * (width - len(row[1])) for row in builder.rows], dtype=object)
    return NameTable(
        native=np.array([row[0] for row in builder.rows], dtype=object),
        latin=latin,
        kinds=np.array([len(row[1]) for row in builder.rows], dtype=np.int64),
        pool=tuple(row[2] for row in builder.rows),
        script=tuple(row[3] for row in builder.rows),
        drawn=builder.drawn,
        patronym=patronym,
        of_woman=of_woman,
    )


def _composed(culture: Culture, sex: Sex) -> list[tuple[str, tuple[str, ...], str, Script]]:
    rng, found = Random(f"composed {culture.code} {sex}"), dict[str, tuple[str, ...]]()
    while len(found) < COMPOSED:
        name = draw_given(rng, culture, sex)
        found.setdefault(name.native, (name.latin,))
        if len(found) >= _variety(culture):
            break
    return [(native, latin, "", culture.script) for native, latin in found.items()]


def _variety(culture: Culture) -> int:
    return COMPOSED if culture.code == "burmese" else 100


def _slavic(builder: _Builder, culture: Culture, patronym: Indices, of_woman: Indices) -> None:
    first, shares = builder.drawn[f"{culture.prefix}_m"]
    for index in range(first, first + len(shares)):
        native, latin, pool, script = builder.rows[index]
        for row, sex in enumerate((Sex.MALE, Sex.FEMALE)):
            patronym[row, index] = builder.add(
                patronymic(Spelled(native, script, latin[0], pool), sex, culture)
            )
    first, shares = builder.drawn[f"{culture.prefix}_family"]
    for index in range(first, first + len(shares)):
        native, latin, pool, script = builder.rows[index]
        feminine = gendered_family(Spelled(native, script, latin[0], pool), Sex.FEMALE)
        if feminine is not None and feminine.native != native:
            of_woman[index] = builder.add(feminine)
