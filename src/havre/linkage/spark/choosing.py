"""Which blocks are worth their pairs? Tried on the cluster, decided here, by the rule of `linkage.batch.choosing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.batch import choosing
from havre.linkage.batch.choosing import Tried
from havre.linkage.batch.keys import LARGEST_CLASS
from havre.linkage.batch.learning import Learned
from havre.linkage.spark.counting import MET, Counted, Meetings, Side
from havre.linkage.spark.learning import lowest_rows
from havre.linkage.spark.scoring import worths
from havre.linkage.spark.stages import costly

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAIRS: Final = "left_row bigint, right_row bigint, shared bigint, met array<int>"


def limits(session: Any, left: Side, right: Side, where: Meetings, said: Counted, learned: Learned) -> NDArray[np.int64]:
    """Up to which size blocks of each kind of key are compared."""
    from pyspark.sql import functions as F

    kinds, rows = len(where.by_class), (left.count, right.count)
    largest = np.full(kinds, LARGEST_CLASS)
    if not choosing.needed(where.by_class, *rows):
        return largest
    many = choosing.tried(left.count)
    pairs = where.pairs(session, largest, lowest_rows(left, many).withColumnRenamed("row", "left_row"), both_ways=True).persist()
    ends = [F.least("left_row", "right_row").alias("low"), F.greatest("left_row", "right_row").alias("high")] if left is right else \
        [F.col("left_row").alias("low"), F.col("right_row").alias("high")]
    hopeful = worths(session, left, right, pairs, said, learned).select(*ends, "worth").distinct()
    found = pairs.select(*ends, "met").join(hopeful, ["low", "high"]).select("met", "worth").toArrow()
    standing = pairs.mapInArrow(costly, PAIRS).select("met").toArrow()
    pairs.unpersist()
    parts = [_tried(found["met"], kinds, found["worth"].to_numpy(), 0), _tried(standing["met"], kinds, 0, choosing.COUNTED)]
    return choosing.limits(Tried(*(np.concatenate(column) for column in zip(*parts, strict=True))), many, *rows)


def _tried(met: Any, kinds: int, worth: Any, cost: int) -> Tried:
    """Pairs whose kinds and classes stand in one number each (`Meetings.pairs`)."""
    met = met.combine_chunks()
    out = np.full((len(met), kinds), -1, np.int8)
    pair = np.repeat(np.arange(len(met)), np.diff(met.offsets.to_numpy()))
    values = met.flatten().to_numpy()
    out[pair, values // MET] = values % MET
    return Tried(out, np.zeros(len(met), np.int64) + worth, np.zeros(len(met), np.int64) + cost)
