"""Which rows of two files are of one person?

`link` maps columns, finds candidate pairs, compares them field by field, fits the three-class mixture without labels
and returns every pair worth reading with its probability, verdict and evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from havre.linkage.batch_fields import NAME_LEVELS, Field, fields_of, levels_of_pairs
from havre.linkage.batch_pairs import candidate_pairs
from havre.linkage.columns import Kind, map_columns
from havre.linkage.files import Table, read_table
from havre.linkage.model.mixture import Fitted, LevelModel, fit
from havre.linkage.model.parameters import Model, load_model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RANDOM_PAIRS: Final = 20_000
KEPT_FROM: Final = 0.05
CHUNK: Final = 2_000_000
# Starting levels for further columns: (match, family), by kind. Homes are shared in a family, names of them too.
FURTHER: Final = {
    Kind.TEXT: ((0.72, 0.10, 0.06, 0.12), (0.60, 0.10, 0.06, 0.24)),
    Kind.CODE: ((0.82, 0.08, 0.10), (0.65, 0.07, 0.28)),
    Kind.NUMBER: ((0.82, 0.08, 0.10), (0.65, 0.07, 0.28)),
}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """One linked pair. `levels` and `weights` (natural log-likelihood ratios) by field; missing fields are absent."""

    left_id: str
    right_id: str
    probability: float
    family_probability: float
    verdict: str
    levels: Mapping[str, str]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Links:
    """The result of linking two files. `pairs` has the most probable first."""

    pairs: list[Pair]
    fields: tuple[str, ...]
    compared: int
    matches_expected: float

    def matches(self) -> list[Pair]:
        """The pairs judged to be one person."""
        return [pair for pair in self.pairs if pair.verdict == "match"]


def _ids(table: Table, mapping: Mapping[str, str]) -> list[str]:
    if "id" not in mapping:
        return [str(i + 1) for i in range(table.rows)]
    return [value or str(i + 1) for i, value in enumerate(table.column(mapping["id"]))]


def _known_levels(model: Model) -> dict[str, tuple[str, ...]]:
    return {name: tuple(field.levels) for name, field in model.fields.items()}


def _all_levels(field: Field, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int8]:
    import numpy as np

    parts = [levels_of_pairs(field, a[i : i + CHUNK], b[i : i + CHUNK]) for i in range(0, len(a), CHUNK)]
    return np.concatenate(parts) if parts else np.empty(0, np.int8)


def _exact_share(field: Field) -> float:
    """Chance that two random rows hold the same value."""
    import numpy as np

    size = len(field.values)
    left = np.bincount(field.left[field.left >= 0], minlength=size).astype(float)
    right = np.bincount(field.right[field.right >= 0], minlength=size).astype(float)
    return float((left * right).sum() / max(left.sum() * right.sum(), 1.0))


DATE_LEVELS: Final = ("date_same", "date_turned", "date_slip", "date_near", "date_off", "date_apart")


def _as_seen(field: Field, start: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """For births: weigh levels of full dates and of ages as often as each kind of comparison happens in these files."""
    import numpy as np

    if field.levels[0] != DATE_LEVELS[0]:
        return start
    dates = np.array([level in DATE_LEVELS for level in field.levels])
    out = start.copy()
    for kind in (dates, ~dates):
        out[kind] *= counts[kind].sum() / counts.sum() / start[kind].sum()
    return out


def _start(field: Field, model: Model, random_levels: NDArray[np.int8]) -> LevelModel:
    """Starting probabilities of a field: shipped ones for match and family, random pairs for unrelated."""
    import numpy as np

    size = len(field.levels)
    if field.name in model.fields:
        table = model.fields[field.name].levels
        tiny = (1e-3, 1e-3, 1e-4)
        match, family, shipped = (np.array([table.get(level, tiny)[k] for level in field.levels], dtype=float) for k in range(3))
    else:
        match, family = (np.array(p, dtype=float) for p in FURTHER[field.kind])
        shipped = np.full(size, 1.0 / size)
    known = random_levels[random_levels >= 0]
    counts = np.bincount(known, minlength=size).astype(float) + 0.5 * shipped / shipped.sum() + 0.02
    unrelated = counts / counts.sum()
    match, family = _as_seen(field, match, counts), _as_seen(field, family, counts)
    if field.kind in (Kind.NAME, Kind.TEXT, Kind.CODE, Kind.NUMBER):
        unrelated[0] = max(_exact_share(field), 1e-7)
        if field.kind is Kind.NAME:  # files in two scripts agree by `strong`, never by `exact`
            exact = 0.3 * match[0] / (match[0] + match[1]) + 0.7 * unrelated[0] / (unrelated[0] + unrelated[1])
            for start in (match, family):
                start[:2] = start[:2].sum() * exact, start[:2].sum() * (1 - exact)
    elif field.levels[0] == "date_same":
        unrelated[0] = max(_exact_share(field), 1e-7) if counts[: len(DATE_LEVELS)].sum() > 1 else 1e-7
    match, family, unrelated = (p / p.sum() for p in (match, family, unrelated))
    return LevelModel(np.log(match), np.log(family), np.log(unrelated))


def _rarity(field: Field, level: NDArray[np.int8], a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32] | None:
    """How much rarer (in natural logarithm) than average the agreed value of each pair is; None for other fields."""
    import numpy as np

    if field.kind not in (Kind.NAME, Kind.TEXT, Kind.CODE):
        return None
    size = len(field.values)
    counts = np.bincount(field.left[field.left >= 0], minlength=size) + np.bincount(field.right[field.right >= 0], minlength=size)
    share = (counts + 1.0) / max(counts.sum(), 1)
    typical = float((share * share).sum())
    agreed = np.maximum(share[field.left[a]], share[field.right[b]])
    value = np.clip(np.log(typical / agreed), -2.5, 2.5)
    damping = np.append(np.array([1.0, 0.6, 0.3] + [0.0] * (len(field.levels) - 3)), 0.0)
    if field.kind is Kind.CODE:
        damping[1:] = 0.0
    result: NDArray[np.float32] = (value * damping[level]).astype(np.float32)
    return result


def _mark_swapped(fields: list[Field], levels: dict[str, NDArray[np.int8]], a: NDArray[np.int64], b: NDArray[np.int64]) -> None:
    """Given name and family (or father's) name in exchanged places: the given name is `swapped`, the other unknown."""
    import numpy as np

    from havre.linkage.names.similarity import STRONG, token_similarity

    by_name = {field.name: field for field in fields}
    given = by_name.get("given")
    different = NAME_LEVELS.index("weak")
    for other_name in ("father", "lineage"):
        other = by_name.get(other_name)
        if given is None or other is None:
            continue
        known = (given.left[a] >= 0) & (given.right[b] >= 0) & (other.left[a] >= 0) & (other.right[b] >= 0)
        apart = known & (levels["given"] >= different) & (levels[other_name] >= different)
        for k in np.flatnonzero(apart):
            ga, gb = str(given.values[given.left[a[k]]]), str(given.values[given.right[b[k]]])
            oa, ob = str(other.values[other.left[a[k]]]), str(other.values[other.right[b[k]]])
            if ga[0] != ob[0] and gb[0] != oa[0]:
                continue
            if token_similarity(ga, ob) >= STRONG and token_similarity(gb, oa) >= STRONG:
                levels["given"][k] = NAME_LEVELS.index("swapped")
                levels[other_name][k] = -1


def _one_to_one(order: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64]) -> set[int]:
    """Indices of pairs kept when every row may match once, the most probable first."""
    used_left: set[int] = set()
    used_right: set[int] = set()
    kept: set[int] = set()
    for k in order:
        x, y = int(a[k]), int(b[k])
        if x not in used_left and y not in used_right:
            used_left.add(x)
            used_right.add(y)
            kept.add(int(k))
    return kept


def _compare(fields: list[Field], model: Model, rows: tuple[int, int], tell: Tell
             ) -> tuple[NDArray[np.int64], NDArray[np.int64], dict[str, NDArray[np.int8]], Fitted]:  # fmt: skip
    import numpy as np

    a, b = candidate_pairs(fields, tell)
    rng = np.random.default_rng(11)
    random_a, random_b = rng.integers(0, rows[0], RANDOM_PAIRS), rng.integers(0, rows[1], RANDOM_PAIRS)
    levels: dict[str, NDArray[np.int8]] = {}
    starts = []
    for field in fields:
        levels[field.name] = _all_levels(field, a, b)
        starts.append(_start(field, model, levels_of_pairs(field, random_a, random_b)))
        tell(f"{field.name} compared")
    _mark_swapped(fields, levels, a, b)
    rarity = [_rarity(field, levels[field.name], a, b) for field in fields]
    fitted = fit([levels[f.name] for f in fields], starts, rarity, float(rows[0]) * rows[1], 0.3 * min(rows))
    return a, b, levels, fitted


def link_tables(
    left: Table,
    right: Table,
    *,
    map_left: Mapping[str, str] | None = None,
    map_right: Mapping[str, str] | None = None,
    one_to_one: bool = False,
    minimum: float = KEPT_FROM,
    model: Model | None = None,
    tell: Tell = lambda _: None,
) -> Links:
    """Link two tables; see `link`."""
    import numpy as np

    model = model or load_model()
    columns_left, columns_right = map_columns(left.columns, map_left), map_columns(right.columns, map_right)
    if not left.rows or not right.rows:
        return Links([], (), 0, 0.0)
    fields = fields_of(left, right, columns_left, columns_right, _known_levels(model))
    if not fields:
        raise ValueError("The two files share no column that can be compared. Name columns with --map.")
    tell("comparing by " + ", ".join(f.name for f in fields))
    a, b, levels, fitted = _compare(fields, model, (left.rows, right.rows), tell)
    interesting = np.flatnonzero((fitted.match >= minimum) | (fitted.family >= 0.5))
    total = np.sum(fitted.weights, axis=0) if len(a) else np.empty(0)
    order = interesting[np.lexsort((-total[interesting], -fitted.match[interesting]))]
    kept = _one_to_one(order[fitted.match[order] >= 0.5], a, b) if one_to_one else None
    ids_left, ids_right = _ids(left, columns_left), _ids(right, columns_right)
    pairs = []
    for k in order:
        match, family = float(fitted.match[k]), float(fitted.family[k])
        verdict = "match" if match >= 0.5 else "family" if family >= 0.5 else "lookalike"
        if kept is not None and verdict == "match" and int(k) not in kept:
            verdict = "lookalike"
        known = {f.name: i for i, f in enumerate(fields) if levels[f.name][k] >= 0}
        pairs.append(
            Pair(
                ids_left[a[k]], ids_right[b[k]], match, family, verdict,
                {name: fields[i].levels[levels[name][k]] for name, i in known.items()},
                {name: round(float(fitted.weights[i][k]), 2) for name, i in known.items()},
            )
        )  # fmt: skip
    return Links(pairs, tuple(f.name for f in fields), len(a), fitted.matches_expected)


def link(
    left: Path | str,
    right: Path | str,
    *,
    map_left: Mapping[str, str] | None = None,
    map_right: Mapping[str, str] | None = None,
    one_to_one: bool = False,
    minimum: float = KEPT_FROM,
    model: Model | None = None,
    tell: Tell = lambda _: None,
) -> Links:
    """Link two CSV or Parquet files without labels; every pair of at least `minimum` probability or of one family.

    `map_left`, `map_right` map headers to canonical columns (`columns.COLUMNS`) where names alone do not say.
    `one_to_one`: each row matches at most once. `tell` receives progress in words. Raises ValueError in plain words
    when a file cannot be read or no column can be compared.
    """
    return link_tables(
        read_table(Path(left)),
        read_table(Path(right)),
        map_left=map_left,
        map_right=map_right,
        one_to_one=one_to_one,
        minimum=minimum,
        model=model,
        tell=tell,
    )
