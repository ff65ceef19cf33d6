"""How is a file counted? DuckDB reads it (CSV, Parquet or Arrow) and gives places; the tables grow a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from havre.disclosure.counting import sql
from havre.disclosure.counting.arrays import Tally
from havre.disclosure.counting.counted import Counted, check_children, check_codes
from havre.disclosure.domain import Domain, Rows, Spec
from havre.disclosure.problems import BadBudget, MissingAttribute

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

BATCH = 1 << 16


def count_file(source: Path | pa.Table, domain: Domain, specs: Iterable[Spec], *, child: str | None = None, most: int = 1,
               drop: bool = False, columns: Mapping[str, str] | None = None, threads: int = 2) -> Counted:
    """The exact tables of a CSV file (.csv, .tsv, .txt, also .gz), a Parquet file or an Arrow table.

    `columns` names the column of an attribute where it is not the attribute's own name. `child` names the column of the child's
    identifier: then no child counts with more than `most` rows (see `contributions.bound`). Without it every row must be one child's.
    Empty values are the attribute's `missing`, values outside its list its `other`. Nothing is written.
    """
    import duckdb
    if most < 1:
        raise BadBudget(hint="a child stands in at least one row")
    specs = tuple(specs)
    with duckdb.connect(config={"threads": threads}) as con:
        _open(con, source, domain, child, columns or {})
        return _count(con, domain, specs, child is not None, most, drop)


def _open(con: duckdb.DuckDBPyConnection, source: Path | pa.Table, domain: Domain, child: str | None, columns: Mapping[str, str]) -> None:
    import pyarrow as pa
    if isinstance(source, pa.Table):
        con.register("havre_source", source)
    else:
        raw = con.read_parquet(str(source)) if Path(source).suffix == ".parquet" else con.read_csv(str(source), header=True, all_varchar=True)
        raw.create_view("havre_source")
    there = set(con.table("havre_source").columns)
    names = {a.name: columns.get(a.name, a.name) for a in domain.attributes}
    for name in [*names.values(), *([child] if child is not None else [])]:
        if name not in there:
            raise MissingAttribute(attribute=name)
    picked = [f"CAST({_quoted(name)} AS VARCHAR) AS v{i}" for i, name in enumerate(names.values())]
    if child is not None:
        picked.append(f"CAST({_quoted(child)} AS VARCHAR) AS child")
    con.execute(f"CREATE VIEW {sql.ROWS} AS SELECT {', '.join(picked)} FROM havre_source")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _count(con: duckdb.DuckDBPyConnection, domain: Domain, specs: tuple[Spec, ...], named: bool, most: int, drop: bool) -> Counted:
    finest = sql.columns(domain, ())
    con.register(sql.CODES, codebook(domain, finest))
    surplus = 0
    if named:
        nameless, largest, surplus = _one(con, sql.crowded(most))
        check_children(nameless, largest, most, drop=drop)
    if surplus:  # rows that will be left out must have codes too
        rows, *wrong = _one(con, sql.refused(domain))
        check_codes(domain, rows, wrong)
    tally, refused = Tally(domain, specs), np.zeros(len(domain.attributes), dtype=np.int64)
    for batch in con.sql(sql.kept(domain, finest, most if surplus else None)).to_arrow_reader(BATCH):
        columns = [np.asarray(column) for column in batch.columns]
        refused += [int((column == sql.REFUSED).sum()) for column in columns]
        if not refused.any():
            tally.add(Rows(domain, dict(zip(domain.names, columns, strict=True))))
    check_codes(domain, tally.rows or int(refused.any()), refused.tolist())
    return Counted(tally.tables(), tally.rows, surplus)


def _one(con: duckdb.DuckDBPyConnection, text: str) -> list[int]:
    row: Any = con.execute(text).fetchall()[0]
    return [int(value) for value in row]


def codebook(domain: Domain, levels: list[tuple[str, int]]) -> pa.Table:
    """`havre_codes` as an Arrow table."""
    import pyarrow as pa
    found = sql.code_rows(domain, levels)
    types = (("attribute", pa.int32()), ("code", pa.string()), ("place", pa.int32()))
    return pa.table({name: pa.array([row[i] for row in found], type=kind) for i, (name, kind) in enumerate(types)})
