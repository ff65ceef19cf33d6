"""How surely are two name tokens the same name?

One number in [0, 1], comparable across scripts: 1 the same letters, above `STRONG` the same name in another
spelling or script, above `CLOSE` probably a variant or a slip, above `WEAK` a resemblance, below it another name.
Rules (folded sound, weighted edit distance), the learned transducer and the table of known names are combined.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Final

import numpy as np

from havre.linkage.names import kernel
from havre.linkage.names.lexicon import Lexicon, rules, shared

STRONG: Final = 0.88
CLOSE: Final = 0.80
WEAK: Final = 0.68

MOST_KEPT: Final = 500_000  # pairs kept before they are compared anew

kept: Final[dict[tuple[str, str], float]] = {}  # pairs compared before, the lesser token first


def compare_ahead(pairs: Iterable[tuple[str, str]], words: Lexicon | None = None) -> None:
    """Compare many pairs of normalised tokens in one compiled call, on this thread; `token_similarity` finds them kept.

    Each pair stands in order, the lesser token first. `words`: a lexicon that has read most of them, instead of the shared one.
    """
    wanted = [pair for pair in pairs if pair not in kept]
    if len(kept) + len(wanted) > MOST_KEPT:
        kept.clear()
    words = shared() if words is None else words
    numbers = {token: words.number(token) for token in {token for pair in wanted for token in pair}}
    a = np.array([numbers[x] for x, _ in wanted], np.int64)
    b = np.array([numbers[y] for _, y in wanted], np.int64)
    kept.update(zip(wanted, kernel.similar_each(a, b, words.data, words.at, *rules()).tolist(), strict=True))


def token_similarity(a: str, b: str) -> float:
    """Similarity in [0, 1] of two normalised tokens (`names.tokens.tokens`) in any scripts; symmetric.

    Rules, transducers and known names are combined in `kernel.similar`.
    """
    if a == b:
        return 1.0 if a else 0.0
    pair = (a, b) if a < b else (b, a)
    found = kept.get(pair)
    if found is None:
        if not pair[0]:
            return 0.0
        if len(kept) > MOST_KEPT:
            kept.clear()
        words = shared()
        found = kept[pair] = words.similarity(words.number(pair[0]), words.number(pair[1]))
    return found


def name_similarity(a: str, b: str) -> float:
    """Similarity of two written single names (one or more words, any script); symmetric."""
    from havre.linkage.names.tokens import tokens

    ta, tb = tokens(a), tokens(b)
    if not ta or not tb:
        return 0.0
    if len(ta) == len(tb) == 1:
        return token_similarity(ta[0], tb[0])
    apart = aligned(ta, tb, 0.25)
    return max(apart, 0.98 * token_similarity("".join(ta), "".join(tb)))


MOST_ARRANGED: Final = 5  # tokens up to which every pairing is tried


def aligned(a: tuple[str, ...], b: tuple[str, ...], spare: float) -> float:
    """Mean similarity of the best one-to-one pairing of tokens; each token left over adds `spare` to the divisor.

    Symmetric. Beyond five tokens the mean of each token's best partner, from both sides, stands in.
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    left_over = spare * (len(long) - len(short))
    if len(long) > MOST_ARRANGED:
        one = sum(max(token_similarity(x, y) for y in long) for x in short) / (len(short) + left_over)
        two = sum(max(token_similarity(x, y) for x in short) for y in long) / len(long)
        return (one + two) / 2
    table = [[token_similarity(x, y) for y in long] for x in short]
    best = max(sum(sorted(row[k] for row, k in zip(table, order, strict=True)))
               for order in permutations(range(len(long)), len(short)))  # fmt: skip
    return best / (len(short) + left_over)


__all__ = ["CLOSE", "STRONG", "WEAK", "aligned", "compare_ahead", "name_similarity", "token_similarity"]
