"""By which keys do rows meet, and which keys are too common to be worth it?

An anchor is one thing that a row says, in a form that agrees across spellings (a name's consonants or their outline, a date of
birth, a village); a kind of key joins two or three anchors. Which kinds are used, and which blocks are left out, follows from counts alone, so that
any engine decides the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numba as nb
import numpy as np

from havre.linkage.batch import places
from havre.linkage.batch.fields import Field
from havre.linkage.batch.rows import Rows, Vocabulary
from havre.linkage.batch.texts import hashes_of, mix
from havre.linkage.columns import Kind
from havre.linkage.names.normalise import words
from havre.linkage.names.sounds import skeleton

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALONE: Final = frozenset({"phone", "identifier"})  # enough by themselves
NAMES: Final = frozenset({"given", "father", "lineage", "family"})  # may stand in exchanged places
OUTLINE: Final = " outline"  # after a name's field: its broader anchor
ONE_SOURCE: Final = (frozenset({"birth_date", "birth_year", "birth_day", "birth_band", "birth_between"}),)
BAND: Final = 2.0  # years in one band of birth, where only ages are known; further bands lie across their edges, so that a year meets the next
WIDE: Final = 40.0  # pairs per row expected of a kind of key from which on a further anchor is joined
CROWDED: Final = 15.0  # pairs per row expected from which on the kind is tried with each further anchor as well
PAIRS_PER_ROW: Final = 300  # pairs of all blocks together, for each row of the larger file; a pair may stand in many blocks
LARGEST_CLASS: Final = 14  # no block of more than 2^14 pairs is compared
SMALLEST_LIMIT: Final = 1 << 6
Kinds = tuple[tuple[str, ...], ...]


def anchors(rows: Rows, fields: tuple[Field, ...], vocabulary: Vocabulary) -> dict[str, NDArray[np.uint64]]:
    """Anchor -> a 64-bit number for each row, 0 where unknown; the same on every machine. Shape of each: (rows.count,)."""
    _, by_sound, outlines = vocabulary.token_hashes()
    out: dict[str, NDArray[np.uint64]] = {}
    for field in fields:
        part: Any = rows.parts.get(field.name)
        if field.kind is Kind.NAME:
            out[field.name] = rows.worth[field.name][:, 1]
            out[field.name + OUTLINE] = _of(outlines, rows.names.role(field.name)[:, 0])
        elif field.name == "birth":
            out |= _birth(rows)
        elif field.kind is Kind.PLACE:
            out[field.name] = rows.worth[field.name][:, 1]
            out[f"{field.name} region"] = _of(by_sound, places.broad(part))
        elif field.name in ALONE:
            out[field.name] = _of(vocabulary.text_hashes(), part[:, 0])
        elif field.name == "siblings":
            out["sibling"] = _of(by_sound, part.name[:, 0])
        elif field.kind is Kind.TEXT:
            out[field.name] = _of(_longest_words(vocabulary.texts.texts), part)
        elif field.kind in (Kind.CODE, Kind.NUMBER, Kind.SEX):
            out[field.name] = _of(vocabulary.text_hashes(), part)
    return {name: values for name, values in out.items() if values.any()}


def _of(hashes: NDArray[np.uint64], numbers: NDArray[np.int32]) -> NDArray[np.uint64]:
    return np.where(numbers >= 0, hashes[numbers], np.uint64(0)) if len(hashes) else np.zeros(len(numbers), np.uint64)


def _longest_words(texts: list[str]) -> NDArray[np.uint64]:
    found = [max((w for w in words(text) if not w.isdigit()), key=len, default="") for text in texts]
    return hashes_of([skeleton(w) or None if w else None for w in found])


def _birth(rows: Rows) -> dict[str, NDArray[np.uint64]]:
    born = rows.births
    date, year = born["date"].astype(np.uint64), born["year"].astype(np.uint64)
    middle = np.where(np.isnan(born["start"]), born["recorded"] - (born["low"] + born["high"]) / 2, (born["start"] + born["end"]) / 2)
    band, between = (np.where(np.isnan(middle), 0, np.nan_to_num(middle + later) // BAND + 1).astype(np.uint64) for later in (0.0, BAND / 2))
    day = np.where(date > 0, date % np.uint64(10000), np.uint64(0))
    return {"birth_date": date, "birth_day": day, "birth_year": year, "birth_band": band, "birth_between": between}


def agreement(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> float:
    """Chance that two random rows agree on an anchor, given each side's values (0 unknown)."""
    values_left, count_left = np.unique(left[left > 0], return_counts=True)
    values_right, count_right = np.unique(right[right > 0], return_counts=True)
    _, x, y = np.intersect1d(values_left, values_right, assume_unique=True, return_indices=True)
    return float((count_left[x].astype(float) * count_right[y]).sum()) / max(len(left) * len(right), 1)


def kinds_of(agreements: Mapping[str, float], rows_left: int, rows_right: int) -> Kinds:
    """Which anchors are joined into keys, from how often random rows agree on each: names by their consonants, and all of them by their
    outlines, which brings together rarer names in more spellings.

    Every two anchors that give few enough pairs; three where two are too many, or where two crowd common values together.
    """
    plain = {name: chance for name, chance in agreements.items() if not name.endswith(OUTLINE)}
    broad = {name + OUTLINE if name + OUTLINE in agreements else name: agreements.get(name + OUTLINE, chance) for name, chance in plain.items()}
    outlined = [kind for kind in _joining(broad, rows_left, rows_right) if any(name.endswith(OUTLINE) for name in kind)]
    return (*_joining(plain, rows_left, rows_right), *outlined)


def _joining(agreements: Mapping[str, float], rows_left: int, rows_right: int) -> Kinds:
    usable = sorted(name for name, chance in agreements.items() if chance > 0)
    larger = max(rows_left, rows_right, 1)

    def expected(kind: tuple[str, ...]) -> float:
        chance = rows_left * rows_right / larger
        for name in kind:
            chance *= agreements[name]
        return chance

    def sound(kind: tuple[str, ...]) -> bool:
        return not any(len(source.intersection(kind)) > 1 for source in ONE_SOURCE) and not _same_place(kind)

    out: list[tuple[str, ...]] = [(n,) for n in usable if n in ALONE or (n == "birth_date" and expected((n,)) < WIDE)]
    several = [n for n in usable if n not in ALONE]
    if len(several) == 1:
        return (*out, (several[0],))
    twos = [kind for kind in combinations(several, 2) if sound(kind)]
    threes = [kind for kind in combinations(several, 3) if sound(kind)]
    narrow = {kind for kind in twos if expected(kind) <= WIDE}
    out += sorted(narrow)
    for kind in threes:
        parts = [pair for pair in combinations(kind, 2) if pair in narrow]
        crowded = any(expected(pair) >= CROWDED for pair in parts)
        if (crowded or not parts) and expected(kind) <= WIDE:
            out.append(kind)
    return tuple(out) or tuple(twos[:1])


def _same_place(kind: tuple[str, ...]) -> bool:
    return any(f"{name} region" in kind for name in kind)


def keys(found: Mapping[str, NDArray[np.uint64]], kinds: Kinds, k: int) -> NDArray[np.uint64]:
    """The key of each row in kind `kinds[k]`, 0 where an anchor is unknown; keys of two kinds are never equal. Shape: (rows,)."""
    swapped = [name.removesuffix(OUTLINE) in NAMES for name in kinds[k]]
    out: NDArray[np.uint64] = _joined(np.stack([found[name] for name in kinds[k]]), np.array(swapped), np.uint64(k + 1))
    return out


@nb.njit(cache=True, nogil=True)
def _joined(parts: Any, swapped: Any, salt: Any) -> Any:
    """One number for the anchors of each row; those that may be swapped are joined in any order."""
    out = np.zeros(parts.shape[1], np.uint64)
    for i in range(parts.shape[1]):
        any_order, value, known = np.uint64(0), mix(salt), True
        for k in range(parts.shape[0]):
            known = known and parts[k, i] != 0
            if swapped[k]:
                any_order += mix(parts[k, i])
            else:
                value = mix(value ^ parts[k, i])
        if known:
            out[i] = max(mix(value ^ mix(any_order)), np.uint64(1))
    return out


def size_class(count_left: Any, count_right: Any) -> Any:
    """Class of a block by the pairs it holds: 0 for one pair, k for more than 2^(k-1) up to 2^k."""
    return np.ceil(np.log2(np.maximum(np.asarray(count_left, float) * count_right, 1.0))).astype(np.int64)


def budget(rows_left: int, rows_right: int) -> int:
    """How many pairs all blocks of two files may hold together; a pair counts in every block."""
    return PAIRS_PER_ROW * max(rows_left, rows_right)


def largest_block(pairs_by_class: NDArray[np.int64], rows_left: int, rows_right: int) -> int:
    """The most pairs (count_left × count_right) that a block may hold to be learned from, given how many pairs all blocks of each
    `size_class` hold: as large as `budget` allows. Which blocks are compared is chosen afterwards (`choosing.limits`)."""
    most, limit, total = budget(rows_left, rows_right), SMALLEST_LIMIT, 0
    for k, pairs in enumerate(pairs_by_class.tolist()):
        total += pairs
        if total <= most and k <= LARGEST_CLASS:
            limit = max(limit, 1 << k)
    return limit


__all__ = ["ALONE", "Kinds", "agreement", "anchors", "budget", "keys", "kinds_of", "largest_block", "size_class"]
