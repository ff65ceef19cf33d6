"""`link` and `dedupe` on a cluster: the same answers as those of `batch`, from the same functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from havre.linkage.batch import rivals
from havre.linkage.batch.clusters import clusters
from havre.linkage.batch.fields import Field, plan
from havre.linkage.batch.linking import nothing_found
from havre.linkage.batch.result import Groups, Links
from havre.linkage.batch.result import one_to_one as best_pairs
from havre.linkage.batch.scoring import FAMILY_FROM, KEPT_FROM, VERDICTS, verdicts
from havre.linkage.columns import map_columns
from havre.linkage.model.parameters import Model, load_model
from havre.linkage.spark.choosing import limits
from havre.linkage.spark.counting import Side, counted, meetings
from havre.linkage.spark.learning import learned_from
from havre.linkage.spark.reading import quoted, read
from havre.linkage.spark.scoring import scored
from havre.linkage.spark.session import session_on
from havre.linkage.spark.stages import PLACE, Canonical, Reader, row_columns

Tell = Callable[[str], None]
UNROUNDED: Final = ["match", "family", "strength"]


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs worth reading, on the cluster: a Spark DataFrame with the columns of `Links` (and `match`, `family`, `strength`,
    unrounded).

    `fields`: what was compared by; `compared`: how many pairs were; `matches_expected`: how many the fitted mixture expects; `rows`: how
    many each file has.
    """

    pairs: Any
    fields: tuple[str, ...]
    compared: int
    matches_expected: float
    rows: tuple[int, int]


def _side(file: Any, mapping: Mapping[str, str], fields: tuple[Field, ...], *, placed: bool = False) -> Side:
    """One file as rows on the cluster, with their places in the file where asked for. Raises ValueError where a row has no id or two
    have one."""
    from pyspark.sql import functions as F

    if "id" not in mapping:
        raise ValueError('On a cluster every row needs an id of its own: name its column with --map "HEADER=id".')
    columns = row_columns(fields, mapping)
    schema = ", ".join(("row bigint", "id string", *(f"{short} string" for short in columns)))
    headers = sorted({mapping["id"], *(mapping[name] for name in columns.values())})
    rows = file.select(*map(quoted, headers)).mapInArrow(Canonical(mapping, fields), schema)
    rows = (rows.withColumn(PLACE, F.monotonically_increasing_id()) if placed else rows).persist()
    count, distinct, known = rows.agg(F.count("*"), F.count_distinct("row"), F.count("id")).first()
    if known < count:
        raise ValueError(f"{count - known:,} rows have no id in the column “{mapping['id']}”. On a cluster every row needs one.")
    if distinct < count:
        raise ValueError(f"The column “{mapping['id']}” names {count - distinct:,} rows twice. Every row needs an id of its own.")
    return Side(rows, Reader(fields, columns), count)


def _sides(session: Any, left: Path | str, right: Path | str | None, maps: tuple[Mapping[str, str] | None, Mapping[str, str] | None],
           tell: Tell) -> tuple[Side, Side]:  # fmt: skip
    """Both files as rows on the cluster; the same side twice where there is one file."""
    files = [read(session, path) for path in (left, right) if path is not None]
    mappings = [map_columns(file.columns, given) for file, given in zip(files, maps, strict=False)]
    fields = plan(mappings[0], mappings[-1])
    tell("comparing by " + ", ".join(f.name for f in fields))
    sides = [_side(file, mapping, fields, placed=right is None) for file, mapping in zip(files, mappings, strict=True)]
    tell(f"{sum(side.count for side in sides):,} rows read")
    return sides[0], sides[-1]


def _found(session: Any, left: Side, right: Side, minimum: float, model: Model | None, tell: Tell, *, one: bool = False) -> Found:
    """Pairs worth reading; with `one` also those that may become so beside their rivals."""
    said = counted(left, right)
    where = meetings(left, right, said.kinds)
    tell(f"rows meet by {len(said.kinds)} kinds of key")
    learned = learned_from(session, left, right, where, said, model or load_model())
    tell(f"learned from a sample: about {learned.matches:,.0f} matches")
    chosen = limits(session, left, right, where, said, learned)
    pairs = where.pairs(session, chosen).select("left_row", "right_row").persist()
    compared = pairs.count()
    tell(f"{compared:,} pairs to compare in the blocks that are worth it")
    rows = left.count, right.count
    alone = rivals.least(minimum, rows, learned.matches) if one else minimum
    return Found(scored(session, left, right, pairs, said, learned, alone), tuple(f.name for f in left.reader.fields), compared, learned.matches, rows)


def found_pairs(session: Any, left: Path | str, right: Path | str | None = None, *, map_left: Mapping[str, str] | None = None,
                map_right: Mapping[str, str] | None = None, minimum: float = KEPT_FROM, model: Model | None = None,
                tell: Tell = _silent) -> Found:  # fmt: skip
    """Link two files, or without `right` the rows of one, and leave the pairs on the cluster, as a DataFrame to write from there.

    `left`, `right`: CSV or Parquet that every worker can read (a path on shared storage, `s3a://…`, `hdfs://…`); each row with an
    id of its own. Of one file each pair is given once, the earlier row first. The other arguments and the errors are those of `batch.link`.
    """
    return _found(session, *_sides(session, left, right, (map_left, map_right), tell), minimum, model, tell)


def link(left: Path | str, right: Path | str, *, master: str | None = None, map_left: Mapping[str, str] | None = None,
         map_right: Mapping[str, str] | None = None, one_to_one: bool = False, minimum: float = KEPT_FROM,
         model: Model | None = None, tell: Tell = _silent) -> Links:  # fmt: skip
    """Link two files on a cluster and bring the pairs here: what `batch.link` gives, from the same functions.

    `master`: where the cluster is (see `session.start`); a session that runs already is used as it is. Pairs of equal probability
    and weight stand in the order of their ids. Raises what `found_pairs` and `session.start` raise.
    """
    order = [("match", "descending"), ("strength", "descending"), ("left_id", "ascending"), ("right_id", "ascending")]
    with session_on(master) as session:
        found = _found(session, *_sides(session, left, right, (map_left, map_right), tell), minimum, model, tell, one=one_to_one)
        table = found.pairs.toArrow()
    if one_to_one:
        table = _among_rivals(table, found, minimum)
    table = table.sort_by(order)
    if one_to_one:
        table = _each_once(table)
    return Links(table.drop(UNROUNDED), found.fields, found.compared, found.matches_expected)


def dedupe(file: Path | str, *, master: str | None = None, mapping: Mapping[str, str] | None = None, minimum: float = KEPT_FROM,
           model: Model | None = None, tell: Tell = _silent) -> Groups:  # fmt: skip
    """Find the rows of one file that are of one person, on a cluster: what `batch.dedupe` gives, from the same functions.

    The pairs are found on the cluster; they and the ids of all rows are brought here, where the groups are formed. The arguments and
    the errors are those of `link`.
    """
    from pyarrow import compute as pc

    with session_on(master) as session:
        side, _ = _sides(session, file, None, (mapping, None), tell)
        if side.count < 2:
            return Groups(nothing_found(), [], np.zeros(0, np.int64))
        ids = side.rows.select(PLACE, "id").toArrow().sort_by(PLACE)["id"].combine_chunks()
        found = _found(session, side, side, minimum, model, tell)
        table = found.pairs.toArrow()
    a, b = (pc.index_in(table[name], value_set=ids).to_numpy() for name in ("left_id", "right_id"))
    order = np.lexsort((b, a, -table["strength"].to_numpy(), -table["match"].to_numpy()))
    links = Links(table.take(order).drop(UNROUNDED), found.fields, found.compared, found.matches_expected)
    return Groups(links, ids.to_pylist(), clusters(len(ids), a[order], b[order], table["match"].to_numpy()[order]))


def _numbered(table: Any) -> list[Any]:
    """The rows of either side as numbers, those that stand in a pair alone."""
    return [table[name].combine_chunks().dictionary_encode().indices.to_numpy() for name in ("left_id", "right_id")]


def _among_rivals(table: Any, found: Found, minimum: float) -> Any:
    """The pairs as probable as they are when every row matches at most once, those worth reading still: `batch.linking.among_rivals`."""
    import pyarrow as pa

    a, b = _numbered(table)
    match, family = rivals.each_once(a, b, table["match"].to_numpy(), table["family"].to_numpy(), found.rows, found.matches_expected)
    verdict = pa.array([VERDICTS[k] for k in verdicts(match, family)], pa.string())
    told = {"probability": np.round(match, 6), "family_probability": np.round(family, 6), "verdict": verdict, "match": match, "family": family}
    for name, values in told.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(values))
    return table.filter(pa.array((match >= minimum) | (family >= FAMILY_FROM)))


def _each_once(table: Any) -> Any:
    """Each row matched at most once, the most probable pair first; the others become look-alikes."""
    import pyarrow as pa
    from pyarrow import compute as pc

    a, b = _numbered(table)
    loses = pc.and_(pc.equal(table["verdict"], "match"), pa.array(~best_pairs(a, b, table["match"].to_numpy())))
    return table.set_column(table.column_names.index("verdict"), "verdict", pc.if_else(loses, "lookalike", table["verdict"]))
