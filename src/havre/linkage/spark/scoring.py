"""Pairs of rows with the values of both, scored batch by batch on the cluster."""

from __future__ import annotations

from typing import Any

from havre.linkage.batch.learning import Learned
from havre.linkage.batch.scoring import KEPT_FROM
from havre.linkage.spark.counting import Counted, Side
from havre.linkage.spark.stages import Reader, Scores, Worths


def scored(session: Any, left: Side, right: Side, pairs: Any, said: Counted, learned: Learned, minimum: float) -> Any:
    """Pairs worth reading, as `batch.linking.as_table` has them, and `match`, `family`, `strength` unrounded."""
    words = ("left_id string", "right_id string", "probability double", "family_probability double", "verdict string")
    levels = (f"`{field.name}_level` string, `{field.name}_weight` double" for field in left.reader.fields)
    schema = ", ".join((*words, *levels, "match double", "family double", "strength double"))
    return _valued(left, right, pairs).mapInArrow(Scores(*_readers(left, right), session.sparkContext.broadcast(said.usual), learned, minimum), schema)


def worths(session: Any, left: Side, right: Side, pairs: Any, said: Counted, learned: Learned) -> Any:
    """What pairs worth reading are worth: `left_row`, `right_row`, `worth`."""
    stage = Worths(*_readers(left, right), session.sparkContext.broadcast(said.usual), learned, KEPT_FROM)
    return _valued(left, right, pairs).mapInArrow(stage, "left_row bigint, right_row bigint, worth bigint")


def _readers(left: Side, right: Side) -> tuple[Reader, Reader]:
    fields = left.reader.fields
    return Reader(fields, left.reader.columns, "left_"), Reader(fields, right.reader.columns, "right_")


def _valued(left: Side, right: Side, pairs: Any) -> Any:
    valued = pairs.select("left_row", "right_row")
    for side, prefix in ((left, "left_"), (right, "right_")):
        named = side.rows.select(*(side.rows[column].alias(prefix + column) for column in side.rows.columns))
        valued = valued.join(named, f"{prefix}row")
    return valued
