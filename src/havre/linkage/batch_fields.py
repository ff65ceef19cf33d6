"""What does each row of a file say in each field, and how well do two values agree?

Rows become values by field; a value is computed on once however many rows hold it. Names are compared by
`names.similarity`, other fields of a person by the same comparators as single queries, further columns by text or code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from havre.linkage.columns import Kind, kind_of
from havre.linkage.evidence import birth, contacts, culture, kin, places, separation
from havre.linkage.evidence import sex as sexes
from havre.linkage.evidence.base import MISSING, Seen
from havre.linkage.evidence.levels import name_level
from havre.linkage.files import Table, Text
from havre.linkage.names.sounds import skeleton, sound
from havre.linkage.names.tokens import tokens
from havre.linkage.prepared import Prepared, prepare
from havre.linkage.record import Description, Relative, Sibling

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME_LEVELS: Final = ("exact", "strong", "close", "weak", "swapped", "different")
TEXT_LEVELS: Final = ("exact", "strong", "close", "different")
CODE_LEVELS: Final = ("same", "one_apart", "different")
NAME_FIELDS: Final = ("given", "father", "lineage", "mother")
FAMILY_SHARED: Final = frozenset({Kind.TEXT, Kind.CODE, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of both files: a code into the distinct values for each row (-1 missing), and its levels."""

    name: str
    kind: Kind
    levels: tuple[str, ...]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    values: tuple[Hashable, ...]


def _parts(text: str | None, separator: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in text.split(separator) if p.strip()) if text else ()


def parse_siblings(text: str | None) -> tuple[Sibling, ...]:
    """`Dawit (5); Sara` as siblings; other spellings of one sibling stand between slashes."""
    out = []
    for part in _parts(text, ";"):
        found = re.fullmatch(r"(.*?)\s*(?:\((\d+(?:\.\d+)?)\))?", part)
        assert found is not None
        out.append(Sibling(_parts(found[1], "/"), float(found[2]) if found[2] else None))
    return tuple(s for s in out if s.names)


def parse_relatives(text: str | None) -> tuple[Relative, ...]:
    """`aunt: Mersa; uncle: Ali` as relatives."""
    pairs = (part.partition(":") for part in _parts(text, ";"))
    return tuple(Relative(role.strip().lower(), _parts(name, "/")) for role, colon, name in pairs if colon and name.strip())


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


Getter = Callable[[str, int], str | None]
_EMPTY: Final = Description()


def _describe(get: Getter, i: int, wanted: tuple[str, ...]) -> Description | None:
    """The part of a description that one comparator reads; None when the row says nothing of it."""
    values: dict[str, object] = {}
    for name in wanted:
        text = get(name, i)
        if not text:
            continue
        kind = kind_of(name)
        if kind is Kind.AGE:
            values[name] = _number(text)
        elif kind is Kind.PLACE:
            values[name] = _parts(text, ">")
        elif kind is Kind.LIST:
            values[name] = _parts(text, ";")
        elif kind is Kind.KIN:
            values[name] = parse_siblings(text) if name == "siblings" else parse_relatives(text)
        else:
            values[name] = text
    if not any(values.get(n) for n in wanted if n != "recorded_on"):
        return None
    return replace(_EMPTY, **values)  # type: ignore[arg-type]


# Field -> comparator and the canonical columns it reads.
DESCRIBED: Final[Mapping[str, tuple[Callable[[Prepared, Prepared], Seen], tuple[str, ...]]]] = {
    "sex": (sexes.sex, ("sex",)),
    "birth": (birth.birth, ("birth_date", "age_min", "age_max", "recorded_on")),
    "siblings": (kin.siblings, ("siblings", "recorded_on")),
    "relatives": (kin.relatives, ("relatives",)),
    "origin": (places.origin, ("origin",)),
    "birth_place": (places.birth_place, ("birth_place",)),
    "last_seen": (places.last_seen, ("last_seen",)),
    "separation_date": (separation.separation_date, ("separation_date",)),
    "separation_place": (places.separation_place, ("separation_place",)),
    "language": (culture.language, ("languages",)),
    "ethnicity": (culture.ethnicity, ("ethnicity",)),
    "phone": (contacts.phone, ("phones",)),
    "identifier": (contacts.identifier, ("identifiers",)),
}


def _names(get: Getter, i: int) -> tuple[str | None, str | None, str | None, str | None]:
    """Given, father, lineage and mother of one row, each one joined token."""
    whole = tokens(get("full_name", i) or "")
    given = tokens(get("given", i) or "")
    stated = any(get(n, i) for n in ("father", "grandfather", "family"))
    if not given and whole:
        given, whole = whole[:1], whole[1:]
    elif whole and given:
        whole = tuple(t for t in whole if t not in given)
    father = tokens(get("father", i) or "")[:1] or (() if stated else whole[:1])
    rest = tokens(get("grandfather", i) or "") or tokens(get("family", i) or "") or (() if stated else whole[1:])
    mother = tokens(get("mother", i) or "")[:1]
    given_text, father_text, rest_text, mother_text = ("".join(t) or None for t in (given, father, rest, mother))
    return given_text, father_text, rest_text, mother_text


def _codes(left: list[Hashable | None], right: list[Hashable | None]) -> tuple[NDArray[np.int32], NDArray[np.int32], tuple[Hashable, ...]]:
    import numpy as np

    index: dict[Hashable, int] = {}
    out = []
    for side in (left, right):
        out.append(np.fromiter((-1 if v is None else index.setdefault(v, len(index)) for v in side), np.int32, count=len(side)))
    return out[0], out[1], tuple(index)


def _field(name: str, kind: Kind, levels: tuple[str, ...], left: list[Hashable | None], right: list[Hashable | None]) -> Field | None:
    a, b, values = _codes(left, right)
    if (a >= 0).sum() == 0 or (b >= 0).sum() == 0:
        return None
    return Field(name, kind, levels, a, b, values)


def fields_of(left: Table, right: Table, map_left: Mapping[str, str], map_right: Mapping[str, str],
              levels: Mapping[str, tuple[str, ...]]) -> list[Field]:  # fmt: skip
    """The fields that both files can fill, with their values coded. `levels` gives the model's levels by field."""
    shared = set(map_left) & set(map_right)

    def getter(table: Table, mapping: Mapping[str, str]) -> Getter:
        columns = {name: table.column(header) for name, header in mapping.items()}
        return lambda name, i: columns[name][i] if name in columns else None

    get_left, get_right = getter(left, map_left), getter(right, map_right)
    found: list[Field | None] = []
    name_rows = [[_names(get, i) for i in range(table.rows)] for get, table in ((get_left, left), (get_right, right))]
    for k, name in enumerate(NAME_FIELDS):
        found.append(_field(name, Kind.NAME, NAME_LEVELS, [r[k] for r in name_rows[0]], [r[k] for r in name_rows[1]]))
    for name, (_, wanted) in DESCRIBED.items():
        if any(w in shared or (w in map_left) != (w in map_right) for w in wanted if w != "recorded_on"):
            sides = [[_describe(get, i, wanted) for i in range(t.rows)] for get, t in ((get_left, left), (get_right, right))]
            found.append(_field(name, Kind.DATE if name == "birth" else Kind.LIST, levels[name], *sides))  # type: ignore[arg-type]
    for canonical in sorted(shared):
        kind = kind_of(canonical)
        if kind in FAMILY_SHARED and canonical != "ethnicity":
            levels_here = TEXT_LEVELS if kind is Kind.TEXT else CODE_LEVELS
            clean = [[_plain(get(canonical, i)) for i in range(t.rows)] for get, t in ((get_left, left), (get_right, right))]
            found.append(_field(canonical.partition(":")[2] or canonical, kind, levels_here, *clean))  # type: ignore[arg-type]
    return [field for field in found if field is not None]


def _plain(text: str | None) -> str | None:
    return " ".join(text.casefold().split()) or None if text else None


def levels_of_pairs(field: Field, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int8]:
    """Level index of each pair of rows, -1 where a side is missing; each distinct pair of values computed once."""
    import numpy as np

    ca, cb = field.left[a].astype(np.int64), field.right[b].astype(np.int64)
    out = np.full(len(a), -1, dtype=np.int8)
    known = (ca >= 0) & (cb >= 0)
    width = len(field.values)
    low, high = np.minimum(ca, cb), np.maximum(ca, cb)
    code = low[known] * width + high[known]
    distinct, inverse = np.unique(code, return_inverse=True)
    out[known] = _distinct_levels(field, distinct // width, distinct % width)[inverse]
    return out


def _distinct_levels(field: Field, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int8]:
    import numpy as np

    if field.kind in (Kind.NAME, Kind.TEXT, Kind.CODE, Kind.NUMBER):
        left, right = ([str(field.values[k]) for k in side] for side in (a, b))
    if field.kind is Kind.NAME:
        return _name_levels(left, right)
    if field.kind is Kind.TEXT:
        return _text_levels(left, right)
    if field.kind in (Kind.CODE, Kind.NUMBER):
        return _code_levels(left, right)
    compare = DESCRIBED[field.name][0]
    index = {level: i for i, level in enumerate(field.levels)} | {MISSING: -1}
    read: dict[int, Prepared] = {}
    for k in np.unique(np.concatenate([a, b])).tolist():
        value = field.values[k]
        assert isinstance(value, Description)
        read[k] = prepare(value)
    pairs = zip(a.tolist(), b.tolist(), strict=True)
    return np.fromiter((index.get(compare(read[x], read[y]).level, -1) for x, y in pairs), np.int8, count=len(a))


def _name_levels(left: list[str], right: list[str]) -> NDArray[np.int8]:
    import numpy as np
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cpdist

    from havre.linkage.names.similarity import token_similarity

    near = cpdist([sound(x) for x in left], [sound(y) for y in right], scorer=JaroWinkler.similarity, workers=2)
    out = np.full(len(left), NAME_LEVELS.index("different"), dtype=np.int8)
    for k in np.flatnonzero(near > 0.62):
        x, y = left[k], right[k]
        out[k] = NAME_LEVELS.index(name_level(token_similarity(x, y), x == y))
    return out


def _text_levels(left: list[str], right: list[str]) -> NDArray[np.int8]:
    import numpy as np
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cpdist

    near = cpdist(left, right, scorer=JaroWinkler.similarity, workers=2)
    return np.select([near >= 0.9999, near >= 0.92, near >= 0.84], [0, 1, 2], 3).astype(np.int8)


def _code_levels(left: list[str], right: list[str]) -> NDArray[np.int8]:
    import numpy as np
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    apart = cpdist(left, right, scorer=OSA.distance, workers=2)
    short = np.array([min(len(x), len(y)) < 3 for x, y in zip(left, right, strict=True)], dtype=bool)
    return np.select([apart == 0, (apart == 1) & ~short], [0, 1], 2).astype(np.int8)


def anchors_of(field: Field) -> list[tuple[str, list[str | None]]]:
    """Blocking values of a field's distinct values: name and, by value code, a key text or None."""
    if field.kind is Kind.NAME:
        return [(field.name, [skeleton(str(v)) or None for v in field.values])]
    if field.kind is Kind.TEXT:
        return [(field.name, [_text_anchor(str(v)) for v in field.values])]
    if field.kind in (Kind.CODE, Kind.NUMBER):
        return [(field.name, [str(v) for v in field.values])]
    if field.name == "birth":
        dates = [getattr(v, "birth_date", None) or "" for v in field.values]
        digits = ["".join(c for c in d if c.isdigit()) for d in dates]
        return [
            ("birth_date", [d if len(d) == 8 else None for d in digits]),
            ("birth_year", [d[:4] or None for d in digits]),
            ("birth_day", [d[4:] if len(d) == 8 else None for d in digits]),
        ]
    if field.name in ("origin", "birth_place", "separation_place", "last_seen"):
        paths: list[tuple[str, ...]] = [getattr(v, field.name) for v in field.values]
        return [(field.name, [skeleton("".join(p[-1].casefold().split())) or None for p in paths])]
    if field.name in ("phone", "identifier"):
        numbers = [prepare(v).phones + prepare(v).identifiers for v in field.values]
        return [(field.name, [n[0][-8:] if n else None for n in numbers])]
    return []


def _text_anchor(text: str) -> str | None:
    from havre.linkage.names.normalise import words

    parts = [w for w in words(text) if not w.isdigit()]
    return skeleton(max(parts, key=len)) or None if parts else None


__all__ = ["Field", "Text", "anchors_of", "fields_of", "levels_of_pairs"]
