"""`link`: two files; `dedupe`: one file with itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from havre.linkage.batch import rivals
from havre.linkage.batch.clusters import clusters
from havre.linkage.batch.engine import Tell, Work, prepare
from havre.linkage.batch.fields import Field
from havre.linkage.batch.folder import Folder, fingerprint
from havre.linkage.batch.result import Groups, Links
from havre.linkage.batch.result import one_to_one as best_pairs
from havre.linkage.batch.rows import Rows
from havre.linkage.batch.scoring import FAMILY_FROM, KEPT_FROM, VERDICTS, Scored, verdicts
from havre.linkage.files import Table, read_table
from havre.linkage.model.parameters import Model, load_model

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _silent(_: str) -> None:
    return None


def as_table(fields: tuple[Field, ...], left: Rows, right: Rows, found: Scored, verdict: NDArray[np.int8]) -> Any:
    """Scored pairs as an Arrow table in the form of `Links`."""
    import pyarrow as pa

    take = left.ids.take(pa.array(found.a)), right.ids.take(pa.array(found.b))
    columns: dict[str, Any] = {
        "left_id": take[0],
        "right_id": take[1],
        "probability": pa.array(np.round(found.match, 6)),
        "family_probability": pa.array(np.round(found.family, 6)),
        "verdict": _words(verdict, VERDICTS),
    }
    for k, field in enumerate(fields):
        columns[f"{field.name}_level"] = _words(found.levels[k], field.levels)
        columns[f"{field.name}_weight"] = pa.array(np.round(found.weights[k].astype(float), 2), mask=found.levels[k] < 0)
    return pa.table(columns)


def _words(codes: NDArray[np.int8], words: tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8(), mask=codes < 0), pa.array(words, pa.string())).cast(pa.string())


def joined(parts: list[Scored]) -> Scored:
    """Stretches together, the most probable pair first."""
    columns: list[Any] = [np.concatenate([part[k] for part in parts], axis=-1) for k in range(len(Scored._fields))]
    found = Scored(*columns)
    order = np.lexsort((found.b, found.a, -found.weights.sum(axis=0), -found.match))
    sorted_columns: list[Any] = [column[..., order] for column in found]
    return Scored(*sorted_columns)


def _found(work: Work, model: Model, minimum: float, folder: Folder | None, tell: Tell, *, one: bool = False) -> tuple[Scored, int, float]:
    """Pairs worth reading, how many were compared and how many matches there are; with `one`, each row matches at most once."""
    learned = folder.learned if folder else None
    if learned is None:
        learned = work.learn(model)
        if folder:
            folder.keep_learned(learned)
    tell(f"learned from a sample: about {learned.matches:,.0f} matches")
    scorer = work.scorer(learned)
    limits = folder.limits if folder else None
    if limits is None:
        limits = work.limits(scorer)
        if folder:
            folder.keep_limits(limits)
    work = work.within(limits)
    tell(f"{work.blocks.pairs:,} pairs at most in the blocks that are worth it")
    rows = work.left.count, work.right.count
    parts, compared, stretches = [], 0, work.stretches()
    alone = rivals.least(minimum, rows, learned.matches) if one else minimum
    for k, (low, high) in enumerate(stretches):
        before = folder.part(k) if folder else None
        found, count = before or work.scored(scorer, low, high, alone)
        if folder and not before:
            folder.keep_part(k, found, count)
        parts.append(found)
        compared += count
        tell(f"part {k + 1} of {len(stretches)}{' (finished before)' if before else ''}: {compared:,} pairs compared")
    found = joined(parts)
    return (among_rivals(found, rows, learned.matches, minimum) if one else found), compared, learned.matches


def among_rivals(found: Scored, rows: tuple[int, int], matches: float, minimum: float) -> Scored:
    """The pairs as probable as they are when every row matches at most once (`rivals.each_once`), those worth reading still."""
    match, family = rivals.each_once(found.a, found.b, found.match, found.family, rows, matches)
    kept = (match >= minimum) | (family >= FAMILY_FROM)
    columns: list[Any] = [column[..., kept] for column in found._replace(match=match, family=family)]
    return joined([Scored(*columns)])


def link_tables(
    left: Table,
    right: Table,
    *,
    map_left: Mapping[str, str] | None = None,
    map_right: Mapping[str, str] | None = None,
    one_to_one: bool = False,
    minimum: float = KEPT_FROM,
    model: Model | None = None,
    folder: Folder | None = None,
    tell: Tell = _silent,
) -> Links:
    """Link two tables; see `link`."""
    if not left.rows or not right.rows:
        return nothing_found()
    work = prepare(left, right, map_left or {}, map_right or {}, tell)
    found, compared, expected = _found(work, model or load_model(), minimum, folder, tell, one=one_to_one)
    return links_of(work, found, compared, expected, one=one_to_one)


def nothing_found() -> Links:
    """The result where there is nothing to compare."""
    import pyarrow as pa

    text, number = pa.array([], pa.string()), pa.array([], pa.float64())
    columns = {"left_id": text, "right_id": text, "probability": number, "family_probability": number, "verdict": text}
    return Links(pa.table(columns), (), 0, 0.0)


def links_of(work: Work, found: Scored, compared: int, expected: float, *, one: bool) -> Links:
    """The result for people; with `one`, each row matches at most once (`found`: `among_rivals`)."""
    verdict = verdicts(found.match, found.family)
    if one:
        verdict[(verdict == 0) & ~best_pairs(found.a, found.b, found.match)] = VERDICTS.index("lookalike")
    return Links(as_table(work.fields, work.left, work.right, found, verdict), tuple(f.name for f in work.fields), compared, expected)


def dedupe_table(table: Table, *, mapping: Mapping[str, str] | None = None, minimum: float = KEPT_FROM, model: Model | None = None,
                 folder: Folder | None = None, tell: Tell = _silent) -> Groups:  # fmt: skip
    """Find the rows of one table that are of one person; see `dedupe`."""
    if table.rows < 2:
        return Groups(nothing_found(), [], np.zeros(0, np.int64))
    work = prepare(table, None, mapping or {}, {}, tell)
    found, compared, expected = _found(work, model or load_model(), minimum, folder, tell)
    links = links_of(work, found, compared, expected, one=False)
    groups = clusters(work.left.count, found.a, found.b, found.match)
    return Groups(links, work.left.ids.to_pylist(), groups)


def _folder(path: Path | None, files: list[Path], **options: Any) -> Folder | None:
    if path is None:
        return None
    for file in files:
        if not file.is_file():
            raise ValueError(f"There is no file {file}.")
    return Folder.open(path, fingerprint(files, options))


def link(
    left: Path | str,
    right: Path | str,
    *,
    map_left: Mapping[str, str] | None = None,
    map_right: Mapping[str, str] | None = None,
    one_to_one: bool = False,
    minimum: float = KEPT_FROM,
    model: Model | None = None,
    work: Path | None = None,
    tell: Tell = _silent,
) -> Links:
    """Link two CSV or Parquet files without labels; every pair of at least `minimum` probability or of one family.

    `map_left`, `map_right` map headers to canonical columns (`columns.COLUMNS`) where names alone do not say.
    `one_to_one`: no child stands twice in one file, so that each row matches at most once: a pair is as probable as it is beside the other
    candidates of both its rows (`rivals`). Where that is not said, each pair is judged by itself. `work`: a folder in which finished parts
    are kept, so that the same call goes on after it was stopped; whoever has saved the result deletes it (`folder.remove`). `tell` receives
    progress in words. Raises ValueError in plain words when a file cannot be read or no column can be compared, OSError when `work` cannot
    be written.
    """
    files = [Path(left), Path(right)]
    folder = _folder(work, files, left=dict(map_left or {}), right=dict(map_right or {}), minimum=minimum, model=_mark(model), one=one_to_one)
    return link_tables(read_table(files[0]), read_table(files[1]), map_left=map_left, map_right=map_right, one_to_one=one_to_one,
                       minimum=minimum, model=model, folder=folder, tell=tell)  # fmt: skip


def dedupe(file: Path | str, *, mapping: Mapping[str, str] | None = None, minimum: float = KEPT_FROM, model: Model | None = None,
           work: Path | None = None, tell: Tell = _silent) -> Groups:  # fmt: skip
    """Find the rows of one CSV or Parquet file that are of one person, without labels: pairs, and groups of rows.

    `mapping` maps headers to canonical columns; the other parameters and errors are those of `link`.
    """
    path = Path(file)
    folder = _folder(work, [path], mapping=dict(mapping or {}), minimum=minimum, model=_mark(model))
    return dedupe_table(read_table(path), mapping=mapping, minimum=minimum, model=model, folder=folder, tell=tell)


def _mark(model: Model | None) -> str:
    return (model or load_model()).version
