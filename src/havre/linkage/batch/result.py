"""What did linking find?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pair:
    """One linked pair. `levels` and `weights` (natural log-likelihood ratios) by field; missing fields are absent."""

    left_id: str
    right_id: str
    probability: float
    family_probability: float
    verdict: str
    levels: Mapping[str, str]
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Links:
    """The result of linking: an Arrow table of pairs, the most probable first (columns: see `columns`).

    `fields`: what was compared by; `compared`: how many pairs were; `matches_expected`: how many the fitted mixture expects.
    """

    table: Any
    fields: tuple[str, ...]
    compared: int
    matches_expected: float

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every pair as an object."""
        return self._pairs(self.table)

    def matches(self) -> list[Pair]:
        """The pairs judged to be one person."""
        from pyarrow import compute as pc

        return self._pairs(self.table.filter(pc.equal(self.table["verdict"], "match")))

    def matched_ids(self) -> list[tuple[str, str]]:
        """Ids of the pairs judged to be one person."""
        from pyarrow import compute as pc

        found = self.table.filter(pc.equal(self.table["verdict"], "match"))
        return list(zip(found["left_id"].to_pylist(), found["right_id"].to_pylist(), strict=True))

    def columns(self) -> dict[str, Any]:
        """The result by column: `left_id`, `right_id`, `probability`, `family_probability`, `verdict`, then `FIELD_level` and
        `FIELD_weight` of each field."""
        return {name: self.table.column(name) for name in self.table.column_names}

    def _pairs(self, table: Any) -> list[Pair]:
        rows = {name: table.column(name).to_pylist() for name in table.column_names}
        out = []
        for k in range(table.num_rows):
            known = [f for f in self.fields if rows[f"{f}_level"][k] is not None]
            out.append(
                Pair(
                    rows["left_id"][k], rows["right_id"][k], rows["probability"][k], rows["family_probability"][k], rows["verdict"][k],
                    {f: rows[f"{f}_level"][k] for f in known}, {f: rows[f"{f}_weight"][k] for f in known},
                )
            )  # fmt: skip
        return out


@dataclass(frozen=True)
class Groups:
    """The result of looking for duplicates: the pairs found, and which rows are of one person.

    `ids`: id of each row; `numbers`: the group of each row, named by the number of one of its rows.
    """

    links: Links
    ids: list[str]
    numbers: NDArray[np.int64]

    @property
    def several(self) -> list[list[str]]:
        """Ids of the rows of each group of two rows or more, in the order of the file."""
        found: dict[int, list[str]] = {}
        for name, number in zip(self.ids, self.numbers.tolist(), strict=True):
            found.setdefault(number, []).append(name)
        return [rows for rows in found.values() if len(rows) > 1]

    def pairs(self) -> list[tuple[str, str]]:
        """Every two rows of one group."""
        return [pair for rows in self.several for pair in combinations(rows, 2)]

    def columns(self) -> dict[str, Any]:
        """Each row's id with its group, named by the id of the group's first row, and how many rows the group has."""
        first: dict[int, str] = {}
        for name, number in zip(self.ids, self.numbers.tolist(), strict=True):
            first.setdefault(number, name)
        size = np.bincount(self.numbers, minlength=max(len(self.ids), 1))
        return {"id": self.ids, "group": [first[n] for n in self.numbers.tolist()], "rows": size[self.numbers].tolist()}


def one_to_one(a: NDArray[np.int32], b: NDArray[np.int32], match: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which pairs are kept when every row may match once: the given order counts, the best first; only those of at least one half."""
    used_left, used_right = np.zeros(int(a.max(initial=-1)) + 1, bool), np.zeros(int(b.max(initial=-1)) + 1, bool)
    kept = np.zeros(len(a), bool)
    for k, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        if match[k] >= 0.5 and not used_left[x] and not used_right[y]:
            used_left[x] = used_right[y] = kept[k] = True
    return kept
