"""What do agreement and disagreement mean in these files? Fitted here, on the rows that the cluster is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from havre.linkage.batch.keys import largest_block
from havre.linkage.batch.learning import RANDOM_ROWS, Learned, learn, looked_at
from havre.linkage.batch.rows import Rows, Vocabulary
from havre.linkage.model.parameters import Model
from havre.linkage.spark.counting import Counted, Meetings, Side, unsigned
from havre.linkage.spark.stages import PLACE, Sample, with_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWN: Final = "left_row bigint, right_row bigint, stands double"


class Fetched(NamedTuple):
    """Rows of one side, brought here: their places in the file (0 where not known), and positions, among them, of those paired at random
    and of those wanted."""

    rows: Rows
    places: NDArray[np.int64]
    random: NDArray[np.int64]
    wanted: NDArray[np.int32]


def learned_from(session: Any, left: Side, right: Side, where: Meetings, said: Counted, model: Model) -> Learned:
    """Fit the mixture on the pairs that `learning.sampled` draws and the rows they name. One file: both sides are the same."""
    limit = largest_block(where.by_class.sum(axis=0), left.count, right.count).bit_length() - 1
    in_blocks = int(where.by_class[:, : limit + 1].sum())
    last, share = looked_at(in_blocks, one_file=left is right)
    rows = left.rows.where(unsigned("row") <= int(last) - 2**63).select(left.rows["row"].alias("left_row"))
    pairs = where.pairs(session, np.full(len(where.by_class), limit), rows)
    drawn = pairs.select("left_row", "right_row", "shared").mapInArrow(Sample(in_blocks, share), DRAWN).toArrow()
    chosen, vocabulary = [drawn[column].to_numpy() for column in ("left_row", "right_row")], Vocabulary()
    if left is right:
        both = _fetched(session, left, np.concatenate(chosen), said, vocabulary)
        a, b = np.split(both.wanted, 2)
        later = both.places[a] > both.places[b]  # the earlier row is the left one, as on one machine
        sides, met = (both, both), (np.where(later, b, a), np.where(later, a, b))
    else:
        one, two = (_fetched(session, side, rows, said, vocabulary) for side, rows in zip((left, right), chosen, strict=True))
        sides, met = (one, two), (one.wanted, two.wanted)
    return learn(left.reader.fields, (sides[0].rows, sides[1].rows), (sides[0].random, sides[1].random), met, drawn["stands"].to_numpy(),
                 said.equal, vocabulary, model, one_file=left is right, size=(left.count, right.count))  # fmt: skip


def _fetched(session: Any, side: Side, wanted: NDArray[np.int64], said: Counted, vocabulary: Vocabulary) -> Fetched:
    lowest = _random_rows(side)
    asked = session.createDataFrame([(int(row),) for row in np.union1d(lowest, wanted)], "row bigint")
    batch = side.rows.join(asked, "row").toArrow().combine_chunks()
    found = with_shares(side.reader.read(batch, vocabulary), said.usual)
    places = batch[PLACE].to_numpy() if PLACE in batch.column_names else np.zeros(found.count, np.int64)
    return Fetched(found, places, _positions(found, lowest), _positions(found, wanted).astype(np.int32))


def _positions(rows: Rows, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions among `rows` of the rows with these numbers."""
    known = rows.hashes.view(np.int64)
    order = np.argsort(known)
    found: NDArray[np.int64] = order[np.searchsorted(known, wanted, sorter=order)]
    return found


def lowest_rows(side: Side, many: int) -> Any:
    """The rows of `learning.random_rows`: those with the smallest numbers, as unsigned ones."""
    return side.rows.select("row").orderBy(unsigned("row")).limit(many)


def _random_rows(side: Side) -> NDArray[np.int64]:
    rows: NDArray[np.int64] = lowest_rows(side, RANDOM_ROWS).toArrow()["row"].to_numpy()
    return rows[np.argsort(rows.view(np.uint64), kind="stable")]
