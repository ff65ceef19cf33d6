"""Which levels of agreement are there for names, and which one does a similarity reach?"""

from __future__ import annotations

from typing import TypeAlias

from havre.linkage.names.similarity import CLOSE, STRONG, WEAK, aligned, kept, token_similarity

Tokens = tuple[str, ...]
Likeness: TypeAlias = tuple[float, bool, str]


def name_level(similarity: float, exact: bool) -> str:
    """Level of a similarity in [0, 1]."""
    if exact:
        return "exact"
    if similarity >= STRONG:
        return "strong"
    if similarity >= CLOSE:
        return "close"
    return "weak" if similarity >= WEAK else "different"


def spelled(a: Tokens, b: Tokens) -> float:
    """Similarity of two names of one or more tokens each: the best of whole and token by token."""
    if len(a) == len(b) == 1:
        return token_similarity(a[0], b[0])
    return max(0.98 * token_similarity("".join(a), "".join(b)), aligned(a, b, 0.2))


def best(left: tuple[Tokens, ...], right: tuple[Tokens, ...]) -> Likeness:
    """Highest similarity between any two spellings, whether one is exact, and the token agreed on; symmetric."""
    if len(left) == len(right) == 1 and len(left[0]) == len(right[0]) == 1:
        return _two(left[0][0], right[0][0])
    same = set(left).intersection(right)
    if same:
        return 1.0, True, max([t[0] for t in same])
    top: Likeness = (0.0, False, "")
    for a in left:
        for b in right:
            top = max(top, (spelled(a, b), False, min(a[0], b[0])))
    return top


def _two(a: str, b: str) -> Likeness:
    if a == b:
        return 1.0, True, a
    pair = (a, b) if a < b else (b, a)
    found = kept.get(pair)
    return token_similarity(a, b) if found is None else found, False, pair[0]


def best_word(left: Tokens, right: Tokens) -> Likeness:
    """The same where every spelling is a single token."""
    if len(left) == len(right) == 1:
        return _two(left[0], right[0])
    same = set(left).intersection(right)
    if same:
        return 1.0, True, max(same)
    top: Likeness = (0.0, False, "")
    for a in left:
        for b in right:
            top = max(top, (token_similarity(a, b), False, a if a < b else b))
    return top
