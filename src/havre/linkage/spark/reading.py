"""Files on storage that every worker reaches, read as `files.read_table` reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from havre.linkage.files import SEPARATORS


def read(session: Any, path: Path | str) -> Any:
    """A CSV (UTF-8, header row) or Parquet file as a DataFrame. Raises ValueError in plain words when it cannot be read."""
    from pyspark.errors import AnalysisException

    name = str(path)
    ending = name.rstrip("/").lower().rpartition(".")[2]
    try:
        if ending == "parquet":
            return _plainly_named(session.read.parquet(name))
        if ending in ("csv", "tsv", "txt"):
            return _csv(session, name)
    except AnalysisException as error:
        raise ValueError(f"{name} cannot be read: {error.getCondition() or 'unknown'}.") from error
    raise ValueError(f"{name}: only .csv and .parquet files can be read.")


def quoted(header: str) -> str:
    """A header as Spark reads it whatever its characters."""
    return "`" + header.replace("`", "``") + "`"


def _csv(session: Any, name: str) -> Any:
    """Every value as text; what Arrow takes for missing (`NA`, `NULL`, …) is missing here too."""
    from pyarrow.csv import ConvertOptions
    from pyspark.sql import functions as F

    first = session.read.text(name).first()
    if first is None or not first[0].strip():
        raise ValueError(f"{name} is empty.")
    separator = max(SEPARATORS, key=first[0].count)
    frame = _plainly_named(session.read.csv(name, header=True, sep=separator, quote='"', escape='"', multiLine=True, encoding="UTF-8"))
    missing = ConvertOptions().null_values
    columns = {header: F.col(quoted(header)) for header in frame.columns}
    return frame.select(*(F.when(~column.isin(missing), column).alias(header) for header, column in columns.items()))


def _plainly_named(frame: Any) -> Any:
    """The same columns, their headers without blanks or a byte-order mark around them."""
    return frame.toDF(*(header.removeprefix("\ufeff").strip() for header in frame.columns))
