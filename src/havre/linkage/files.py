"""Reading and writing tables: CSV and Parquet, everything as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Text = list[str | None]
SEPARATORS: Final = ",;\t|"
AT_ONCE: Final = 20_000  # rows of a Parquet file in memory at once


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
    from pyarrow import csv, parquet

    with _in_plain_words(path):
        table = parquet.read_table(path) if _is_parquet(path) else csv.read_csv(path, **_as_text(path))
    return Table({name.strip(): table.column(name) for name in table.column_names}, table.num_rows)


def open_table(path: Path) -> tuple[list[str], Iterator[Table]]:
    """The same file in parts of some megabytes, in order, one in memory at a time: the names of its columns, and the parts.

    Raises ValueError as `read_table` does, for what stands further down when that part is reached.
    """
    from pyarrow import csv, parquet

    with _in_plain_words(path):
        if _is_parquet(path):
            file = parquet.ParquetFile(path)
            return [name.strip() for name in file.schema_arrow.names], _parts(path, file.iter_batches(AT_ONCE))
        reader = csv.open_csv(path, **_as_text(path))
        return [name.strip() for name in reader.schema.names], _parts(path, reader)


def _parts(path: Path, batches: Iterable[Any]) -> Iterator[Table]:
    with _in_plain_words(path):
        for batch in batches:
            yield Table({name.strip(): column for name, column in zip(batch.schema.names, batch.columns, strict=True)}, batch.num_rows)


def _is_parquet(path: Path) -> bool:
    kind = path.suffix.lower()
    if kind not in (".parquet", ".csv", ".tsv", ".txt"):
        raise ValueError(f"{path.name}: only .csv and .parquet files can be read.")
    return kind == ".parquet"


@contextmanager
def _in_plain_words(path: Path) -> Iterator[None]:
    """Turn what goes wrong in reading a file into a ValueError that says it in plain words."""
    import pyarrow as pa

    if not path.is_file():
        raise ValueError(f"There is no file {path}.")
    try:
        yield
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 text. Save it again as “CSV UTF-8”.") from error
    except (pa.ArrowException, OSError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error


def _as_text(path: Path) -> dict[str, Any]:
    """How a CSV is read: its separator, every column as text."""
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
    return {"parse_options": csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            "convert_options": csv.ConvertOptions(column_types={name: pa.string() for name in headers}, strings_can_be_null=True)}  # fmt: skip


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
