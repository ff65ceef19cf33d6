"""Reading and writing tables: CSV and Parquet, everything as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Text = list[str | None]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, values as text, None where empty."""

    columns: Mapping[str, Text]
    rows: int

    def column(self, name: str) -> Text:
        """The values of one column."""
        return self.columns[name]


def _text(value: Any) -> str | None:
    if value is None:
        return None
    text = value.strip() if isinstance(value, str) else str(value)
    return text or None


def read_table(path: Path) -> Table:
    """Read a CSV (UTF-8, header row) or Parquet file. Raises ValueError in plain words when it cannot be read."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    if not path.is_file():
        raise ValueError(f"There is no file {path}.")
    try:
        if path.suffix.lower() == ".parquet":
            table = parquet.read_table(path)
        elif path.suffix.lower() in (".csv", ".txt"):
            with path.open(encoding="utf-8-sig") as file:
                headers = file.readline()
            if not headers.strip():
                raise ValueError(f"{path} is empty.")
            options = csv.ConvertOptions(column_types=_all_text(path), strings_can_be_null=True)
            table = csv.read_csv(path, convert_options=options)
        else:
            raise ValueError(f"{path.name}: only .csv and .parquet files can be read.")
    except (pa.ArrowInvalid, UnicodeDecodeError, OSError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
    columns = {name.strip(): [_text(v) for v in table.column(name).to_pylist()] for name in table.column_names}
    return Table(columns, table.num_rows)


def _all_text(path: Path) -> dict[str, Any]:
    import csv as plain

    import pyarrow as pa

    with path.open(encoding="utf-8-sig", newline="") as file:
        return {name: pa.string() for name in next(plain.reader(file))}


def write_table(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    """Write columns to CSV or Parquet by the file's ending, whole or not at all."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    part = path.with_name(path.name + ".part")
    if path.suffix.lower() == ".parquet":
        parquet.write_table(table, part)
    elif path.suffix.lower() == ".csv":
        csv.write_csv(table, part)
    else:
        raise ValueError(f"{path.name}: the result is written as .csv or .parquet.")
    part.replace(path)
