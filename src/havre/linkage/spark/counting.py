"""How usual is each value, and which keys are too common? Counted on the cluster, decided by the rules of `linkage.batch`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.batch.keys import Kinds, kinds_of
from havre.linkage.batch.pairs import CLASSES
from havre.linkage.columns import Kind
from havre.linkage.spark.stages import ANCHOR, Keys, Reader, Usual, Values, sized

if TYPE_CHECKING:
    from numpy.typing import NDArray

VALUES: Final = "what string, value bigint, count bigint"
KEYS: Final = "key bigint, kind int, row bigint"
BLOCKS: Final = "key bigint, many_left bigint, kind int, many_right bigint, size int"
MET: Final = CLASSES  # more than any class of size


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


@dataclass(frozen=True, slots=True)
class Meetings:
    """Where rows meet: the keys of each side (`key`, `left_row` or `right_row`), every block (`key`, `kind`, `size`), and the pairs that all
    blocks of each kind and class of size hold together (`by_class`). `one_file`: both sides are the same."""

    left: Any
    right: Any
    blocks: Any
    by_class: NDArray[np.int64]
    one_file: bool

    def pairs(self, session: Any, limits: NDArray[np.int64], rows: Any = None, *, both_ways: bool = False) -> Any:
        """Pairs of rows that share a key of a block within the limits, each once: `left_row`, `right_row`, `shared` (kinds of key), `met`
        (`MET` times the kind, plus the class, of each).

        `rows`: left rows alone that are named there. In one file no row meets itself, and no two meet twice, the lower id (by hash) being
        the left one, unless they are asked for `both_ways`.
        """
        from pyspark.sql import functions as F

        asked = session.createDataFrame(list(enumerate(limits.tolist())), "kind int, most int")
        kept = self.blocks.join(F.broadcast(asked), "kind").where(F.col("size") <= F.col("most")).select("key", "kind", "size")
        left = self.left if rows is None else self.left.join(F.broadcast(rows), "left_row")
        met = left.join(kept, "key").join(self.right, "key")
        if self.one_file:
            met = met.where(F.col("left_row") != F.col("right_row") if both_ways else unsigned("left_row") < unsigned("right_row"))
        return met.groupBy("left_row", "right_row").agg(F.count("*").alias("shared"), F.collect_list(F.col("kind") * MET + F.col("size")).alias("met"))


def unsigned(row: str) -> Any:
    """A column of row numbers, in the order that they have as unsigned ones."""
    from pyspark.sql import functions as F

    return F.col(row).bitwiseXOR(F.lit(-(2**63)))


def meetings(left: Side, right: Side, kinds: Kinds) -> Meetings:
    """Join the keys of both files, or of one with itself."""
    from pyspark.sql import functions as F

    keys = [side.rows.mapInArrow(Keys(side.reader, kinds), KEYS).withColumnRenamed("row", f"{name}_row")
            for name, side in (("left", left), ("right", right))]  # fmt: skip
    sizes = [found.groupBy("key").agg(F.count("*").alias(f"many_{name}"), F.first("kind").alias("kind")) for name, found in zip(("left", "right"), keys, strict=True)]
    blocks = sizes[0].join(sizes[1].drop("kind"), "key").mapInArrow(sized, BLOCKS).persist()
    by_class = np.zeros((len(kinds), CLASSES), np.int64)
    for kind, size, pairs in blocks.groupBy("kind", "size").agg(F.sum(F.col("many_left") * F.col("many_right"))).collect():
        by_class[kind, size] = pairs
    return Meetings(keys[0].drop("kind"), keys[1].drop("kind"), blocks, by_class, left is right)
