"""Which levels of agreement are there for names, and which one does a similarity reach?"""

from __future__ import annotations

from havre.linkage.names.similarity import CLOSE, STRONG, WEAK, aligned, token_similarity

Tokens = tuple[str, ...]


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


def best(left: tuple[Tokens, ...], right: tuple[Tokens, ...]) -> tuple[float, bool, str]:
    """Highest similarity between any two spellings, whether one is exact, and the token agreed on."""
    top, exact, token = 0.0, False, ""
    for a in left:
        for b in right:
            same = a == b
            value = 1.0 if same else spelled(a, b)
            agreed = min(a[0], b[0])
            top, exact, token = max((top, exact, token), (value, same, agreed))
    return top, exact, token
