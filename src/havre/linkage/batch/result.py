"""What did linking find?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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


def one_to_one(a: NDArray[np.int32], b: NDArray[np.int32], match: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which pairs are kept when every row may match once: the given order counts, the best first; only those of at least one half."""
    used_left, used_right = np.zeros(int(a.max(initial=-1)) + 1, bool), np.zeros(int(b.max(initial=-1)) + 1, bool)
    kept = np.zeros(len(a), bool)
    for k, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        if match[k] >= 0.5 and not used_left[x] and not used_right[y]:
            used_left[x] = used_right[y] = kept[k] = True
    return kept
