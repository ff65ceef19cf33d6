"""`link` on a cluster: the same answer as `batch.link`, from the same functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.batch.fields import Field, plan
from havre.linkage.batch.learning import RANDOM_ROWS, Learned, learn
from havre.linkage.batch.result import Links, one_to_one
from havre.linkage.batch.rows import Rows, Vocabulary
from havre.linkage.batch.scoring import KEPT_FROM
from havre.linkage.columns import map_columns
from havre.linkage.model.parameters import Model, load_model
from havre.linkage.spark.counting import Counted, Side, counted, meeting_pairs
from havre.linkage.spark.reading import quoted, read
from havre.linkage.spark.session import session_on
from havre.linkage.spark.stages import Canonical, Reader, Sample, Scores, row_columns, with_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

Tell = Callable[[str], None]
DRAWN: Final = "left_row bigint, right_row bigint, stands double"


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs worth reading, on the cluster: a Spark DataFrame with the columns of `Links` (and `match`, `strength` to order by).

    `fields`: what was compared by; `compared`: how many pairs were; `matches_expected`: how many the fitted mixture expects.
    """

    pairs: Any
    fields: tuple[str, ...]
    compared: int
    matches_expected: float


def _side(file: Any, mapping: Mapping[str, str], fields: tuple[Field, ...]) -> Side:
    """One file as rows on the cluster. Raises ValueError where a row has no id or two have one."""
    from pyspark.sql import functions as F

    if "id" not in mapping:
        raise ValueError('On a cluster every row needs an id of its own: name its column with --map "HEADER=id".')
    columns = row_columns(fields, mapping)
    schema = ", ".join(("row bigint", "id string", *(f"{short} string" for short in columns)))
    headers = sorted({mapping["id"], *(mapping[name] for name in columns.values())})
    rows = file.select(*map(quoted, headers)).mapInArrow(Canonical(mapping, fields), schema).persist()
    count, distinct, known = rows.agg(F.count("*"), F.count_distinct("row"), F.count("id")).first()
    if known < count:
        raise ValueError(f"{count - known:,} rows have no id in the column “{mapping['id']}”. On a cluster every row needs one.")
    if distinct < count:
        raise ValueError(f"The column “{mapping['id']}” names {count - distinct:,} rows twice. Every row needs an id of its own.")
    return Side(rows, Reader(fields, columns), count)


def _numbers(rows: Rows, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions among `rows` of the rows with these numbers."""
    known = rows.hashes.view(np.int64)
    order = np.argsort(known)
    found: NDArray[np.int64] = order[np.searchsorted(known, wanted, sorter=order)]
    return found


def _random_rows(side: Side) -> NDArray[np.int64]:
    """The rows of `learning.random_rows`: those with the smallest numbers, as unsigned ones."""
    from pyspark.sql import functions as F

    lowest = side.rows.select("row").orderBy(F.col("row").bitwiseXOR(F.lit(-(2**63)))).limit(RANDOM_ROWS)
    rows: NDArray[np.int64] = lowest.toArrow()["row"].to_numpy()
    return rows[np.argsort(rows.view(np.uint64), kind="stable")]


def _learned(session: Any, left: Side, right: Side, pairs: Any, in_blocks: int, said: Counted, model: Model) -> Learned:
    """Fit the mixture here, on the pairs that `learning.sampled` draws and the rows they name."""
    drawn = pairs.mapInArrow(Sample(in_blocks), DRAWN).toArrow()
    vocabulary, rows, random, numbers = Vocabulary(), [], [], []
    for side, column in ((left, "left_row"), (right, "right_row")):
        lowest, chosen = _random_rows(side), drawn[column].to_numpy()
        wanted = session.createDataFrame([(int(row),) for row in np.union1d(lowest, chosen)], "row bigint")
        batch = side.rows.join(wanted, "row").toArrow().combine_chunks()
        found = with_shares(side.reader.read(batch, vocabulary), said.usual)
        rows.append(found)
        random.append(_numbers(found, lowest))
        numbers.append(_numbers(found, chosen).astype(np.int32))
    return learn(left.reader.fields, (rows[0], rows[1]), (random[0], random[1]), (numbers[0], numbers[1]), drawn["stands"].to_numpy(),
                 said.equal, vocabulary, model, size=(left.count, right.count))  # fmt: skip


def _scored(session: Any, left: Side, right: Side, pairs: Any, said: Counted, learned: Learned, minimum: float) -> Any:
    """Pairs worth reading: each pair with the values of both rows, scored batch by batch."""
    valued, fields = pairs.select("left_row", "right_row"), left.reader.fields
    for side, prefix in ((left, "left_"), (right, "right_")):
        named = side.rows.select(*(side.rows[column].alias(prefix + column) for column in side.rows.columns))
        valued = valued.join(named, f"{prefix}row")
    readers = Reader(fields, left.reader.columns, "left_"), Reader(fields, right.reader.columns, "right_")
    words = ("left_id string", "right_id string", "probability double", "family_probability double", "verdict string")
    levels = (f"`{field.name}_level` string, `{field.name}_weight` double" for field in fields)
    schema = ", ".join((*words, *levels, "match double", "strength double"))
    return valued.mapInArrow(Scores(*readers, session.sparkContext.broadcast(said.usual), learned, minimum), schema)


def found_pairs(session: Any, left: Path | str, right: Path | str, *, map_left: Mapping[str, str] | None = None,
                map_right: Mapping[str, str] | None = None, minimum: float = KEPT_FROM, model: Model | None = None,
                tell: Tell = _silent) -> Found:  # fmt: skip
    """Link two files and leave the pairs on the cluster, as a DataFrame to write from there.

    `left`, `right`: CSV or Parquet that every worker can read (a path on shared storage, `s3a://…`, `hdfs://…`); each row with an
    id of its own. The other arguments and the errors are those of `batch.link`.
    """
    files = read(session, left), read(session, right)
    mappings = [map_columns(file.columns, given) for file, given in zip(files, (map_left, map_right), strict=True)]
    fields = plan(*mappings)
    tell("comparing by " + ", ".join(f.name for f in fields))
    one, two = (_side(file, mapping, fields) for file, mapping in zip(files, mappings, strict=True))
    tell(f"{one.count + two.count:,} rows read")
    said = counted(one, two)
    pairs, in_blocks = meeting_pairs(one, two, said.kinds)
    pairs = pairs.persist()
    compared = pairs.count()
    tell(f"{compared:,} pairs to compare from {len(said.kinds)} kinds of key")
    learned = _learned(session, one, two, pairs, in_blocks, said, model or load_model())
    tell(f"learned from a sample: about {learned.matches:,.0f} matches")
    found = _scored(session, one, two, pairs, said, learned, minimum)
    return Found(found, tuple(f.name for f in fields), compared, learned.matches)


def link(left: Path | str, right: Path | str, *, master: str | None = None, map_left: Mapping[str, str] | None = None,
         map_right: Mapping[str, str] | None = None, one_to_one: bool = False, minimum: float = KEPT_FROM,
         model: Model | None = None, tell: Tell = _silent) -> Links:  # fmt: skip
    """Link two files on a cluster and bring the pairs here: what `batch.link` gives, from the same functions.

    `master`: where the cluster is (see `session.start`); a session that runs already is used as it is. Pairs of equal probability
    and weight stand in the order of their ids. Raises what `found_pairs` and `session.start` raise.
    """
    order = [("match", "descending"), ("strength", "descending"), ("left_id", "ascending"), ("right_id", "ascending")]
    with session_on(master) as session:
        found = found_pairs(session, left, right, map_left=map_left, map_right=map_right, minimum=minimum, model=model, tell=tell)
        table = found.pairs.toArrow().sort_by(order)
    if one_to_one:
        table = _each_once(table)
    return Links(table.drop(["match", "strength"]), found.fields, found.compared, found.matches_expected)


def _each_once(table: Any) -> Any:
    """Each row matched at most once, the most probable pair first; the others become look-alikes."""
    import pyarrow as pa
    from pyarrow import compute as pc

    a, b = (table[name].combine_chunks().dictionary_encode().indices.to_numpy() for name in ("left_id", "right_id"))
    loses = pc.and_(pc.equal(table["verdict"], "match"), pa.array(~one_to_one(a, b, table["match"].to_numpy())))
    return table.set_column(table.column_names.index("verdict"), "verdict", pc.if_else(loses, "lookalike", table["verdict"]))
