"""Which tokens of the register are like a token that is sought?

A `Lexicon` that also finds: like tokens stand on common lists (`near_kernel`), so that fuzzy matching is done once for each
distinct token and never for each person.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from havre.linkage.evidence.compiled.room import roomier
from havre.linkage.evidence.compiled.spelled import Spelled
from havre.linkage.evidence.compiled.words import Words
from havre.linkage.flat import near_kernel
from havre.linkage.flat.postings import Postings
from havre.linkage.model.parameters import Model
from havre.linkage.names import kernel
from havre.linkage.names.lexicon import read as reading
from havre.linkage.names.lexicon import rules
from havre.linkage.names.similarity import WEAK

if TYPE_CHECKING:
    from numpy.typing import NDArray

Near = tuple["NDArray[np.int32]", "NDArray[np.float32]", "NDArray[np.bool_]"]
SAMPLED: Final = 256  # tokens read again to see whether the rules of reading are the same
REMEMBERED: Final = 20_000  # tokens whose like tokens are kept until the vocabulary grows
FEWEST_BUCKETS: Final = 1 << 14
TRIED: Final = 8  # tokens whose like tokens are looked for again to see whether those kept are the same
CHAINED: Final = 4  # the lists are built again when more than one in this many entries hang in chains


class Kept(NamedTuple):
    """Like tokens found beforehand: those of token `numbers[k]` (ascending) are `tokens[at[k]:at[k + 1]]`, all below `known`; `likes` says
    how like, below 0 where the token found comes after it in order."""

    numbers: NDArray[np.int32]
    at: NDArray[np.int64]
    tokens: NDArray[np.int32]
    likes: NDArray[np.float32]
    known: int


class Vocabulary(Spelled):
    """The distinct tokens of a register. One thread at a time."""

    def __init__(self, tokens: Iterable[str] = ()) -> None:
        self._signs = np.zeros(256, np.uint64)
        self._seen = np.zeros(256, np.bool_)
        self._keys, self._buckets, self._settled, self._settled_skeletons = Postings(), FEWEST_BUCKETS, 0, 0
        self._near: dict[str, Near] = {}
        self.kept: Kept | None = None
        self._tried = True
        super().__init__(tokens)

    def known(self, token: str) -> int:
        """The number of a token, -1 when the vocabulary does not hold it (guests do not count)."""
        number = self._numbers.get(token, -1)
        return number if number < self._settled else -1

    def near(self, token: str) -> Near:
        """Tokens of the vocabulary like this one (similarity at least `WEAK`), and how like, and whether they come after it in order
        (of two names agreed on, the first in order says how rare it is). Between `settle` and `forget_guests`: a token that
        the vocabulary does not hold is its guest."""
        found = self._near.get(token)
        if found is None:
            kept = self._kept(token)
            if kept is None:
                found = self._sought(token, 0)
            elif self.kept is not None and self.kept.known < self._settled:
                newer = self._sought(token, self.kept.known)
                found = (np.concatenate([kept[0], newer[0]]), np.concatenate([kept[1], newer[1]]), np.concatenate([kept[2], newer[2]]))
            else:
                found = kept
            if len(self._near) >= REMEMBERED:
                self._near.clear()
            self._near[token] = found
        return found

    def _sought(self, token: str, first: int) -> Near:
        """The same among the tokens from `first` on, compared now."""
        tokens, likes = near_kernel.near(self.number(token), first, *self._stored())
        return tokens, likes, np.array([token < self.tokens[number] for number in tokens.tolist()], np.bool_)

    def _stored(self) -> tuple[Any, ...]:
        return (self._settled, self._keys.arrays(), self._buckets, self._signs, self._seen, WEAK, self.data, self.at, *rules())

    def _kept(self, token: str) -> Near | None:
        """The same as they were found beforehand."""
        number = self.known(token)
        if self.kept is None or number < 0:
            return None
        k = int(np.searchsorted(self.kept.numbers, number))
        if k == len(self.kept.numbers) or self.kept.numbers[k] != number:
            return None
        stretch = slice(int(self.kept.at[k]), int(self.kept.at[k + 1]))
        likes = self.kept.likes[stretch]
        return self.kept.tokens[stretch], np.abs(likes), likes < 0

    def look_ahead(self, numbers: NDArray[np.int32]) -> None:
        """Find the like tokens of these tokens (ascending) now and keep them: most of what is sought is known, and asking is then a look."""
        self.settle()
        ends, found, likes = near_kernel.near_each(numbers, *self._stored())
        at = np.concatenate([np.zeros(1, np.int64), ends])
        order = np.empty(self._settled, np.int32)
        order[sorted(range(self._settled), key=self.tokens.__getitem__)] = np.arange(self._settled, dtype=np.int32)
        after = np.repeat(order[numbers], np.diff(at)) < order[found]
        self.kept = Kept(numbers, at, found, np.where(after, -likes, likes), self._settled)

    def _try(self) -> None:
        """Forget what was found beforehand, on another day perhaps, where it would not be found like that now."""
        self._tried, kept = True, self.kept
        for number in kept.numbers[::max(1, len(kept.numbers) // TRIED)].tolist() if kept else ():
            token = self.tokens[number]
            old, new = self._kept(token), self._sought(token, 0)
            if old is None or not all(np.array_equal(a, b) for a, b in zip(old, new, strict=True)):
                self.kept = None
                return

    def settle(self) -> None:
        """Put the tokens that came since the last search on their lists."""
        count = len(self.tokens)
        if self._settled == count:
            return
        fresh = self._settled == 0
        self._near.clear()
        self._signs, self._seen = roomier(self._signs, count), roomier(self._seen, count)
        grown = self._keys.added + 16 * (count - self._settled)
        if CHAINED * grown > len(self._keys.rows):
            self._buckets = max(FEWEST_BUCKETS, 1 << (8 * count).bit_length())
            lists, tokens = near_kernel.read_tokens(0, count, self.data, self.at, self._buckets, self._signs)
            self._keys = Postings.built(lists, tokens, self._buckets)
        else:
            lists, tokens = near_kernel.read_tokens(self._settled, count, self.data, self.at, self._buckets, self._signs)
            for bucket, number in zip(lists.tolist(), tokens.tolist(), strict=True):
                self._keys.add(bucket, number)
        self._settled, self._settled_skeletons = count, len(self.skeletons)
        if fresh and not self._tried:
            self._try()

    def forget_guests(self) -> None:
        """Take back the tokens that came since `settle`: those that were only asked for."""
        count = self._settled
        if len(self.tokens) == count:
            return
        for token in self.tokens[count:]:
            del self._numbers[token]
        del self.tokens[count:]
        for key in self.skeletons[self._settled_skeletons:]:
            del self._skeleton_numbers[key]
        del self.skeletons[self._settled_skeletons:]

    def spelled(self, model: Model) -> Words:
        """What compiled rules read of these tokens and of the guests; valid until another comes."""
        return self.known_words(model, self._settled_skeletons)

    def only(self, kept: NDArray[np.int64]) -> Vocabulary:
        """A vocabulary of these tokens (ascending numbers) alone, numbered from 0 in this order."""
        new = Vocabulary()
        size = self.at[kept + 1] - self.at[kept]
        ends = np.cumsum(size)
        data = self.data[np.repeat(self.at[kept] - (ends - size), size) + np.arange(int(size.sum()))]
        values, first, inverse = np.unique(self.skeleton_of[kept], return_index=True, return_inverse=True)
        order = np.argsort(first)  # skeletons are numbered as they come
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        skeletons = [self.skeletons[number] for number in values[order].tolist()]
        tokens = [self.tokens[number] for number in kept.tolist()]
        new.restore(tokens, data, np.concatenate([np.zeros(1, np.int64), ends]), skeletons, rank[inverse])
        return new

    def restore(self, tokens: list[str], data: NDArray[np.int32], at: NDArray[np.int64], skeletons: list[str],
                skeleton_of: NDArray[np.int32], kept: Kept | None = None) -> None:  # fmt: skip
        """Take over tokens that were read before, and like tokens found before; for an empty vocabulary. `skeletons` stand in the order of
        first use."""
        self.tokens, self.data = tokens, data
        self.at = roomier(at, len(tokens) + 2)
        self._numbers = {token: number for number, token in enumerate(tokens)}
        self.skeletons, self.skeleton_of = skeletons, skeleton_of
        self._skeleton_numbers = {key: number for number, key in enumerate(skeletons)}
        self.take_letters()
        self.kept, self._tried = kept, kept is None

    def read_again(self) -> None:
        """Read anew the tokens that stand in the table of known names, whose numbers differ between processes; and all of them when
        the rules of reading are no longer those with which they were read."""
        count = len(self.tokens)
        sample = range(0, count, max(1, count // SAMPLED))
        same = all(_same_but_names(self.data[self.at[i]:self.at[i + 1]], reading(self.tokens[i])) for i in sample)
        lengths = self.at[:count] + kernel.LENGTHS
        named = np.flatnonzero(self.data[lengths + kernel.GROUPS] + self.data[lengths + kernel.NICKNAMES]).tolist() if same else []
        fresh = {i: reading(self.tokens[i]) for i in named}
        if same and all(len(part) == self.at[i + 1] - self.at[i] for i, part in fresh.items()):
            for i, part in fresh.items():
                self.data[self.at[i]:self.at[i + 1]] = part
        else:
            self.__init__(list(self.tokens))  # type: ignore[misc]  # nothing of the old arrays fits


def _same_but_names(old: NDArray[np.int32], new: NDArray[np.int32]) -> bool:
    """Whether two readings of a token differ at most in the numbers of known names."""
    bare = len(new) - int(new[kernel.LENGTHS + kernel.GROUPS]) - int(new[kernel.LENGTHS + kernel.NICKNAMES])
    return len(old) == len(new) and bool((old[:bare] == new[:bare]).all())
