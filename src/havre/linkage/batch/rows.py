"""What do the rows of a file say, in numbers that compiled code compares?

`read_rows` turns Arrow columns under canonical names into arrays, each distinct value read once. The single-machine engine reads a
whole file, a cluster one record batch: the meaning of a row depends on nothing but its own values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from havre.linkage.batch import birth, codes, companions, contacts, culture, dates, kin, marks, names, places, sex
from havre.linkage.batch.fields import Field, wanted_columns
from havre.linkage.batch.grades import memory, words_of
from havre.linkage.batch.texts import Encoded, Texts, encode, hashes_of, nothing
from havre.linkage.columns import Kind
from havre.linkage.names import kernel
from havre.linkage.names.lexicon import Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Vocabulary:
    """The distinct words and texts of what is compared with one another, numbered, and a memory of their likeness."""

    def __init__(self) -> None:
        self.lexicon, self.texts, self.peoples = Lexicon(), Texts(), culture.Peoples()
        self.memo, self.text_memo, self.place_memo = memory(), memory(), memory()
        self._tokens: tuple[NDArray[np.uint64], ...] = (np.zeros(0, np.uint64),) * 3
        self._texts = np.zeros(0, np.uint64)
        self._words: tuple[NDArray[np.uint64], tuple[NDArray[Any], ...]] | None = None

    def words(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64], tuple[NDArray[Any], ...]]:
        """What `grades.grade` reads: memory, signs of the tokens, and the tokens with the rules of comparison."""
        if self._words is None or len(self._words[0]) < len(self.lexicon):
            self._words = words_of(self.lexicon)
        return self.memo, *self._words

    def token_hashes(self) -> tuple[NDArray[np.uint64], ...]:
        """Numbers for each token's letters, for its consonants (`names.sounds.skeleton`) and for their outline, the same on every machine."""
        if len(self._tokens[0]) < len(self.lexicon):
            size = len(self.lexicon)
            self._tokens = hashes_of(self.lexicon.tokens), *names.skeleton_hashes(self.lexicon.data, self.lexicon.at[:size + 1], kernel.HEAD)
        return self._tokens

    def text_hashes(self) -> NDArray[np.uint64]:
        """A number for each text, the same on every machine."""
        if len(self._texts) < len(self.texts.texts):
            self._texts = hashes_of(self.texts.texts)
        return self._texts


class Shares(NamedTuple):
    """How usual the values of one field are: their numbers in order, the natural logarithm of each one's share, and the share
    on which two random rows agree (its logarithm)."""

    values: NDArray[np.uint64]
    logs: NDArray[np.float32]
    typical: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as arrays. `parts[field]` is what that field's comparator reads; `worth[field]` numbers the value whose rarity counts,
    exact and by sound, 0 where unknown (shape (rows, 2)); `rarity[field]` how much rarer than usual it is (natural logarithm, same
    shape), once `with_shares` has been called."""

    count: int
    ids: Any
    hashes: NDArray[np.uint64]
    names: names.Names
    births: NDArray[np.void]
    parts: Mapping[str, Any]
    worth: Mapping[str, NDArray[np.uint64]]
    rarity: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)

    def with_shares(self, shares: Mapping[str, Shares]) -> Rows:
        """The same rows, knowing how usual their values are."""
        rarity = {name: np.stack([_rarity(shares.get(name + suffix, shares[name]), column)
                                  for suffix, column in zip(("", BY_SOUND), values.T, strict=True)], axis=1)
                  for name, values in self.worth.items() if name in shares}  # fmt: skip
        return replace(self, rarity=rarity)


def _rarity(shares: Shares, values: NDArray[np.uint64]) -> NDArray[np.float32]:
    """Typical over own log-share of each value; 0 for values that were not counted."""
    if not len(shares.values):
        return np.zeros(len(values), np.float32)
    at = np.minimum(np.searchsorted(shares.values, values), len(shares.values) - 1)
    found = np.where(shares.values[at] == values, np.float32(shares.typical) - shares.logs[at], np.float32(0))
    return found.astype(np.float32)


def read_rows(columns: Mapping[str, Any], ids: Any, fields: tuple[Field, ...], vocabulary: Vocabulary) -> Rows:
    """Read rows. `columns`: canonical name -> Arrow array of strings (blank is null), all of one length; `ids`: Arrow array of
    strings, one for each row, never null."""
    rows = len(ids)
    encoded = {name: encode(columns[name]) for name in wanted_columns(fields) if name in columns}
    named = names.read(encoded, rows, vocabulary.lexicon)
    ethiopian = dates.signs(encoded, rows) if any(f.kind is Kind.DATE for f in fields) else np.zeros(rows, np.bool_)
    born = birth.read(encoded, rows, ethiopian)
    parts = {f.name: part for f in fields if (part := _part(f, encoded, rows, vocabulary, ethiopian)) is not None}
    worth = {f.name: _worth(f, named, born, parts, vocabulary) for f in fields if f.rarity}
    return Rows(rows, ids, hashes_of(ids), named, born, parts, worth)


def _part(f: Field, encoded: Mapping[str, Encoded], rows: int, vocabulary: Vocabulary, ethiopian: NDArray[np.bool_]) -> Any:
    """What the comparator of a field reads; None for names and births, which are read together."""
    column, texts, lexicon = encoded.get(f.columns[0], nothing(rows)), vocabulary.texts, vocabulary.lexicon
    if f.kind is Kind.NAME or f.name == "birth":
        return None
    if f.kind is Kind.PLACE:
        return places.read(column, lexicon, texts)
    match f.name:
        case "sex":
            return sex.read(column, texts)
        case "siblings" | "sibling_named":
            return kin.read_siblings(column, lexicon)
        case "relatives":
            return kin.read_relatives(column, lexicon)
        case "companions":
            return companions.read(encoded, rows, lexicon)
        case "separation_date":
            return dates.read(column, dates.parsed(column), ethiopian)
        case "separation_cause":
            return marks.read_cause(column, texts)
        case "features" | "belongings":
            return marks.read(column, texts)
        case "language":
            return culture.read_languages(column, texts)
        case "ethnicity":
            return culture.read_people(column, texts, lexicon, vocabulary.peoples)
        case "phone":
            return contacts.read_phones(column, texts)
        case "identifier":
            return contacts.read_identifiers(column, texts)
        case _:
            return codes.read(column, texts)


def _worth(f: Field, named: names.Names, born: NDArray[np.void], parts: Mapping[str, Any], vocabulary: Vocabulary) -> NDArray[np.uint64]:
    if f.kind is Kind.NAME:
        whole = named.role(f.name)[:, 0]
        return np.stack([_pick(hashes, whole) for hashes in vocabulary.token_hashes()[:2]], axis=1)
    if f.kind is Kind.PLACE:
        value = _pick(vocabulary.token_hashes()[1], places.narrowest(parts[f.name]))
    elif f.kind is Kind.DATE:
        value = np.where(born["heaped"], 0, born["date"]).astype(np.uint64)  # a heaped date agrees at a level of its own
    else:
        value = _pick(vocabulary.text_hashes(), parts[f.name])
    return np.stack([value, value], axis=1)


def _pick(hashes: NDArray[np.uint64], numbers: NDArray[np.int32]) -> NDArray[np.uint64]:
    return np.where(numbers >= 0, hashes[numbers], np.uint64(0)) if len(hashes) else np.zeros(len(numbers), np.uint64)


Counts = dict[str, tuple["NDArray[np.uint64]", "NDArray[np.int64]"]]
BY_SOUND: Final = " by sound"  # after a field's name: its second kind of value


def count_values(rows: Rows) -> Counts:
    """How many rows hold each value, by field (names also by sound), of fields that any row knows: numbers in order, and counts."""
    out: Counts = {}
    for name, values in rows.worth.items():
        for suffix, column in zip(("", BY_SOUND), values.T, strict=True):
            if column.any() and (not suffix or not np.array_equal(values[:, 0], values[:, 1])):
                out[name + suffix] = np.unique(column[column > 0], return_counts=True)
    return out


def add_counts(one: Counts, two: Counts) -> Counts:
    """The counts of two sets of rows together; in any order and grouping."""
    out: Counts = {}
    for name in {**one, **two}:
        pairs = [c[name] for c in (one, two) if name in c]
        values, where = np.unique(np.concatenate([p[0] for p in pairs]), return_inverse=True)
        out[name] = values, np.bincount(where, weights=np.concatenate([p[1] for p in pairs]), minlength=len(values)).astype(np.int64)
    return out


def shares_of_counts(counts: Counts) -> dict[str, Shares]:
    """How usual each value is among all rows counted."""
    out = {}
    for name, (values, count) in counts.items():
        share = count / max(int(count.sum()), 1)
        typical = float(np.log(max(float((share * share).sum()), 1e-12)))
        out[name] = Shares(values, np.log(share).astype(np.float32), typical)
    return out
