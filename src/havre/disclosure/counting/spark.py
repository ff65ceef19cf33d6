"""How does a cluster count? Spark SQL runs the same text; only tables, never rows, come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from havre.disclosure.counting import sql
from havre.disclosure.counting.counted import Counted, check_children, check_codes
from havre.disclosure.domain import Domain, Spec
from havre.disclosure.problems import BadBudget, MissingAttribute


def count_frame(frame: Any, domain: Domain, specs: Iterable[Spec], *, child: str | None = None, most: int = 1,
                drop: bool = False, columns: Mapping[str, str] | None = None) -> Counted:
    """The exact tables of a Spark data frame, to the number those of `files.count_file`. Its session holds two temporary views
    (`sql.ROWS`, `sql.CODES`) while it counts: count one frame at a time in a session."""
    from pyspark.sql import functions as f
    if most < 1:
        raise BadBudget(hint="a child stands in at least one row")
    session, specs = frame.sparkSession, tuple(specs)
    names = [(columns or {}).get(a.name, a.name) for a in domain.attributes]
    for name in [*names, *([child] if child is not None else [])]:
        if name not in frame.columns:
            raise MissingAttribute(attribute=name)
    texts = [frame[_quoted(name)].cast("string").alias(f"v{i}") for i, name in enumerate(names)]
    if child is not None:
        texts.append(frame[_quoted(child)].cast("string").alias("child"))
    levels = sql.columns(domain, specs)
    frame.select(*texts).createOrReplaceTempView(sql.ROWS)
    codes = session.createDataFrame(sql.code_rows(domain, levels), "attribute int, code string, place int")
    f.broadcast(codes).createOrReplaceTempView(sql.CODES)
    try:
        return _count(session, domain, levels, specs, child is not None, most, drop)
    finally:
        session.catalog.dropTempView(sql.ROWS)
        session.catalog.dropTempView(sql.CODES)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _count(session: Any, domain: Domain, levels: list[tuple[str, int]], specs: tuple[Spec, ...], named: bool, most: int, drop: bool) -> Counted:
    surplus = 0
    if named:
        nameless, largest, surplus = (int(value) for value in session.sql(sql.crowded(most)).first())
        check_children(nameless, largest, most, drop=drop)
    rows, *refused = (int(value) for value in session.sql(sql.refused(domain)).first())
    check_codes(domain, rows, refused)
    counts = {spec: np.zeros(domain.shape(spec), dtype=np.int64) for spec in specs}
    at = {pair: f"c{i}" for i, pair in enumerate(levels)}
    used = [at[pair] for pair in levels if any(pair in spec for spec in specs)]
    by_columns = {frozenset(at[pair] for pair in spec): spec for spec in specs}
    for row in session.sql(sql.grouped(domain, levels, specs, most if surplus else None)).toLocalIterator():
        found = {name: int(row[name]) for name in used if row[name] is not None}
        spec = by_columns[frozenset(found)]
        counts[spec][tuple(found[at[pair]] for pair in spec)] = int(row["n"])
    return Counted(counts, rows - surplus, surplus)
