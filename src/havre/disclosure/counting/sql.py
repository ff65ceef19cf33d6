"""In which words is a database asked to count? One text, run unchanged by DuckDB and by Spark SQL.

It reads two views that each engine makes: `havre_rows` with the text columns v0, v1, … (the attributes in the order of the domain) and
`child`, and `havre_codes` with (attribute, code, place). No value or code is ever written into the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from havre.disclosure.domain import Domain, Spec

ROWS, CODES = "havre_rows", "havre_codes"
REFUSED = -1


def code_rows(domain: Domain, levels: Iterable[tuple[str, int]]) -> list[tuple[int, str, int]]:
    """What `havre_codes` holds: for each column (attribute at a level, in the order of `levels`) its finest codes and their places."""
    out = []
    for column, (name, at) in enumerate(levels):
        attribute = domain.attribute(name)
        places = attribute.ancestors(attribute.depth, at)
        out += [(column, code, int(place)) for code, place in zip(attribute.codes, places, strict=True)]
    return out


def columns(domain: Domain, specs: Iterable[Spec]) -> list[tuple[str, int]]:
    """The columns to code: every attribute at its finest level first, then the coarser levels that some table asks for."""
    finest = [(a.name, a.depth) for a in domain.attributes]
    asked = {pair for spec in specs for pair in spec}
    return finest + sorted(asked - set(finest))


def coded(domain: Domain, levels: Sequence[tuple[str, int]], *, child: bool) -> str:
    """Rows as places: c0, c1, … in the order of `levels` (REFUSED where a value has no place), and `child` if asked for."""
    picked, joined = [], []
    at = {name: i for i, name in enumerate(domain.names)}
    for i, (name, level) in enumerate(levels):
        attribute, value = domain.attribute(name), f"r.v{at[name]}"
        up = attribute.ancestors(attribute.depth, level)
        places = {code: int(up[place]) for place, code in enumerate(attribute.codes)}
        missing = REFUSED if attribute.missing is None else places[attribute.missing]
        other = REFUSED if attribute.other is None else places[attribute.other]
        picked.append(f"CASE WHEN {value} IS NULL OR {value} = '' THEN {missing} ELSE coalesce(k{i}.place, {other}) END AS c{i}")
        joined.append(f"LEFT JOIN {CODES} k{i} ON k{i}.attribute = {i} AND k{i}.code = {value}")
    names = ", ".join([*picked, *(["r.child AS child"] if child else [])])
    return f"SELECT {names} FROM {ROWS} r " + " ".join(joined)


def kept(domain: Domain, levels: Sequence[tuple[str, int]], most: int | None) -> str:
    """Coded rows; with `most`, no more than so many of each child, chosen by `contributions.lot`."""
    if most is None:
        return coded(domain, levels, child=False)
    finest = ", ".join(f"CAST(c{i} AS VARCHAR(12))" for i in range(len(domain.attributes)))
    names = ", ".join(f"c{i}" for i in range(len(levels)))
    lots = f"row_number() OVER (PARTITION BY child ORDER BY md5(concat_ws(',', child, {finest})))"
    return f"SELECT {names} FROM (SELECT {names}, {lots} AS lot FROM ({coded(domain, levels, child=True)}) coded) chosen WHERE lot <= {most}"


def grouped(domain: Domain, levels: Sequence[tuple[str, int]], specs: Sequence[Spec], most: int | None) -> str:
    """Every table in one question: c0, c1, … (null where a table is not by that column) and n, the number of rows."""
    at = {pair: i for i, pair in enumerate(levels)}
    sets = ", ".join("(" + ", ".join(f"c{at[pair]}" for pair in spec) + ")" for spec in specs)
    used = sorted({at[pair] for spec in specs for pair in spec})
    names = "".join(f"c{i}, " for i in used)
    return f"SELECT {names}count(*) AS n FROM ({kept(domain, levels, most)}) kept GROUP BY GROUPING SETS ({sets})"


def refused(domain: Domain) -> str:
    """One row: for each attribute, how many rows have a value that is not in its list."""
    finest = [(a.name, a.depth) for a in domain.attributes]
    sums = ", ".join(f"coalesce(sum(CASE WHEN c{i} = {REFUSED} THEN 1 ELSE 0 END), 0) AS n{i}" for i in range(len(finest)))
    return f"SELECT count(*) AS n, {sums} FROM ({coded(domain, finest, child=False)}) coded"


def crowded(most: int) -> str:
    """One row: rows without a child, the most rows of one child, and how many rows are beyond `most`."""
    return (f"SELECT coalesce(sum(CASE WHEN child = '' THEN n ELSE 0 END), 0) AS nameless, coalesce(max(n), 0) AS largest, "
            f"coalesce(sum(CASE WHEN n > {most} THEN n - {most} ELSE 0 END), 0) AS surplus "
            f"FROM (SELECT coalesce(child, '') AS child, count(*) AS n FROM {ROWS} GROUP BY coalesce(child, '')) per_child")
