"""What a worker does with a record batch: reading, counting, making keys, sampling, scoring. No Spark here.

A row is known on the cluster by the 64-bit number of its id (`texts.hashes_of`), signed as Spark has it. Each stage gets and
gives record batches; what a row means depends on nothing but its own values, so batches may be cut in any way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from havre.linkage.batch import choosing
from havre.linkage.batch.engine import canonical
from havre.linkage.batch.fields import Field, wanted_columns
from havre.linkage.batch.keys import Kinds, anchors, keys, size_class
from havre.linkage.batch.learning import Learned, pair_hashes, sampled
from havre.linkage.batch.rows import BY_SOUND, Rows, Shares, Vocabulary, count_values, read_rows
from havre.linkage.batch.scoring import Scored, score, verdicts
from havre.linkage.batch.texts import hashes_of
from havre.linkage.files import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

Batches = Iterator[Any]
PLACE: Final = "place"  # where a row stands in the one file that is compared with itself: a number that grows with the rows
ANCHOR: Final = "anchor "  # before the name of an anchor, among the values that are counted
MOST_WORDS: Final = 300_000  # words kept between batches
_kept: list[Vocabulary] = []


def _vocabulary() -> Vocabulary:
    """The words of this worker's earlier batches, so that common ones are read once; begun anew when they are many."""
    if not _kept or len(_kept[0].lexicon) > MOST_WORDS:
        _kept[:] = [Vocabulary()]
    return _kept[0]


def _signed(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    return values.view(np.int64)


def _batch(columns: Mapping[str, Any]) -> Any:
    import pyarrow as pa

    arrays = {name: values if isinstance(values, pa.Array) else pa.array(values, pa.string() if values.dtype == object else None)
              for name, values in columns.items()}  # fmt: skip
    return pa.RecordBatch.from_pydict(arrays)


def row_columns(fields: tuple[Field, ...], mapping: Mapping[str, str]) -> dict[str, str]:
    """Column on the cluster -> canonical column, of one file."""
    return {f"c{k}": name for k, name in enumerate(wanted_columns(fields)) if name in mapping}


@dataclass(frozen=True, slots=True)
class Canonical:
    """Rows of a file -> `row`, `id` and the columns of `row_columns` as trimmed text."""

    mapping: Mapping[str, str]
    fields: tuple[Field, ...]

    def __call__(self, batches: Batches) -> Batches:
        """One batch after the other."""
        for batch in batches:
            table = Table({name: batch.column(name) for name in batch.schema.names}, batch.num_rows)
            ids = table.arrow(self.mapping["id"])
            found = canonical(table, self.mapping, self.fields)
            named = {short: found[name] for short, name in row_columns(self.fields, self.mapping).items()}
            yield _batch({"row": _signed(hashes_of(ids)), "id": ids} | named)


@dataclass(frozen=True, slots=True)
class Reader:
    """What turns rows of one side into arrays. `prefix` is put before its column names (in pairs, both sides stand in one batch)."""

    fields: tuple[Field, ...]
    columns: Mapping[str, str]
    prefix: str = ""

    def read(self, batch: Any, vocabulary: Vocabulary) -> Rows:
        """Every row of a batch."""
        found = {name: batch.column(self.prefix + short) for short, name in self.columns.items()}
        return read_rows(found, batch.column(self.prefix + "id"), self.fields, vocabulary)

    def read_distinct(self, batch: Any, vocabulary: Vocabulary) -> tuple[Rows, NDArray[np.int32]]:
        """Each row once though many pairs hold it, and which of them stands in each pair."""
        import pyarrow as pa

        _, first, where = np.unique(batch.column(self.prefix + "row").to_numpy(), return_index=True, return_inverse=True)
        return self.read(batch.take(pa.array(first)), vocabulary), where.astype(np.int32)


@dataclass(frozen=True, slots=True)
class Values:
    """Rows -> `what`, `value`, `count`: how many rows of the batch hold each value whose rarity counts, and each anchor."""

    reader: Reader

    def __call__(self, batches: Batches) -> Batches:
        """One batch after the other."""
        for batch in batches:
            vocabulary = _vocabulary()
            rows = self.reader.read(batch, vocabulary)
            found = count_values(rows)
            for name, values in anchors(rows, self.reader.fields, vocabulary).items():
                found[ANCHOR + name] = np.unique(values[values > 0], return_counts=True)
            for what, (values, count) in found.items():
                yield _batch({"what": np.full(len(values), what, object), "value": _signed(values), "count": count.astype(np.int64)})


@dataclass(frozen=True, slots=True)
class Keys:
    """Rows -> `key`, `kind`, `row`: one line for each kind of key of which the row knows every anchor."""

    reader: Reader
    kinds: Kinds

    def __call__(self, batches: Batches) -> Batches:
        """One batch after the other."""
        for batch in batches:
            vocabulary = _vocabulary()
            rows = self.reader.read(batch, vocabulary)
            known, row = anchors(rows, self.reader.fields, vocabulary), _signed(rows.hashes)
            for k, kind in enumerate(self.kinds):
                if all(name in known for name in kind):
                    found = keys(known, self.kinds, k)
                    yield _batch({"key": _signed(found[found != 0]), "kind": np.full((found != 0).sum(), k, np.int32), "row": row[found != 0]})


def sized(batches: Batches) -> Batches:
    """Blocks (`key`, `kind`, `many_left`, `many_right`) -> the same with their class of `size`."""
    for batch in batches:
        columns = {name: batch.column(name) for name in batch.schema.names}
        many = (batch.column(name).to_numpy() for name in ("many_left", "many_right"))
        yield _batch(columns | {"size": size_class(*many).astype(np.int32)})


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs (`left_row`, `right_row`, `shared`) of `learning.looked_at` -> those drawn for learning, with `stands`: for how many each counts."""

    pairs: int
    share: float

    def __call__(self, batches: Batches) -> Batches:
        """One batch after the other."""
        for batch in batches:
            left, right = (batch.column(name).to_numpy() for name in ("left_row", "right_row"))
            shared = np.minimum(batch.column("shared").to_numpy(), 255).astype(np.uint8)
            drawn, stands = sampled(pair_hashes(left.view(np.uint64), right.view(np.uint64)), shared, self.pairs, self.share)
            yield _batch({"left_row": left[drawn], "right_row": right[drawn], "stands": stands[drawn]})


class Usual(NamedTuple):
    """How usual values are: the share (its logarithm) of those that at least two rows hold, of any other, and the typical one."""

    values: NDArray[np.uint64]
    logs: NDArray[np.float32]
    once: np.float32
    typical: float


def with_shares(rows: Rows, usual: Mapping[str, Usual]) -> Rows:
    """The rows, knowing how usual their values are; a value that is not among the usual ones was counted once."""
    shares: dict[str, Shares] = {}
    for field, values in rows.worth.items():
        for suffix, column in zip(("", BY_SOUND), values.T, strict=True):
            if field + suffix in usual:
                shares[field + suffix] = _shares(np.unique(column[column > 0]), usual[field + suffix])
    return rows.with_shares(shares)


def _shares(values: NDArray[np.uint64], usual: Usual) -> Shares:
    logs = np.full(len(values), usual.once)
    if len(usual.values):
        at = np.minimum(np.searchsorted(usual.values, values), len(usual.values) - 1)
        logs = np.where(usual.values[at] == values, usual.logs[at], usual.once)
    return Shares(values, logs, usual.typical)


def earlier_first(batch: Any) -> Any:
    """Pairs of rows of one file with the earlier row on the left, as one machine has them."""
    import pyarrow as pa
    from pyarrow import compute as pc

    later = pc.greater(batch.column(f"left_{PLACE}"), batch.column(f"right_{PLACE}"))
    columns = {name: batch.column(name) for name in batch.schema.names}
    turned = {name: columns[("right_" if name.startswith("left_") else "left_") + name.partition("_")[2]] for name in columns}
    return pa.RecordBatch.from_pydict({name: pc.if_else(later, turned[name], column) for name, column in columns.items()})


@dataclass(frozen=True, slots=True)
class Scores:
    """Pairs with the values of both rows -> those worth reading, as `batch.linking.as_table` has them, and `match`, `family` and
    `strength` unrounded. Pairs of one file (with `PLACE`) are turned so that the earlier row is the left one."""

    left: Reader
    right: Reader
    usual: Any  # a Spark broadcast of the mapping of field to Usual
    learned: Learned
    minimum: float

    def __call__(self, batches: Batches) -> Batches:
        """One batch after the other."""
        for met in batches:
            vocabulary = _vocabulary()
            batch = earlier_first(met) if f"left_{PLACE}" in met.schema.names else met
            left, a = self.left.read_distinct(batch, vocabulary)
            right, b = self.right.read_distinct(batch, vocabulary)
            left, right = (with_shares(rows, self.usual.value) for rows in (left, right))
            found = score(self.left.fields, left, right, a, b, self.learned, vocabulary, minimum=self.minimum)
            yield self.told(left, right, found)

    def told(self, left: Rows, right: Rows, found: Scored) -> Any:
        """The scored pairs as a record batch."""
        from havre.linkage.batch.linking import as_table

        table = as_table(self.left.fields, left, right, found, verdicts(found.match, found.family))
        further = {"match": found.match, "family": found.family, "strength": found.weights.sum(axis=0).astype(float)}
        return _batch({name: table.column(name).combine_chunks() for name in table.column_names} | further)


class Worths(Scores):
    """Pairs with the values of both rows -> `left_row`, `right_row`, `worth` (`choosing.worth`) of those worth reading."""

    def told(self, left: Rows, right: Rows, found: Scored) -> Any:
        """Numbers alone."""
        worth = choosing.worth(found.match, found.family)
        return _batch({"left_row": _signed(left.hashes[found.a]), "right_row": _signed(right.hashes[found.b]), "worth": worth})


def costly(batches: Batches) -> Batches:
    """Pairs of tried rows (`left_row`, `right_row`, `met`) -> those that stand for what pairs cost."""
    import pyarrow as pa

    for batch in batches:
        sides = (batch.column(name).to_numpy().view(np.uint64) for name in ("left_row", "right_row"))
        yield batch.filter(pa.array(choosing.costly(*sides)))
