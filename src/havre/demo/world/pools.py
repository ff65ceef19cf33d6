"""Which names exist in each culture, how common are they, and how do people really spell them?

The tables under `data/` list names from most to least common; frequencies fall off as 1 / (rank + 1.5)
** 0.85, which gives the first of a hundred names about one bearer in ten. `observed.tsv` adds Latin
spellings counted in public data.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random

from havre.demo.world.model import Script, Spelled

TABLES: dict[str, Script] = {
    "arabic": Script.ARABIC,
    "ethiopic": Script.ETHIOPIC,
    "slavic": Script.CYRILLIC,
    "burmese": Script.BURMESE,
    "rohingya": Script.ARABIC,
    "persian": Script.ARABIC,
    "west_african": Script.LATIN,
}
ARABIC_SCRIPT_POOLS = frozenset({"so_m", "so_f"})
EXPONENT, OFFSET = 0.85, 1.5


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a pool: its own spelling and the Latin spellings people use, commonest first."""

    native: str
    script: Script
    latin: tuple[str, ...]

    def spelled(self, pool: str, latin: str | None = None) -> Spelled:
        """The name as one bearer writes it."""
        return Spelled(self.native, self.script, latin or self.latin[0], pool)


@dataclass(frozen=True, slots=True)
class Pool:
    """The names of one culture and sex with their cumulative frequencies."""

    name: str
    entries: tuple[Entry, ...]
    cumulative: tuple[float, ...]

    def draw(self, rng: Random) -> Entry:
        """One name, by frequency."""
        return rng.choices(self.entries, cum_weights=self.cumulative)[0]


def weight(rank: int) -> float:
    """How common the name of this rank (from 0) is, relative to the others of its pool."""
    return float((rank + OFFSET) ** -EXPONENT)


def _rows(table: str) -> list[list[str]]:
    text = (files("havre.demo.world") / "data" / f"{table}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:] if line]


@cache
def _observed() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for native, latin, _count in _rows("observed"):
        found.setdefault(native, []).append(latin)
    return {native: tuple(latins) for native, latins in found.items()}


@cache
def pools() -> dict[str, Pool]:
    """Every pool by name, such as `ar_m` (Arabic given names of men) or `uk_family`."""
    entries: dict[str, list[Entry]] = {}
    for table, script in TABLES.items():
        for pool, native, latin, variants in _rows(table):
            spellings = [latin, *filter(None, variants.split("|"))]
            spellings += [v for v in _observed().get(native, ()) if v not in spellings]
            own = Script.ARABIC if pool in ARABIC_SCRIPT_POOLS else script
            entries.setdefault(pool, []).append(Entry(native, own, tuple(spellings)))
    return {
        name: Pool(name, tuple(found), tuple(accumulate(weight(i) for i in range(len(found)))))
        for name, found in entries.items()
    }


@cache
def spellings(pool: str, native: str) -> tuple[str, ...]:
    """Latin spellings people use for a name of `pool`; empty for a name that is not in it (a compound,
    say).
    """
    known = pools().get(pool)
    return next((e.latin for e in known.entries if e.native == native), ()) if known else ()
