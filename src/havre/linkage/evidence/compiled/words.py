"""Compiled: how alike are the words of two forms, pair by pair, before any rule is asked?

What a rule needs of words is worked out once for two forms side by side: the words of the first stand as 0, 1, …, those of the second after
them (`form.BASE` says where each begins), and rules see numbers alone.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba as nb
import numpy as np

from havre.linkage.evidence.compiled.form import BASE, MEETS, MOST_WORDS, ROLES_OF_WORDS, TOKENS
from havre.linkage.names import kernel

PARTNERS = np.array(MEETS)
MEMORY = 8192  # pairs of words kept while one person is compared with many
MIXER = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(51)  # leaves the 13 bits of a place in that memory


class Words(NamedTuple):
    """What compiled code knows of the words of a lexicon, as arrays.

    `data`, `at`: how each sounds (`names.lexicon`); `text`, `text_at`: its letters in UTF-8, word i up to one before `text_at[i + 1]`;
    `skeleton_of`: its consonants by number; `shares`: by that number, the share of people who bear it as the model has it, `shipped` as the
    library has it; `pairs`, `likes`: pairs compared before; `costs` to `fits`: `names.lexicon.Rules`.
    """

    data: Any
    at: Any
    text: Any
    text_at: Any
    skeleton_of: Any
    shares: Any
    shipped: Any
    pairs: Any
    likes: Any
    costs: Any
    table: Any
    columns: Any
    fits: Any


class Met(NamedTuple):
    """The words of two forms side by side: `likes[i, j]` is the similarity of a word of the first and one of the second, as far as their roles
    meet; `rank[i]` its place in the order of letters, the same for the same word; `usual[i]` the share of people who bear it (shipped)."""

    likes: Any
    rank: Any
    usual: Any


@nb.njit(cache=True, nogil=True)
def similarity(a: int, b: int, w: Words) -> Any:
    """Similarity of two words by number, as `token_similarity` has it."""
    if a == b:
        return 1.0
    pair = np.int64(a) << 32 | b if a < b else np.int64(b) << 32 | a
    place = np.int64(np.uint64(pair) * MIXER >> SHIFT)
    if w.pairs[place] != pair:
        w.likes[place] = kernel.similar(a, b, w.data, w.at, w.costs, w.table, w.columns, w.fits)
        w.pairs[place] = pair
    return w.likes[place]


@nb.njit(cache=True, nogil=True)
def _before(a: int, b: int, text: Any, text_at: Any) -> Any:
    """Whether word a comes before word b by their letters."""
    i, end_a, j, end_b = text_at[a], text_at[a + 1] - 1, text_at[b], text_at[b + 1] - 1
    while i < end_a and j < end_b:
        if text[i] != text[j]:
            return text[i] < text[j]
        i += 1
        j += 1
    return i == end_a and j < end_b


@nb.njit(cache=True, nogil=True)
def meet(f: Any, g: Any, met: Met, w: Words) -> Any:
    """Put the words of two forms side by side; False when there are too many of them."""
    n, m = f[TOKENS + 1] - f[TOKENS], g[TOKENS + 1] - g[TOKENS]
    if n + m > MOST_WORDS:
        return False
    f[BASE], g[BASE] = 0, n
    i, j, rank = 0, 0, 0
    while i < n or j < m:  # both are in order
        a, b = f[f[TOKENS] + min(i, n - 1)] if n > 0 else -1, g[g[TOKENS] + min(j, m - 1)] if m > 0 else -1
        own = i < n and (j >= m or a == b or _before(a, b, w.text, w.text_at))
        other = j < m and (i >= n or a == b or not own)
        if own:
            met.rank[i], met.usual[i] = rank, w.shipped[w.skeleton_of[a]]
            i += 1
        if other:
            met.rank[n + j], met.usual[n + j] = rank, w.shipped[w.skeleton_of[b]]
            j += 1
        rank += 1
    for i in range(n):
        meets = PARTNERS[f[f[ROLES_OF_WORDS] + i]]
        for j in range(m):
            if meets & g[g[ROLES_OF_WORDS] + j]:
                like = similarity(f[f[TOKENS] + i], g[g[TOKENS] + j], w)
                met.likes[i, n + j], met.likes[n + j, i] = like, like
    return True
