"""The register itself: rows, entries, places, texts and lists, kept together.

Rows are appended and struck out in place; `compacted` gives arrays without what was struck out. Everything a person brought in
goes when the row goes: texts and entries at once, lists, tokens and places with the next compaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from havre.linkage.evidence.compiled.form import form_of
from havre.linkage.evidence.compiled.room import roomier
from havre.linkage.flat import layout
from havre.linkage.flat.forms import mark_used, packed, renumber, repacked, unpacked
from havre.linkage.flat.layout import columns, entry, longer, taken
from havre.linkage.flat.postings import Postings
from havre.linkage.flat.reading import MOST_ENTRIES, read
from havre.linkage.flat.texts import Texts
from havre.linkage.flat.vocabulary import Vocabulary
from havre.linkage.prepared import Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_LISTS: Final = 1 << 12
CODES_A_LIST: Final = 4
BORNE: Final = 3  # rows from which on a token's like tokens are found ahead
MOST_AHEAD: Final = 100_000  # tokens, those of most rows first, of which they are


class Arrays:
    """A register in flat arrays. One thread at a time."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.rows = 0
        self.entries = np.zeros(1024, np.uint32)
        self.used = 0
        self.columns = columns(256)
        self.texts, self.forms = Texts(), Texts()
        self.paths: dict[tuple[str, ...], int] = {}
        self.parts = np.full((64, layout.PARTS), -1, np.int32)
        self.by_token, self.by_code, self.code_lists = Postings(), Postings(), FEWEST_LISTS
        self.listed = 0  # rows whose entries stand on lists

    def append(self, person: Prepared) -> int:
        """Add a row that `list_new` is still to put on lists; returns its number."""
        row, reading = self.rows, read(person)
        if row == len(self.columns.alive):
            self.columns = longer(self.columns, 2 * row)
        stretch = [entry(role, self.vocabulary.number(token)) for role, token in reading.tokens]
        stretch = (stretch + [entry(role, code) for role, code in reading.codes])[:MOST_ENTRIES]
        self.entries = roomier(self.entries, self.used + len(stretch))
        self.entries[self.used:self.used + len(stretch)] = stretch
        c = self.columns
        c.start[row], c.size[row], c.alive[row] = self.used, len(stretch), 1
        c.born[row], c.aged[row], c.day[row], c.lost[row] = reading.born, reading.aged, reading.day, reading.lost
        c.paths[row] = [self._path(path) for path in reading.paths]
        self.used += len(stretch)
        self.forms.append(packed(form_of(person, self.vocabulary, lambda path: self._path(path) + 1)))
        self.texts.append(person.source.to_json().encode())
        self.rows += 1
        return row

    def _path(self, path: tuple[str, ...]) -> int:
        if not path:
            return -1
        number = self.paths.setdefault(path, len(self.paths))
        if number == len(self.paths) - 1:
            self.parts = roomier(self.parts, number + 1, -1)
            self.parts[number, :len(path)] = [self.vocabulary.number(part) for part in path]
        return number

    def list_new(self) -> None:
        """Put the rows appended since the last call on lists, in chains."""
        tokens, codes = self._pairs(self.listed)
        for postings, (lists, rows) in ((self.by_token, tokens), (self.by_code, codes)):
            for number, row in zip(lists.tolist(), rows.tolist(), strict=True):
                postings.add(number, row)
        self.listed = self.rows

    def list_all(self) -> None:
        """Build every list anew, without chains."""
        self.code_lists = FEWEST_LISTS
        codes = int(np.isin(self.entries[:self.used] & layout.ROLE_MASK, list(layout.FOUND_BY_CODE)).sum())
        while self.code_lists * CODES_A_LIST < codes:
            self.code_lists *= 2
        tokens, coded = self._pairs(0)
        self.by_token = Postings.built(*tokens, len(self.vocabulary) * layout.KINDS)
        self.by_code = Postings.built(*coded, self.code_lists)
        self.listed = self.rows

    def _pairs(self, first: int) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        """(list, row) for each entry of the rows from `first` on: by token, and by code."""
        c, kinds = self.columns, layout.KINDS
        size = c.size[first:self.rows].astype(np.int64)
        start = int(c.start[first]) if first < self.rows else self.used
        rows = np.repeat(np.arange(first, self.rows, dtype=np.int32), size)
        stretch = self.entries[start:self.used]
        role, number = stretch & layout.ROLE_MASK, (stretch >> layout.ROLE_BITS).astype(np.int64)
        named = role <= layout.RELATIVE
        places, placed = self._narrowest(first)
        lists = np.concatenate([number[named] * kinds + layout.KIND_OF[role[named]], places * kinds + layout.BY_PLACE])
        coded = np.isin(role, list(layout.FOUND_BY_CODE))
        return (lists, np.concatenate([rows[named], placed])), (self.code_list(stretch[coded]), rows[coded])

    def code_list(self, entries: Any) -> Any:
        """The list on which an entry with a code stands."""
        return (entries.astype(np.uint64) * np.uint64(0x9E3779B1) >> np.uint64(8)).astype(np.int64) & (self.code_lists - 1)

    def _narrowest(self, first: int) -> tuple[Any, Any]:
        """The narrowest part of each place of more than one part, and its row."""
        paths = self.columns.paths[first:self.rows]
        depth = (self.parts >= 0).sum(axis=1)
        where, which = np.nonzero(paths >= 0)
        path = paths[where, which]
        deep = depth[path] > 1
        token = self.parts[path[deep], depth[path[deep]] - 1].astype(np.int64)
        distinct = np.unique(np.stack([where[deep], token]), axis=1)
        return distinct[1], (distinct[0] + first).astype(np.int32)

    def strike(self, row: int) -> None:
        """Take a row out: it is never found again, and its text and entries are overwritten."""
        c = self.columns
        c.alive[row] = 0
        self.entries[c.start[row]:c.start[row] + int(c.size[row])] = 0
        c.born[row], c.lost[row], c.paths[row], c.day[row], c.aged[row] = layout.UNKNOWN_TIME, layout.UNKNOWN_TIME, -1, 0, 0
        self.texts.wipe(row)
        self.forms.wipe(row)

    def compacted(self) -> Arrays:
        """The same register without struck rows, tokens and places that nobody has; rows keep their order."""
        c, new = self.columns, Arrays()
        kept = np.flatnonzero(c.alive[:self.rows])
        size = c.size[kept].astype(np.int64)
        entries = self.entries[np.repeat(c.start[kept] - (np.cumsum(size) - size), size) + np.arange(int(size.sum()))]
        paths = np.unique(c.paths[kept])
        paths = paths[paths >= 0]
        parts = self.parts[paths]
        role, number = entries & layout.ROLE_MASK, entries >> layout.ROLE_BITS
        named = role <= layout.RELATIVE
        formed = self.forms.only(kept)
        numbers, ends = unpacked(formed.flat, formed.at[1:])
        used = np.zeros(len(self.vocabulary), np.bool_)
        used[number[named]] = used[parts[parts >= 0]] = True
        mark_used(numbers, ends, used)
        tokens = np.flatnonzero(used)
        new.vocabulary = self.vocabulary.only(tokens)
        entries[named] = np.searchsorted(tokens, number[named]).astype(np.uint32) << layout.ROLE_BITS | role[named]
        new.parts = np.where(parts >= 0, np.searchsorted(tokens, parts), -1).astype(np.int32)
        names = list(self.paths)
        new.paths = {names[path]: i for i, path in enumerate(paths.tolist())}
        new.rows, new.used = len(kept), len(entries)
        new.entries = entries
        moved = c.paths[kept]
        new.columns = taken(c, kept, np.cumsum(size) - size)
        new.columns.paths[:] = np.where(moved >= 0, np.searchsorted(paths, moved), -1)
        renumber(numbers, ends, np.cumsum(used) - 1, np.concatenate([[0], 1 + np.searchsorted(paths, np.arange(len(self.paths)))]))
        new.texts, new.forms = self.texts.only(kept), Texts(*repacked(numbers, ends))
        new.list_all()
        return new

    def look_ahead(self) -> None:
        """Find the like tokens of the tokens that many rows have, for the searches to come. Some 0.3 ms a token."""
        vocabulary, kinds = self.vocabulary, layout.KINDS
        if vocabulary.kept is not None and vocabulary.kept.known == len(vocabulary):
            return
        ends = self.by_token.at[np.minimum(np.arange(len(vocabulary) + 1) * kinds, len(self.by_token.at) - 1)]
        borne = np.diff(ends)
        chosen = np.flatnonzero(borne >= BORNE)
        chosen = np.sort(chosen[np.argsort(-borne[chosen], kind="stable")[:MOST_AHEAD]])
        vocabulary.look_ahead(chosen.astype(np.int32))

    def borne(self) -> dict[str, int]:
        """How many people bear each name, by consonants: given and father's names, once each."""
        c = self.columns
        rows = np.repeat(np.arange(self.rows), c.size[:self.rows])
        stretch = self.entries[:self.used]
        wanted = np.isin(stretch & layout.ROLE_MASK, (layout.GIVEN, layout.FATHER, layout.FIRST)) & (c.alive[rows] > 0)
        bones = self.vocabulary.skeleton_of[stretch[wanted] >> layout.ROLE_BITS].astype(np.int64)
        distinct = np.unique(rows[wanted] * len(self.vocabulary.skeletons) + bones) % max(len(self.vocabulary.skeletons), 1)
        numbers, counts = np.unique(distinct, return_counts=True)
        return {self.vocabulary.skeletons[number]: n for number, n in zip(numbers.tolist(), counts.tolist(), strict=True)}

    def shared_numbers(self, least: int) -> list[tuple[int, tuple[int, int], int]]:
        """Numbers of telephones and papers that at least so many people give: someone's row, the entries of both halves, how many."""
        stretch = self.entries[:self.used]
        heads = np.flatnonzero(np.isin(stretch[:-1] & layout.ROLE_MASK, (layout.PHONE_HEAD, layout.PAPER_HEAD)))
        heads = heads[(stretch[heads + 1] & layout.ROLE_MASK) == (stretch[heads] & layout.ROLE_MASK) + 1]
        both = stretch[heads].astype(np.uint64) << np.uint64(32) | stretch[heads + 1]
        found, first, counts = np.unique(both, return_index=True, return_counts=True)
        rows = np.searchsorted(self.columns.start[:self.rows], heads[first], side="right") - 1
        return [(row, (number >> 32, number & 0xFFFFFFFF), n)
                for row, number, n in zip(rows.tolist(), found.tolist(), counts.tolist(), strict=True) if n >= least]  # fmt: skip

    @property
    def compact(self) -> bool:
        """Whether every row is alive, every list flat and every text in one place: as after `compacted`."""
        chains = self.by_token.added or self.by_code.added or self.listed < self.rows
        return not chains and not self.texts.later and not self.forms.later and bool(self.columns.alive[:self.rows].all())

    def rows_with(self, role: int, code: int) -> list[int]:
        """The rows that hold a code, in the order in which they came; struck ones left out."""
        wanted = np.uint32(entry(role, code))
        found = self.by_code.on(int(self.code_list(np.array([wanted], np.uint32))[0]))
        return sorted(row for row in set(found) if self.columns.alive[row] and wanted in self.stretch(row))

    def stretch(self, row: int) -> NDArray[np.uint32]:
        """The entries of a row."""
        start = int(self.columns.start[row])
        return self.entries[start:start + int(self.columns.size[row])]

