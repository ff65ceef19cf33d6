"""One file with another, or with itself, on one machine: reading, keys, learning, scoring, in stretches of bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.batch import choosing
from havre.linkage.batch.fields import Field, plan, wanted_columns
from havre.linkage.batch.keys import LARGEST_CLASS, agreement, anchors, keys, kinds_of
from havre.linkage.batch.learning import Learned, learn, looked_at, pair_hashes, random_rows, sampled
from havre.linkage.batch.pairs import Blocks, blocks, met_in, pairs_of, stretches
from havre.linkage.batch.rows import Counts, Rows, Vocabulary, add_counts, count_values, read_rows, shares_of_counts
from havre.linkage.batch.scoring import KEPT_FROM, Scored, Scorer
from havre.linkage.columns import Kind, map_columns
from havre.linkage.files import Table
from havre.linkage.model.parameters import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRETCH: Final = 3_000_000  # pairs held at a time, about
Tell = Callable[[str], None]


def ids_of(table: Table, mapping: Mapping[str, str]) -> Any:
    """The id of each row: its own, or its number from 1 where the file has none. Raises ValueError where one is given twice."""
    import pyarrow as pa
    from pyarrow import compute as pc

    numbers = pa.array(np.arange(1, table.rows + 1).astype(str), pa.string())
    if "id" not in mapping:
        return numbers
    ids = pc.coalesce(table.arrow(mapping["id"]), numbers)
    if pc.count_distinct(ids).as_py() < table.rows:
        raise ValueError(f"The column “{mapping['id']}” names {table.rows - pc.count_distinct(ids).as_py():,} rows twice. "
                         f"Every row needs an id of its own; leave the column out with --map \"{mapping['id']}=ignore\".")
    return ids


def canonical(table: Table, mapping: Mapping[str, str], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The columns of a file under their canonical names, as far as `fields` read them."""
    return {name: table.arrow(mapping[name]) for name in wanted_columns(fields) if name in mapping}


def equal_chances(fields: tuple[Field, ...], left: Counts, right: Counts) -> dict[str, float]:
    """Chance that two random rows, both known, hold the very same value, by field."""
    out: dict[str, float] = {}
    for field in fields:
        if field.name in left and field.name in right and field.kind is not Kind.PLACE:
            (v, c), (w, d) = left[field.name], right[field.name]
            _, x, y = np.intersect1d(v, w, assume_unique=True, return_indices=True)
            out[field.name] = max(float((c[x].astype(float) * d[y]).sum()) / max(float(c.sum()) * float(d.sum()), 1.0), 1e-7)
    return out


@dataclass(frozen=True, slots=True)
class Work:
    """Two files made ready to compare. `one_file`: both are the same."""

    fields: tuple[Field, ...]
    left: Rows
    right: Rows
    blocks: Blocks
    equal: Mapping[str, float]
    vocabulary: Vocabulary
    one_file: bool

    def learn(self, model: Model) -> Learned:
        """What agreement means in these files; see `learning.learn`."""
        parts = [(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))]
        last, share = looked_at(self.blocks.pairs, one_file=self.one_file)
        rows = np.flatnonzero(self.left.hashes <= last)
        some = self.blocks.of_rows(rows)
        for low, high in stretches(some, STRETCH):
            a, b, shared = pairs_of(some, low, high)
            a = rows[a].astype(np.int32)
            if self.one_file:
                once = self.left.hashes[a] < self.left.hashes[b]
                a, b, shared = a[once], b[once], shared[once]
            hashes = pair_hashes(self.left.hashes[a], self.right.hashes[b])
            drawn, stands = sampled(hashes, shared, self.blocks.pairs, share)
            a, b = a[drawn], b[drawn]
            parts.append((*((np.minimum(a, b), np.maximum(a, b)) if self.one_file else (a, b)), stands[drawn]))
        a, b, counted = (np.concatenate(column) for column in zip(*parts, strict=True))
        chosen = random_rows(self.left.hashes), random_rows(self.right.hashes)
        return learn(self.fields, (self.left, self.right), chosen, (a, b), counted, self.equal, self.vocabulary, model, one_file=self.one_file)

    def limits(self, scorer: Scorer) -> NDArray[np.int64]:
        """Up to which size blocks of each kind of key are worth comparing, tried on some rows of the left file; see `choosing`."""
        by_class, rows = self.blocks.by_class, (self.left.count, self.right.count)
        if not choosing.needed(by_class, *rows):
            return np.full(len(by_class), LARGEST_CLASS)
        chosen = random_rows(self.left.hashes, choosing.tried(self.left.count))
        some = self.blocks.of_rows(chosen).within(np.full(len(by_class), LARGEST_CLASS))
        parts = [choosing.Tried(np.zeros((0, len(by_class)), np.int8), np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for low, high in stretches(some, STRETCH):
            a, b, _ = pairs_of(some, low, high)
            a = chosen[a].astype(np.int32)
            if self.one_file:
                a, b = np.minimum(a, b)[a != b], np.maximum(a, b)[a != b]
            costly = choosing.costly(self.left.hashes[a], self.right.hashes[b])
            parts.append(self._tried(scorer.score(a, b), a[costly], b[costly]))
        return choosing.limits(choosing.Tried(*(np.concatenate(column) for column in zip(*parts, strict=True))), len(chosen), *rows)

    def _tried(self, found: Scored, a: NDArray[np.int32], b: NDArray[np.int32]) -> choosing.Tried:
        """Pairs worth reading, and those (`a`, `b`) that stand for what pairs cost."""
        none = np.zeros(len(a), np.int64)
        worth = np.concatenate([choosing.worth(found.match, found.family), none])
        cost = np.concatenate([np.zeros(len(found.a), np.int64), none + choosing.COUNTED])
        return choosing.Tried(met_in(self.blocks, np.concatenate([found.a, a]), np.concatenate([found.b, b])), worth, cost)

    def within(self, limits: NDArray[np.int64]) -> Work:
        """The same, meeting in blocks within these limits."""
        return replace(self, blocks=self.blocks.within(limits))

    def scorer(self, learned: Learned) -> Scorer:
        """What scores pairs of these rows."""
        return Scorer(self.fields, self.left, self.right, learned, self.vocabulary)

    def scored(self, scorer: Scorer, low: int, high: int, minimum: float = KEPT_FROM) -> tuple[Scored, int]:
        """Pairs of left rows `low` to `high` worth reading, and how many were compared."""
        a, b, _ = pairs_of(self.blocks, low, high, one_file=self.one_file)
        return scorer.score(a, b, minimum=minimum), len(a)

    def stretches(self) -> list[tuple[int, int]]:
        """Stretches of left rows of bounded memory."""
        return stretches(self.blocks, STRETCH)


def prepare(left: Table, right: Table | None, map_left: Mapping[str, str], map_right: Mapping[str, str], tell: Tell) -> Work:
    """Read two tables (or one, compared with itself) and find where rows meet."""
    columns_left = map_columns(left.columns, map_left)
    columns_right = columns_left if right is None else map_columns(right.columns, map_right)
    fields = plan(columns_left, columns_right)
    tell("comparing by " + ", ".join(f.name for f in fields))
    vocabulary = Vocabulary()
    rows_left = read_rows(canonical(left, columns_left, fields), ids_of(left, columns_left), fields, vocabulary)
    rows_right = rows_left if right is None else read_rows(canonical(right, columns_right, fields), ids_of(right, columns_right), fields, vocabulary)
    tell(f"{rows_left.count + (0 if right is None else rows_right.count):,} rows read, {len(vocabulary.lexicon):,} different words")
    counts_left = count_values(rows_left)
    counts_right = counts_left if right is None else count_values(rows_right)
    shares = shares_of_counts(counts_left if right is None else add_counts(counts_left, counts_right))
    rows_left = rows_left.with_shares(shares)
    rows_right = rows_left if right is None else rows_right.with_shares(shares)
    found = _blocks(fields, rows_left, rows_right, vocabulary)
    tell(f"rows meet by {len(found.start)} kinds of key")
    return Work(fields, rows_left, rows_right, found, equal_chances(fields, counts_left, counts_right), vocabulary, right is None)


def _blocks(fields: tuple[Field, ...], left: Rows, right: Rows, vocabulary: Vocabulary) -> Blocks:
    found_left = anchors(left, fields, vocabulary)
    found_right = found_left if left is right else anchors(right, fields, vocabulary)
    shared = [name for name in found_left if name in found_right]
    kinds = kinds_of({name: agreement(found_left[name], found_right[name]) for name in shared}, left.count, right.count)
    return blocks(lambda k: keys(found_left, kinds, k), lambda k: keys(found_right, kinds, k), len(kinds), left.count, right.count)

