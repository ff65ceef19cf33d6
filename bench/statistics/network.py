"""Rows drawn from a Bayesian network of invented parameters: skewed codes, dependence that is strong here and weak there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int16]
CHUNK = 50_000  # rows drawn at a time: bounds memory at a million rows


@dataclass(frozen=True, slots=True)
class Node:
    """One attribute: its codes with their base weights, and how strongly each earlier attribute bears on it.

    `parents`: name → strength, the standard deviation of the log-weights that a parent's code adds to each code. `favours`: (parent,
    parent's code) → codes of this attribute with the factor their weight is multiplied by, for dependence that is known. A hidden one
    bears on others and is not told.
    """

    name: str
    weights: Mapping[str, float]
    parents: Mapping[str, float] = field(default_factory=dict)
    favours: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)
    hidden: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The closed list of codes."""
        return tuple(self.weights)


@dataclass(frozen=True)
class Rows:
    """Encoded rows with their codebook. `codes[i, j]` is the place of row i's code in `attributes[names[j]]`. Shape: (rows, attributes)."""

    name: str
    attributes: Mapping[str, tuple[str, ...]]
    codes: Codes

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The attributes, in order."""
        return tuple(self.attributes)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of codes of each attribute."""
        return tuple(len(codes) for codes in self.attributes.values())

    def counts(self, columns: Sequence[int]) -> NDArray[np.int64]:
        """The exact table of these attributes, by their places. Shape: sizes of those attributes."""
        shape = tuple(self.sizes[j] for j in columns)
        flat = np.ravel_multi_index(tuple(self.codes[:, j] for j in columns), shape) if columns else np.zeros(len(self.codes), np.int64)
        return np.bincount(flat, minlength=int(np.prod(shape, dtype=np.int64))).reshape(shape)

    def labels(self) -> dict[str, list[str]]:
        """Rows as labels, by attribute."""
        return {name: [self.attributes[name][c] for c in self.codes[:, j].tolist()] for j, name in enumerate(self.names)}

    def write(self, path: Path) -> Path:
        """Rows as labels in a Parquet file, every attribute a string column; the file that every system is given."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = [pa.DictionaryArray.from_arrays(pa.array(self.codes[:, j]), pa.array(self.attributes[name])).cast(pa.string()) for j, name in enumerate(self.names)]
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(columns, names=list(self.names)), path)
        return path

    def part(self, chosen: NDArray[np.intp]) -> Rows:
        """These rows alone."""
        return Rows(self.name, self.attributes, self.codes[chosen])


class Network:
    """A Bayesian network. What it says of the world is fixed by its own seed; samples have theirs, so that two samples are of one population."""

    def __init__(self, name: str, nodes: Sequence[Node], seed: int, *, sharpness: float = 1.0) -> None:
        """`sharpness` raises every weight to that power: above 1 the rows crowd into fewer cells."""
        self.name, self.nodes = name, tuple(nodes)
        self._place = {node.name: j for j, node in enumerate(self.nodes)}
        draw = np.random.default_rng(seed)
        self._base = [sharpness * np.log(np.array(list(node.weights.values()), float)) for node in self.nodes]
        self._effects = [{parent: sharpness * self._effect(node, parent, strength, draw) for parent, strength in node.parents.items()} for node in self.nodes]

    def _effect(self, node: Node, parent: str, strength: float, draw: np.random.Generator) -> NDArray[np.float64]:
        """Log-weights added to the codes of `node` by each code of `parent`. Shape: (codes of the parent, codes of the node)."""
        above = self.nodes[self._place[parent]].codes
        effect: NDArray[np.float64] = draw.normal(0, strength, (len(above), len(node.codes)))
        for (who, code), factors in node.favours.items():
            if who == parent:
                effect[above.index(code), [node.codes.index(c) for c in factors]] += np.log(list(factors.values()))
        return effect

    @property
    def attributes(self) -> dict[str, tuple[str, ...]]:
        """The codebook."""
        return {node.name: node.codes for node in self.nodes if not node.hidden}

    def _chunk(self, rows: int, draw: np.random.Generator) -> Codes:
        out = np.empty((rows, len(self.nodes)), np.int16)
        for j, node in enumerate(self.nodes):
            weight = np.broadcast_to(self._base[j], (rows, len(node.codes))).copy()
            for parent, effect in self._effects[j].items():
                weight += effect[out[:, self._place[parent]]]
            np.exp(weight - weight.max(1, keepdims=True), out=weight)
            np.cumsum(weight, 1, out=weight)
            out[:, j] = (weight < draw.random((rows, 1)) * weight[:, -1:]).sum(1)
        return out[:, [not node.hidden for node in self.nodes]]

    def sample(self, rows: int, seed: int) -> Rows:
        """`rows` rows, independent of each other and the same for the same seed."""
        draw = np.random.default_rng([seed, rows])
        codes = np.concatenate([self._chunk(min(CHUNK, rows - start), draw) for start in range(0, rows, CHUNK)] or [np.empty((0, len(self.attributes)), np.int16)])
        return Rows(self.name, self.attributes, codes)
