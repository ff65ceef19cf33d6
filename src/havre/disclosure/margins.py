"""Which cells of an exact table add up to which?

A table is the product of its axes. An axis is a tree: the codes that are counted are its leaves, coarser levels and the total stand
above them. Every cell whose node has children along one axis is the sum of the cells of those children: that is all an outsider
needs to take a table apart, and all that suppression and rounding must respect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from havre.disclosure.domain import Attribute

TOTAL: Final = "total"


@dataclass(frozen=True)
class Axis:
    """One side of a table: `labels` of its nodes, leaves first in the order of the codes and the total last; `parents` holds the index
    of the node each belongs to (-1 for the total)."""

    name: str
    labels: tuple[str, ...]
    parents: tuple[int, ...]

    @classmethod
    def nested(cls, name: str, codes: Sequence[str], *levels: Sequence[str]) -> Axis:
        """The codes, then each coarser level (what every code belongs to there, finest level first), then the total.

        ValueError when two codes of one group part ways further up.
        """
        below = list(range(len(codes)))  # the node each code is in, at the level written last
        labels, parents = list(codes), [-1] * len(codes)
        for level in (*levels, [TOTAL] * len(codes)):
            nodes = {label: len(labels) + i for i, label in enumerate(dict.fromkeys(level))}
            labels.extend(nodes)
            parents.extend([-1] * len(nodes))
            for code, label in enumerate(level):
                child = below[code]
                if parents[child] not in (-1, nodes[label]):
                    raise ValueError(f"{name}: {labels[child]} belongs to two groups of one level")
                parents[child] = nodes[label]
                below[code] = nodes[label]
        return cls(name, tuple(labels), tuple(parents))

    @classmethod
    def of(cls, attribute: Attribute) -> Axis:
        """The codes of an attribute of a codebook, with all its levels."""
        coarser = [attribute.ancestors(attribute.depth, at) for at in range(attribute.depth - 1, 0, -1)]
        named = [[attribute.level(at).codes[i] for i in places] for at, places in zip(range(attribute.depth - 1, 0, -1), coarser, strict=True)]
        return cls.nested(attribute.name, attribute.codes, *named)

    @cached_property
    def leaves(self) -> int:
        """How many codes are counted."""
        return len(self.parents) - len({p for p in self.parents if p >= 0})

    @cached_property
    def ancestors(self) -> NDArray[np.bool_]:
        """(nodes, leaves): does the node hold the leaf?"""
        held = np.zeros((len(self.parents), self.leaves), np.bool_)
        for leaf in range(self.leaves):
            node = leaf
            while node >= 0:
                held[node, leaf] = True
                node = self.parents[node]
        return held

    @cached_property
    def sums(self) -> sparse.csr_matrix:
        """(nodes with children, nodes): the children minus the node itself, zero on every table that adds up."""
        inner = sorted({p for p in self.parents if p >= 0})
        row = {node: i for i, node in enumerate(inner)}
        entries = [(row[node], node, -1.0) for node in inner] + [(row[p], i, 1.0) for i, p in enumerate(self.parents) if p >= 0]
        rows, columns, values = zip(*entries, strict=True)
        return sparse.csr_matrix((values, (rows, columns)), shape=(len(inner), len(self.parents)))


@dataclass(frozen=True)
class Margins:
    """A table with all its margins: one cell per combination of nodes."""

    axes: tuple[Axis, ...]

    @classmethod
    def plain(cls, *sizes: int) -> Margins:
        """Axes of so many codes each, with a total and nothing between."""
        return cls(tuple(Axis.nested(f"axis {i}", [str(code) for code in range(size)]) for i, size in enumerate(sizes)))

    @property
    def leaves(self) -> tuple[int, ...]:
        """Shape of the table of finest counts."""
        return tuple(axis.leaves for axis in self.axes)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the table with its margins."""
        return tuple(len(axis.parents) for axis in self.axes)

    @property
    def size(self) -> int:
        """How many cells the table has with its margins."""
        return int(np.prod(self.shape))

    @property
    def is_network(self) -> bool:
        """Do the sums form a network (at most two axes, at most one of them with levels in between)? Then every corner of what is
        possible is whole numbers, and linear programming is as strong as an attack with integers."""
        deep = sum(len(axis.parents) > axis.leaves + 1 for axis in self.axes)
        return len(self.axes) <= 1 or (len(self.axes) == 2 and deep <= 1)

    def expand(self, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The finest counts (shape `leaves`) with every margin (shape `shape`)."""
        full = np.asarray(counts, np.int64)
        if full.shape != self.leaves:
            raise ValueError(f"counts of shape {self.leaves} are expected, not {full.shape}")
        for k, axis in enumerate(self.axes):
            full = np.moveaxis(np.tensordot(axis.ancestors.astype(np.int64), full, axes=(1, k)), 0, k)
        return full

    def held(self, cell: int) -> NDArray[np.int64]:
        """Flat indices of the leaf cells that a cell holds."""
        return self._along(np.flatnonzero(axis.ancestors[node]) for axis, node in zip(self.axes, np.unravel_index(cell, self.shape), strict=True))

    def above(self, leaf: int) -> NDArray[np.int64]:
        """Flat indices of every cell that holds this leaf cell, itself among them."""
        return self._along(np.flatnonzero(axis.ancestors[:, node]) for axis, node in zip(self.axes, np.unravel_index(leaf, self.shape), strict=True))

    def _along(self, nodes: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
        return np.ravel_multi_index(np.meshgrid(*nodes, indexing="ij"), self.shape).ravel()

    @cached_property
    def relations(self) -> sparse.csr_matrix:
        """(sums, cells): R with R @ table.ravel() == 0 for every table that adds up; entries are -1 for the margin, 1 for its parts."""
        blocks = []
        for k, axis in enumerate(self.axes):
            before, after = int(np.prod(self.shape[:k])), int(np.prod(self.shape[k + 1:]))
            blocks.append(sparse.kron(sparse.kron(sparse.identity(before), axis.sums), sparse.identity(after)))
        return sparse.csr_matrix(sparse.vstack(blocks))
