"""Do they share a language or an ethnic group?"""

from __future__ import annotations

from functools import lru_cache

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.names.normalise import joined
from havre.linkage.prepared import Prepared


@lru_cache(maxsize=4096)
def _spoken(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset([joined(v) for v in languages if v])


def language_level(left: Prepared, right: Prepared) -> Level:
    """At least one language in common."""
    a, b = (_spoken(p.source.languages) for p in (left, right))
    if not a or not b:
        return NOTHING
    return ("none_shared" if a.isdisjoint(b) else "shared"), None, None


def language(left: Prepared, right: Prepared) -> Seen:
    """At least one language in common, as written."""
    return seen("language", language_level(left, right), ", ".join(left.source.languages), ", ".join(right.source.languages))


def ethnicity_level(left: Prepared, right: Prepared) -> Level:
    """The same ethnic group."""
    a, b = left.source.ethnicity or "", right.source.ethnicity or ""
    if not a or not b:
        return NOTHING
    return ("same" if joined(a) == joined(b) else "different"), None, None


def ethnicity(left: Prepared, right: Prepared) -> Seen:
    """The same ethnic group, as written."""
    return seen("ethnicity", ethnicity_level(left, right), left.source.ethnicity or "", right.source.ethnicity or "")
