"""The invented register as Parquet files in canonical columns, with the truth and the letters of every row beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.linkage.families import kin, writing
from bench.linkage.families.groups import Group, load
from bench.linkage.families.kin import People
from bench.linkage.families.pools import Numbers, Words
from bench.linkage.families.writing import Hand
from havre.linkage.record import Description, Name, Sibling

BLOCK = 60_000  # people made at once
NAMES = ("given", "father", "grandfather", "mother", "family", "nickname")
COLUMNS = ("id", *NAMES, "sex", "birth_date", "age_min", "age_max", "recorded_on", "origin", "siblings")
Truth = list[tuple[str, str, str, str, str]]  # ids of both sides, group, letters of both sides


@dataclass(frozen=True, slots=True)
class Register:
    """Where what was written lies. `*_about` hold id, person, family, group and script of every row, in the same order."""

    folder: Path

    def path(self, name: str) -> Path:
        """`left`, `right`, `left_about`, `right_about` or `truth`."""
        return self.folder / f"{name}.parquet"

    def columns(self, name: str) -> dict[str, list[Any]]:
        """A whole file as columns."""
        from pyarrow import parquet

        return dict(parquet.read_table(self.path(name)).to_pydict())

    def descriptions(self, name: str) -> Iterator[Description]:
        """The rows of a side as descriptions."""
        from pyarrow import parquet

        with parquet.ParquetFile(self.path(name)) as file:
            for batch in file.iter_batches(50_000):
                yield from map(description, batch.to_pylist())


def description(row: Mapping[str, Any]) -> Description:
    """One row of canonical columns as a description."""
    listed = [text.removesuffix(")").partition(" (") for text in (row["siblings"] or "").split("; ") if text]
    return Description(
        names=tuple(Name(row[kind], kind) for kind in NAMES if row[kind]),
        sex=row["sex"],
        birth_date=row["birth_date"],
        age_min=None if row["age_min"] is None else float(row["age_min"]),
        age_max=None if row["age_max"] is None else float(row["age_max"]),
        recorded_on=row["recorded_on"],
        origin=tuple(row["origin"].split(" > ")),
        siblings=tuple(Sibling((name,), float(age) if age else None) for name, _, age in listed),
        id=row["id"],
    )


class _Side:
    """One file being written, with its `about`."""

    def __init__(self, register: Register, name: str, letter: str, hand: Hand) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        whole = {"age_min", "age_max"}
        self.rows_schema = pa.schema([(c, pa.int16() if c in whole else pa.string()) for c in COLUMNS])
        self.about_schema = pa.schema([("id", pa.string()), ("person", pa.int64()), ("family", pa.int64()), ("group", pa.string()), ("script", pa.string())])
        self.rows = parquet.ParquetWriter(register.path(name), self.rows_schema)
        self.about = parquet.ParquetWriter(register.path(f"{name}_about"), self.about_schema)
        self.letter, self.hand, self.count = letter, hand, 0

    def write(self, group: Group, people: People, chosen: Numbers, offset: tuple[int, int], rng: np.random.Generator) -> tuple[list[str], Words]:
        """Write the chosen people; their ids and letters, in order."""
        import pyarrow as pa

        rows = rng.permutation(chosen)
        columns, native = writing.describe(group, people, rows, self.hand, rng)
        ids = [f"{self.letter}{n}" for n in range(self.count, self.count + len(rows))]
        self.count += len(rows)
        script = np.where(native, group.script, "latin").astype(object)
        table: dict[str, Any] = {"id": ids} | columns
        self.rows.write_table(pa.table({c: pa.array(table[c], type=self.rows_schema.field(c).type) for c in COLUMNS}, schema=self.rows_schema))
        self.about.write_table(pa.table(
            {"id": ids, "person": rows + offset[0], "family": people.family[rows] + offset[1], "group": [group.code] * len(rows), "script": pa.array(script, pa.string())},
            schema=self.about_schema))  # fmt: skip
        back = np.argsort(rows)
        return [ids[k] for k in back.tolist()], script[back]

    def close(self) -> None:
        self.rows.close()
        self.about.close()


def _blocks(groups: list[Group], people: int, siblings: float, seed: int) -> Iterator[tuple[Group, People, np.random.Generator]]:
    """Blocks of every group in turn, each with numbers of its own, so that size does not change what a block holds."""
    each = people / len(groups)
    for block in range(int(np.ceil(each / BLOCK))):
        for number, group in enumerate(groups):
            rng = np.random.default_rng((seed, number, block))
            size = int(min(BLOCK, each - block * BLOCK))
            if size > 0:
                yield group, kin.make(group, size, siblings, rng), rng


Choice = Callable[[int, np.random.Generator], tuple[Numbers, Numbers]]


def _write(folder: Path, data: Path, people: int, choose: Choice, siblings: float, seed: int, groups: set[str] | None) -> Register:
    import pyarrow as pa
    from pyarrow import parquet

    folder.mkdir(parents=True, exist_ok=True)
    register = Register(folder)
    left, right = _Side(register, "left", "l", writing.OFFICE), _Side(register, "right", "r", writing.RELATIVE)
    truth: Truth = []
    offset = (0, 0)
    for group, block, rng in _blocks(load(data, groups), people, siblings, seed):
        a, b = choose(len(block), rng)
        ids_a, script_a = left.write(group, block, a, offset, rng)
        ids_b, script_b = right.write(group, block, b, offset, rng)
        _, at_a, at_b = np.intersect1d(a, b, return_indices=True)
        truth += [(ids_a[i], ids_b[j], group.code, script_a[i], script_b[j]) for i, j in zip(at_a.tolist(), at_b.tolist(), strict=True)]
        offset = (offset[0] + len(block), offset[1] + len(block.families.first))
    left.close()
    right.close()
    names = ("left_id", "right_id", "group", "script_left", "script_right")
    parquet.write_table(pa.table({name: pa.array([row[k] for row in truth], pa.string()) for k, name in enumerate(names)}), register.path("truth"))
    return register


def write_pair(folder: Path, data: Path, rows: int, *, overlap: float = 0.4, siblings: float = 1.6, seed: int = 17, groups: set[str] | None = None) -> Register:
    """Two registers of about `rows` rows, a share `overlap` of each being of children who are in both."""
    people = int(rows * (2 - overlap))

    def choose(size: int, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
        draw, both = rng.random(size), overlap / (2 - overlap)
        return np.flatnonzero(draw < (1 + both) / 2), np.flatnonzero(draw >= (1 - both) / 2)

    return _write(folder, data, people, choose, siblings, seed, groups)


def write_register(folder: Path, data: Path, rows: int, *, questions: int, absent: float = 0.2, siblings: float = 1.6, seed: int = 17,
                   groups: set[str] | None = None) -> Register:  # fmt: skip
    """A register of about `rows` rows (`left`) and `questions` of relatives (`right`), a share `absent` about children who are not in it.

    The brothers and sisters of an absent child are in the register as any others.
    """

    def choose(size: int, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
        asked = rng.permutation(size)[: max(1, round(questions * size / rows))]
        held = np.ones(size, dtype=bool)
        held[asked[: round(absent * len(asked))]] = False
        return np.flatnonzero(held), np.sort(asked)

    return _write(folder, data, rows, choose, siblings, seed, groups)
