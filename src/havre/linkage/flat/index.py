"""Who among millions may be this person? A register in flat arrays, searched in compiled code.

For files, research and the command line. Candidates are found by names in any script, relatives, places, numbers of telephones
and papers, looked at in compiled code, and the best weighed exactly: what comes out is what `score` says of the pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Final

from havre.linkage.evidence.contacts import NUMBER
from havre.linkage.flat import layout, storing
from havre.linkage.flat.arrays import Arrays
from havre.linkage.flat.asking import Searcher
from havre.linkage.flat.reading import code, numbers
from havre.linkage.flat.weighing import Weigher
from havre.linkage.model.parameters import LEAST_COUNTED, LEAST_SHARED, SHIPPED_TRUST, Model, load_model
from havre.linkage.model.posterior import FAMILY_RANK, Result, score
from havre.linkage.names.frequency import share_of_skeleton
from havre.linkage.prepared import Prepared, prepare, read_json, read_through
from havre.linkage.record import Description

MOST_WEIGHED: Final = 48  # candidates weighed exactly for one question, or four times the number asked for
AT_ONCE: Final = 6
SLACK: Final = 0.4  # how far (natural logarithm) a look in compiled code may be below what is weighed exactly
NEGLIGIBLE: Final = math.log(0.02)  # below it no further candidates are weighed for the sake of their order


@dataclass(frozen=True)
class Found:
    """One person found. Both probabilities in [0, 1], as `score` gives them; `person`, read from `text` (what was said, as JSON), and `result`,
    that result with its evidence, are worked out when they are first asked for."""

    probability: float
    family_probability: float
    sought: Prepared
    text: bytes
    model: Model
    population: int | None

    @property
    def id(self) -> str | None:
        """The id of the person, as it was put in."""
        return self.person.source.id

    @cached_property
    def person(self) -> Prepared:
        """The person found, read through."""
        return read_json(self.text.decode())

    @cached_property
    def result(self) -> Result:
        """The result of `score` for this pair."""
        return score(self.sought, self.person, self.model, population=self.population)


class Index:
    """A register of persons that is searched, added to and taken from.

    One search or change at a time; calls from several threads wait for one another. Memory: about 200 bytes a person and
    200 a distinct name (400 once saved: `save` finds the like names of common ones ahead), besides what was said of each person (some 200 bytes), which is read from disk where it was loaded.
    """

    def __init__(self, people: Iterable[Description] = ()) -> None:
        """A register of these people. Two with one `id` are two persons here; `put` replaces."""
        self._lock = Lock()
        arrays = Arrays()
        for person in people:
            arrays.append(read_through(person))
        arrays.list_all()
        self._use(arrays, arrays.rows)

    def _use(self, arrays: Arrays, count: int) -> None:
        self._arrays, self._searcher, self._count = arrays, Searcher(arrays), count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Description]:
        """Everyone, in the order in which they came."""
        for row in range(self._arrays.rows):
            if self._arrays.columns.alive[row]:
                yield self._person(row)

    def _person(self, row: int) -> Description:
        return self._read(row).source

    def _read(self, row: int) -> Prepared:
        return read_json(self._arrays.texts.get(row).decode())

    def get(self, identifier: str) -> Description | None:
        """The person with this `id`, the last one put in when there are several; None when there is none."""
        with self._lock:
            rows = self._rows(identifier)
            return self._person(rows[-1]) if rows else None

    def _rows(self, identifier: str) -> list[int]:
        if self._arrays.listed < self._arrays.rows:
            self._arrays.list_new()
        found = self._arrays.rows_with(layout.KEY, code(layout.KEY, identifier))
        return [row for row in found if self._person(row).id == identifier]

    def put(self, person: Description) -> None:
        """Add a person, in place of any with the same `id`."""
        prepared = read_through(person)
        with self._lock:
            if person.id:
                self._strike(person.id)
            self._arrays.append(prepared)
            self._count += 1

    def erase(self, identifier: str) -> bool:
        """Take out everyone with this `id`; whether there was one. Never found again from here on; `compact` and `save` leave no
        trace."""
        with self._lock:
            return self._strike(identifier)

    def _strike(self, identifier: str) -> bool:
        rows = self._rows(identifier)
        for row in rows:
            self._arrays.strike(row)
        self._count -= len(rows)
        return bool(rows)

    def compact(self) -> None:
        """Build everything anew without those erased: their names, places and numbers are nowhere any more."""
        with self._lock:
            self._use(self._arrays.compacted(), self._count)

    def save(self, folder: Path) -> None:
        """Write the register to a folder, compacted, in place of the one that may be there: whole or not at all. What `put` and `erase` do
        afterwards is written by the next `save`. Raises OSError when the folder cannot be written."""
        with self._lock:
            if not self._arrays.compact:
                self._use(self._arrays.compacted(), self._count)
            self._arrays.look_ahead()
            storing.save(self._arrays, folder)

    @classmethod
    def load(cls, folder: Path, *, check: bool = True) -> Index:
        """The register that `save` wrote, read from disk as it is needed. `check` compares every file with its digest.

        Raises ValueError, in plain words, when there is no register, one of another format, or a damaged one.
        """
        index = cls()
        arrays = storing.load(folder, check=check)
        index._use(arrays, arrays.rows)
        return index

    def shares(self) -> dict[str, float]:
        """How common names and shared numbers are in this register: for `Model.with_shares`, as `shares_of` gives them."""
        total = max(self._count, 1)
        with self._lock:
            counts = self._arrays.borne()
            given = [(numbers(self._read(row)).get(halves), n) for row, halves, n in self._arrays.shared_numbers(LEAST_SHARED)]
        drawn = 2 * total + SHIPPED_TRUST
        shares = {key: (n + SHIPPED_TRUST * share_of_skeleton(key)) / drawn for key, n in counts.items() if n >= LEAST_COUNTED}
        return shares | {NUMBER + number: n / total for number, n in given if number is not None}

    def find(self, sought: Description | Prepared, limit: int = 10, *, population: int | None = None,
             model: Model | None = None) -> list[Found]:  # fmt: skip
        """The `limit` best persons for a description, best first, in the order of `rank`.

        `population`, `model`: as for `score`. Whoever shares nothing that is searched by (a name near in sound or spelling, a narrow
        place, part of a number) is not found.
        """
        used, left = model or load_model(), sought if isinstance(sought, Prepared) else prepare(sought)
        most = max(MOST_WEIGHED, 4 * limit)
        with self._lock:
            try:
                rows, values = self._searcher.search(left, used, population, most)
                weighed = self._weighed(Weigher(self._arrays, left, used, population), rows, values, limit) if rows else []
            finally:
                self._arrays.vocabulary.forget_guests()
            weighed.sort(key=lambda one: (-(one[0] + FAMILY_RANK * one[1]), -one[0], one[2]))
            return [Found(match, family, left, self._arrays.texts.get(row), used, population) for match, family, row in weighed[:limit]]

    @staticmethod
    def _weighed(weigher: Weigher, rows: list[int], values: list[float], limit: int) -> list[tuple[float, float, int]]:
        """Candidates weighed exactly, until those that follow can no longer be among the `limit` best."""
        out: list[tuple[float, float, int]] = []
        at, step = 0, limit + AT_ONCE
        while at < len(rows):
            if len(out) >= limit:
                least = sorted([match + FAMILY_RANK * family for match, family, _ in out], reverse=True)[limit - 1]
                if values[at] + SLACK <= max(NEGLIGIBLE, math.log(max(least, 1e-300))):
                    break
            some = rows[at:at + step]
            out += [(match, family, row) for row, (match, family) in zip(some, weigher.weighed(some).tolist(), strict=True)]
            at, step = at + step, AT_ONCE
        return out
