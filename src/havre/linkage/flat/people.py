"""Who stands in a file? Its rows as descriptions, by the canonical columns of `columns`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from havre.linkage.batch.kin import parse_relatives, parse_siblings
from havre.linkage.columns import Kind, kind_of, map_columns
from havre.linkage.files import Table, open_table
from havre.linkage.record import Description, Name, NameKind

KINDS: Final = {"full_name": NameKind.FULL} | {kind.value: kind for kind in NameKind}


def people(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Description]:
    """Everyone in a CSV or Parquet file, row by row; a small part of it is in memory at a time. `columns`: header -> canonical column, where the header does not say.

    Raises ValueError, in plain words, when the file cannot be read or a column does not exist. What a cell says in no known form
    is left out, as what is missing is neutral. A row without an id gets its number, from 1.
    """
    headers, parts = open_table(path)
    mapped = map_columns(headers, columns)
    if not mapped.keys() & {*KINDS, "phones", "identifiers"}:
        raise ValueError(f"{path} has no column of names. Say which it is with --map HEADER=COLUMN.")
    return _rows(parts, mapped)


def _rows(parts: Iterable[Table], mapped: Mapping[str, str]) -> Iterator[Description]:
    number = 0
    for part in parts:
        texts = {name: part.arrow(header).to_pylist() for name, header in mapped.items()}
        for k in range(part.rows):
            number += 1
            yield described({"id": str(number)} | {name: values[k] for name, values in texts.items() if values[k]})


def described(row: Mapping[str, str]) -> Description:
    """One person from texts by canonical column (`docs/reference/linkage-columns.md`)."""
    values: dict[str, Any] = {}
    names = []
    for column, text in row.items():
        kind = kind_of(column)
        if kind is Kind.NAME:
            names += [Name(spelling.strip(), KINDS[column]) for spelling in text.split("/") if spelling.strip()]
        elif column in ("siblings", "relatives"):
            values[column] = parse_siblings(text) if column == "siblings" else parse_relatives(text)
        elif kind is Kind.AGE:
            values[column] = _age(text)
        elif column in Description.__dataclass_fields__:
            separator = {Kind.PLACE: ">", Kind.LIST: ";", Kind.KIN: ";"}.get(kind)
            values[column] = tuple([p for part in text.split(separator) if (p := part.strip())]) if separator else text
    if values.get("age_max") is None and "age_min" in values:
        values["age_max"] = values["age_min"]
    return Description(names=tuple(names), **values)


def _age(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
