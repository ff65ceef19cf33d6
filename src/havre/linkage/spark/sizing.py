"""How many core-hours, and how much storage between stages, do two registers need?

The work of each stage grows with a count: rows, keys, meetings (pairs of all blocks), pairs (each kept once). With the costs
of one of each on one core,

    core seconds = rows · read + keys · line + meetings · line + 2 · pairs · line + pairs · score
    bytes shuffled = keys · 16 + meetings · 24 + pairs · 2 · row_bytes

rows are those of both files, keys = rows · keys_each, meetings = larger file · meetings_each, pairs = larger file · pairs_each. A
line is one that Spark sorts, sends and joins; each pair is joined twice, with its left and its right row. Pairs of a row do
not grow with the files beyond `choosing.COMPARED`: blocks are chosen. `bench.linkage.parts.cluster` measures the
costs with the functions that the workers run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from havre.linkage.batch.choosing import COMPARED

KEY_BYTES: Final = 16  # key and row
MEETING_BYTES: Final = 24  # both rows and a count


@dataclass(frozen=True, slots=True)
class Costs:
    """What was measured. Seconds of one core: `read` a row (reading, counting, making its keys; every stage that reads it), `score`
    a pair (its values read again), `line` a line through Spark. `keys_each`: keys of a row; `pairs_each`: pairs kept, `meetings_each`:
    pairs of all blocks, for each row of the larger file; `row_bytes`: one row's values."""

    read: float
    score: float
    line: float
    keys_each: float
    meetings_each: float
    pairs_each: float
    row_bytes: float


@dataclass(frozen=True, slots=True)
class Need:
    """What a run takes: hours of one core, terabytes written and read between stages, and the hours it lasts on `cores` cores that
    are busy four fifths of the time."""

    core_hours: float
    terabytes: float

    def hours(self, cores: int) -> float:
        """Duration on a cluster."""
        return self.core_hours / (0.8 * cores)


def need(left: int, right: int, costs: Costs, *, most: bool = False) -> Need:
    """What two registers of these many rows need. `most`: with as many pairs as the rule of blocks allows, and as many meetings."""
    rows, larger = left + right, max(left, right)
    keys = rows * costs.keys_each
    scale = COMPARED / costs.pairs_each if most else 1.0
    meetings, pairs = (larger * each * scale for each in (costs.meetings_each, costs.pairs_each))
    seconds = rows * costs.read + (keys + meetings + 2 * pairs) * costs.line + pairs * costs.score
    shuffled = keys * KEY_BYTES + meetings * MEETING_BYTES + pairs * 2 * costs.row_bytes
    return Need(seconds / 3600, shuffled / 1e12)
