"""How usual is each value, and which keys are too common? Counted on the cluster, decided by the rules of `linkage.batch`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.batch.keys import Kinds, kinds_of, largest_block
from havre.linkage.batch.pairs import CLASSES
from havre.linkage.columns import Kind
from havre.linkage.spark.stages import ANCHOR, Keys, Reader, Usual, Values, pairs_by_class

if TYPE_CHECKING:
    from numpy.typing import NDArray

VALUES: Final = "what string, value bigint, count bigint"
KEYS: Final = "key bigint, row bigint"
CLASS: Final = "size bigint, pairs bigint"


@dataclass(frozen=True, slots=True)
class Side:
    """One file on the cluster: its rows (see `stages.Canonical`), how to read them, how many they are."""

    rows: Any
    reader: Reader
    count: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What the counts of both files say: which kinds of key to use, how usual values are, how often random rows agree."""

    kinds: Kinds
    usual: dict[str, Usual]
    equal: dict[str, float]


def counted(left: Side, right: Side) -> Counted:
    """Count the values of both files; of one file, where both sides are the same, once."""
    from pyspark.sql import functions as F

    def values(side: Side, name: str) -> Any:
        return side.rows.mapInArrow(Values(side.reader), VALUES).groupBy("what", "value").agg(F.sum("count").alias(name))

    if left is right:
        both, all_ = values(left, "left").withColumn("right", F.col("left")).persist(), F.col("left")
    else:
        both = values(left, "left").join(values(right, "right"), ["what", "value"], "full").fillna(0, ["left", "right"]).persist()
        all_ = F.col("left") + F.col("right")
    totals = {
        line["what"]: line
        for line in both.groupBy("what").agg(
            F.sum("left").alias("left"), F.sum("right").alias("right"), F.sum(all_).alias("all"),
            F.sum(F.col("left").cast("double") * F.col("right")).alias("product"), F.sum(all_.cast("double") * all_).alias("squares"),
        ).collect()
    }  # fmt: skip
    shared = {what: line for what, line in totals.items() if line["left"] and line["right"]}
    chances = {what.removeprefix(ANCHOR): line["product"] / max(left.count * right.count, 1)
               for what, line in shared.items() if what.startswith(ANCHOR)}  # fmt: skip
    kinds = kinds_of(chances, left.count, right.count)
    equal = {field.name: _equal(shared[field.name]) for field in left.reader.fields
             if field.name in shared and field.kind is not Kind.PLACE}  # fmt: skip
    often = both.where((all_ > 1) & ~F.col("what").startswith(ANCHOR)).select("what", "value", all_.alias("count")).toArrow()
    found = {what: _usual(often, what, line) for what, line in totals.items() if not what.startswith(ANCHOR)}
    both.unpersist()
    return Counted(kinds, found, equal)


def _equal(line: Any) -> float:
    """Chance that two random rows hold the very same value, as `engine.equal_chances` has it."""
    return max(float(line["product"]) / max(float(line["left"]) * float(line["right"]), 1.0), 1e-7)


def _usual(often: Any, what: str, line: Any) -> Usual:
    """Shares of the values of one field, as `rows.shares_of_counts` has them."""
    from pyarrow import compute as pc

    mine = often.filter(pc.equal(often["what"], what))
    values = mine["value"].to_numpy().view(np.uint64)
    order = np.argsort(values)
    total = max(line["all"], 1)
    logs = np.log(mine["count"].to_numpy()[order] / total).astype(np.float32)
    return Usual(values[order], logs, np.float32(np.log(1 / total)), float(np.log(max(line["squares"] / total**2, 1e-12))))


def meeting_pairs(left: Side, right: Side, kinds: Kinds) -> tuple[Any, int]:
    """Pairs of rows that share a key, each once (`left_row`, `right_row`, `shared`: kinds of key), and the pairs of all blocks.

    Of one file, where both sides are the same, no row meets itself and no two rows meet twice.
    """
    from pyspark.sql import functions as F

    keys = [side.rows.mapInArrow(Keys(side.reader, kinds), KEYS).withColumnRenamed("row", f"{name}_row")
            for name, side in (("left", left), ("right", right))]  # fmt: skip
    sizes = [found.groupBy("key").agg(F.count("*").alias(f"many_{name}")) for name, found in zip(("left", "right"), keys, strict=True)]
    blocks = sizes[0].join(sizes[1], "key").persist()
    limit = largest_block(_by_class(blocks), left.count, right.count)
    kept = blocks.where(F.col("many_left") * F.col("many_right") <= limit)
    pairs = kept.agg(F.sum(F.col("many_left") * F.col("many_right"))).first()[0] or 0
    met = keys[0].join(kept.select("key"), "key").join(keys[1], "key")
    if left is right:
        met = met.where(F.col("left_row") < F.col("right_row"))
    return met.groupBy("left_row", "right_row").agg(F.count("*").alias("shared")), int(pairs)


def _by_class(blocks: Any) -> NDArray[np.int64]:
    lines = blocks.select("many_left", "many_right").mapInArrow(pairs_by_class, CLASS).groupBy("size").sum("pairs").collect()
    out = np.zeros(CLASSES, np.int64)
    for size, pairs in lines:
        out[size] = pairs
    return out
