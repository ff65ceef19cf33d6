"""How is a question put to the flat arrays?

`Searcher` keeps what every search over one register needs (tables as long as its vocabulary, sums as long as its rows) and
the model in arrays; `search` gives the rows that may answer, best first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from havre.linkage.evidence.compiled.room import roomier
from havre.linkage.evidence.contacts import NUMBER, TAIL
from havre.linkage.evidence.places import ALIKE
from havre.linkage.flat import layout, search_kernel, worths
from havre.linkage.flat.arrays import Arrays
from havre.linkage.flat.look_kernel import ASKED_ROLES, FATHERLY, MOTHERLY, OWN, RELATIVES, REST, SIBLINGS, WIDTH, Asked
from havre.linkage.flat.reading import Reading, read
from havre.linkage.flat.search_kernel import UNIT
from havre.linkage.model.parameters import Model, prior_odds
from havre.linkage.names.lexicon import rules
from havre.linkage.prepared import Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMN_OF: Final = (OWN, FATHERLY, FATHERLY, REST, REST, REST, MOTHERLY, SIBLINGS, RELATIVES)
CODE_GAINS: Final = {layout.PHONE_HEAD: "phone", layout.PHONE_TAIL: "phone", layout.PAPER_HEAD: "identifier", layout.PAPER_TAIL: "identifier"}
MOST_SOUGHT: Final = 31  # names of one question that are searched by (numbers of five bits)
ZERO: Final = np.zeros(1, np.float32)
MOST_LISTS: Final = 1 << 15
MARGIN: Final = 3.0  # how much (natural logarithm) what lists tell may be off
FEW: Final = 100_000  # rows that may be met before long lists only add to those known; more in large registers
PART_MET: Final = 16  # one row in this many, in large registers


class Searcher:
    """Searches over one register; to be made anew when it is compacted. One thread at a time."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self._like = np.zeros(256 * WIDTH, np.uint8)
        self._places = np.zeros(256, np.uint16)
        self._sums = np.zeros(256, np.uint16)
        self._touched = np.zeros(256, np.int32)
        self._lists, self._gains = np.zeros(MOST_LISTS, np.int64), np.zeros(MOST_LISTS, np.uint16)
        self._model: Model | None = None
        self._levels, self._rarity = np.zeros((0, 2), np.float32), np.zeros(0, np.float32)

    def search(self, sought: Prepared, model: Model, population: int | None, most: int) -> tuple[list[int], list[float]]:
        """At most `most` rows that may be the person sought or of the family, best first, and how good each is (the logarithm
        of what `rank` sorts by, nearly). The names asked for stay guests of the vocabulary until `forget_guests`."""
        arrays = self.arrays
        if not arrays.rows:
            return [], []
        if arrays.listed < arrays.rows:
            arrays.list_new()
        arrays.vocabulary.settle()
        self._make_room()
        vocabulary, weights = arrays.vocabulary, self._worths(model, population)
        weights = weights._replace(levels=_for_numbers(weights.levels, sought, model))
        reading = read(sought)
        reading = replace(reading, tokens=reading.tokens[:MOST_SOUGHT])
        rare = worths.rarity_of(model, [token for _, token in reading.tokens])
        marked, used = self._mark_names(reading, rare)
        sizes, placed, used = self._mark_places(reading, used)
        columns = np.zeros(ASKED_ROLES + layout.RELATIVE + 1, np.bool_)
        columns[[ASKED_ROLES + role for role, _ in reading.tokens]] = True
        columns[[COLUMN_OF[role] for role, _ in reading.tokens]] = True
        columns[[role for role, _ in reading.codes]] = True
        codes = np.array([layout.entry(role, code) for role, code in reading.codes], np.uint32)
        asked = Asked(self._like, np.concatenate([ZERO, rare]), self._places, sizes, columns, codes, np.array([*reading.born, reading.aged, reading.day, *reading.lost]))
        known = min(len(self._touched), FEW + arrays.rows // PART_MET)
        code_lists, code_gains = self._code_lists(reading, weights.levels)
        met = search_kernel.gather(code_lists, code_gains, arrays.by_code.arrays(), known, self._sums, self._touched, 0)
        met = search_kernel.gather(self._lists[:used], self._gains[:used], arrays.by_token.arrays(), known, self._sums, self._touched, met)
        rest = (tuple(arrays.columns), arrays.entries, arrays.parts, tuple(asked), tuple(weights), vocabulary.skeleton_of)
        rows, values = search_kernel.best(self._touched, met, self._sums, self._swing(reading), most, *rest)
        marked.append(self._look_closer(reading, rows))
        rows, values = search_kernel.ordered(rows, *rest)
        for tokens in marked:
            search_kernel.unmark(tokens, self._like)
        for tokens in placed:
            self._places[tokens] = 0
        return rows.tolist(), values.tolist()

    def _swing(self, reading: Reading) -> int:
        """How much more than lists tell of it (in units) a row may be worth through what is asked besides."""
        asked = {role for role, _ in reading.codes}
        fields = [
            ("sex", 2, layout.SEX in asked), ("language", 2, layout.LANGUAGE in asked), ("ethnicity", 2, layout.ETHNICITY in asked),
            ("separation_date", 4, reading.lost[0] != layout.UNKNOWN_TIME),
            *[(name, 4, bool(path)) for name, path in zip(layout.PLACES, reading.paths, strict=True)],
        ]  # fmt: skip
        said = [self._levels[worths.AT[name]:worths.AT[name] + count, 0] for name, count, known in fields if known]
        return int(UNIT * (MARGIN + sum(float(levels.max() - levels.min()) for levels in said)))

    def _make_room(self) -> None:
        words, rows = len(self.arrays.vocabulary), self.arrays.rows
        self._like, self._places = roomier(self._like, words * WIDTH), roomier(self._places, words)
        self._sums, self._touched = roomier(self._sums, rows), roomier(self._touched, min(rows, FEW + rows // PART_MET))

    def _worths(self, model: Model, population: int | None) -> worths.Worths:
        skeletons = self.arrays.vocabulary.skeletons
        if model is not self._model:
            self._model, self._levels, self._rarity = model, worths.levels(model), worths.rarity(model, skeletons)
        elif len(self._rarity) < len(skeletons):
            self._rarity = np.concatenate([self._rarity, worths.rarity(model, skeletons[len(self._rarity):])])
        return worths.Worths(self._levels, self._rarity, np.array(prior_odds(model, population)), worths.scale(model))

    def _mark_names(self, reading: Reading, rare: NDArray[np.float32]) -> tuple[list[NDArray[np.int32]], int]:
        """Like tokens of every name sought: noted, their lists gathered; returns the tokens noted and the number of lists."""
        vocabulary, used = self.arrays.vocabulary, 0
        marked = []
        for number, (role, token) in enumerate(reading.tokens, start=1):
            tokens, likes, after = vocabulary.near(token)
            used = search_kernel.mark(tokens, likes, after, vocabulary.known(token), number, rare[number - 1], COLUMN_OF[role], self._like,
                                      self._levels, self._rarity, vocabulary.skeleton_of, self._lists, self._gains, used)  # fmt: skip
            marked.append(tokens)
        return marked, used

    def _look_closer(self, reading: Reading, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """Compare names of these rows that share no key with those sought; returns the tokens noted."""
        arrays = self.arrays
        numbers = np.array([arrays.vocabulary.number(token) for _, token in reading.tokens], np.int64)
        sought = np.array([COLUMN_OF[role] for role, _ in reading.tokens], np.int64)
        marked = np.empty(8 * len(rows), np.int32)
        used = search_kernel.look_closer(rows, tuple(arrays.columns), arrays.entries, self._like, numbers, sought, marked,
                                         arrays.vocabulary.data, arrays.vocabulary.at, *rules())  # fmt: skip
        return marked[:used]

    def _mark_places(self, reading: Reading, used: int) -> tuple[NDArray[np.int64], list[NDArray[np.int32]], int]:
        """The same for the parts of places; returns the sizes of the paths as well."""
        placed = []
        sizes = np.array([len(path) for path in reading.paths])
        for k, path in enumerate(reading.paths):
            for i, part in enumerate(path):
                tokens = self._same_places(part)
                self._places[tokens] |= 1 << (4 * k + i)
                placed.append(tokens)
                if i == len(path) - 1 > 0 and used + len(tokens) <= MOST_LISTS:
                    self._lists[used:used + len(tokens)] = tokens.astype(np.int64) * layout.KINDS + layout.BY_PLACE
                    field = worths.AT[layout.PLACES[k]]
                    self._gains[used:used + len(tokens)] = max(1, UNIT * (self._levels[field + 4, 0] - self._levels[field, 0]))
                    used += len(tokens)
        return sizes, placed, used

    def _same_places(self, part: str) -> NDArray[np.int32]:
        """Tokens that name the same place, as `places.same_place` has it."""
        vocabulary = self.arrays.vocabulary
        if len(part) <= 2 or any(c.isdigit() for c in part):
            known = vocabulary.known(part)
            return np.array([known] if known >= 0 else [], np.int32)
        tokens, likes, _ = vocabulary.near(part)
        return tokens[likes >= ALIKE]

    def _code_lists(self, reading: Reading, levels: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
        found = [(role, code) for role, code in reading.codes if role in CODE_GAINS]
        lists = self.arrays.code_list(np.array([layout.entry(role, code) for role, code in found], np.uint32))
        gains = [max(1.0, UNIT * float(levels[worths.AT[CODE_GAINS[role]] + 1, 0])) for role, _ in found]
        return lists, np.array(gains, np.uint16)


def _for_numbers(levels: NDArray[np.float32], sought: Prepared, model: Model) -> NDArray[np.float32]:
    """The worth of the levels for this question: of a number that many give, an office's, it is less."""
    for field, numbers in (("phone", [n[-TAIL:] for n in sought.phones]), ("identifier", sought.identifiers)):
        shared = [worth for n in numbers if NUMBER + n in model.shares and (worth := model.worth(field, ("same", None, NUMBER + n)))]
        if shared:
            levels = levels.copy()
            levels[worths.AT[field] + 2] = min(shared)
            levels[worths.AT[field] + 1] = np.minimum(levels[worths.AT[field] + 1], levels[worths.AT[field] + 2])
    return levels
