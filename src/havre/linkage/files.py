"""Reading and writing tables: CSV and Parquet, everything as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Text = list[str | None]
SEPARATORS: Final = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, values as text, None where empty: lists, or Arrow arrays of strings."""

    columns: Mapping[str, Any]
    rows: int

    def column(self, name: str) -> Text:
        """The values of one column."""
        values = self.columns[name]
        return values if isinstance(values, list) else [_text(v) for v in values.to_pylist()]

    def arrow(self, name: str) -> Any:
        """The values of one column as an Arrow array of strings; blanks around them removed, empty ones null."""
        import pyarrow as pa
        from pyarrow import compute as pc

        values = self.columns[name]
        if isinstance(values, list):
            values = pa.array(values, pa.string())
        if isinstance(values, pa.ChunkedArray):
            values = values.combine_chunks()
        trimmed = pc.utf8_trim_whitespace(values.cast(pa.string()))
        return pc.if_else(pc.equal(pc.binary_length(trimmed), 0), pa.scalar(None, pa.string()), trimmed)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    text = value.strip() if isinstance(value, str) else str(value)
    return text or None


def read_table(path: Path) -> Table:
    """Read a CSV (UTF-8, a header row; comma, semicolon, tab or bar between cells) or Parquet file.

    Raises ValueError in plain words when it cannot be read.
    """
    import pyarrow as pa
    from pyarrow import parquet

    if not path.is_file():
        raise ValueError(f"There is no file {path}.")
    try:
        if path.suffix.lower() == ".parquet":
            table = parquet.read_table(path)
        elif path.suffix.lower() in (".csv", ".tsv", ".txt"):
            table = _read_csv(path)
        else:
            raise ValueError(f"{path.name}: only .csv and .parquet files can be read.")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 text. Save it again as “CSV UTF-8”.") from error
    except (pa.ArrowException, OSError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
    return Table({name.strip(): table.column(name) for name in table.column_names}, table.num_rows)


def _read_csv(path: Path) -> Any:
    import csv as plain

    import pyarrow as pa
    from pyarrow import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        if not first.strip():
            raise ValueError(f"{path} is empty.")
        separator = max(SEPARATORS, key=first.count)
        file.seek(0)
        headers = next(plain.reader(file, delimiter=separator))
    twice = sorted({name for name in headers if headers.count(name) > 1})
    if twice:
        raise ValueError(f"{path} has two columns named “{twice[0]}”.")
    options = csv.ConvertOptions(column_types={name: pa.string() for name in headers}, strings_can_be_null=True)
    return csv.read_csv(path, parse_options=csv.ParseOptions(delimiter=separator, newlines_in_values=True), convert_options=options)


def write_table(path: Path, columns: Mapping[str, Sequence[Any]]) -> None:
    """Write columns to CSV or Parquet by the file's ending, whole or not at all."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    kinds = (pa.Array, pa.ChunkedArray)
    table = pa.table({name: values if isinstance(values, kinds) else pa.array(values) for name, values in columns.items()})
    part = path.with_name(path.name + ".part")
    if path.suffix.lower() == ".parquet":
        parquet.write_table(table, part)
    elif path.suffix.lower() == ".csv":
        csv.write_csv(table, part)
    else:
        raise ValueError(f"{path.name}: the result is written as .csv or .parquet.")
    part.replace(path)
