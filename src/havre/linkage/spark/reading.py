"""Files on storage that every worker reaches, every value as text where the file says no type."""

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
            return session.read.parquet(name)
        if ending in ("csv", "tsv", "txt"):
            first = session.read.text(name).first()
            if first is None or not first[0].strip():
                raise ValueError(f"{name} is empty.")
            separator = max(SEPARATORS, key=first[0].count)
            return session.read.csv(name, header=True, sep=separator, quote='"', escape='"', multiLine=True, encoding="UTF-8")
    except AnalysisException as error:
        raise ValueError(f"{name} cannot be read: {error.getCondition() or 'unknown'}.") from error
    raise ValueError(f"{name}: only .csv and .parquet files can be read.")
