"""Do they share a language or an ethnic group, or at least related ones?

`data/related.tsv` holds words for one language or group, and groups of languages that people of one home often speak or are
recorded by.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.names.normalise import joined
from havre.linkage.names.similarity import token_similarity
from havre.linkage.prepared import Prepared

ALIKE = 0.88


@cache
def _table() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Any word for a language or group -> the first of its line; that word -> the groups of related ones it is in."""
    first: dict[str, str] = {}
    groups: dict[str, set[str]] = {}
    text = (resources.files("havre.linkage") / "data" / "related.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        kind, _, rest = line.partition("\t")
        members = [joined(word) for word in rest.split("\t")]
        if kind in ("language", "people"):
            first.update({f"{kind} {word}": members[0] for word in members})
        elif kind.startswith("related"):
            for word in members:
                groups.setdefault(f"{kind.partition(' ')[2]} {word}", set()).add(str(number))
    return first, {word: frozenset(found) for word, found in groups.items()}


@lru_cache(maxsize=8192)
def called(kind: str, word: str) -> str:
    """The word a `language` or `people` goes by; the word itself, folded, where the table does not hold it."""
    plain = joined(word)
    return _table()[0].get(f"{kind} {plain}", plain)


@lru_cache(maxsize=4096)
def spoken(languages: tuple[str, ...]) -> frozenset[str]:
    """The words that some languages go by."""
    return frozenset([word for v in languages if (word := called("language", v))])


def related_groups(kind: str, word: str) -> frozenset[str]:
    """The groups of related ones that a word of `called` is in; two words are related where they share one."""
    return _table()[1].get(f"{kind} {word}", frozenset())


def _related(kind: str, a: str, b: str) -> bool:
    return not related_groups(kind, a).isdisjoint(related_groups(kind, b))


def language_level(left: Prepared, right: Prepared) -> Level:
    """At least one language in common, or related ones."""
    a, b = spoken(left.source.languages), spoken(right.source.languages)
    if not a or not b:
        return NOTHING
    if not a.isdisjoint(b):
        return "shared", None, None
    return ("related" if any(_related("language", x, y) for x in a for y in b) else "none_shared"), None, None


def language(left: Prepared, right: Prepared) -> Seen:
    """At least one language in common, as written."""
    return seen("language", language_level(left, right), ", ".join(left.source.languages), ", ".join(right.source.languages))


def ethnicity_level(left: Prepared, right: Prepared) -> Level:
    """The same ethnic group, in any of its names and spellings, or a related one."""
    a, b = called("people", left.source.ethnicity or ""), called("people", right.source.ethnicity or "")
    if not a or not b:
        return NOTHING
    if a == b or token_similarity(a, b) >= ALIKE:
        return "same", None, None
    return ("related" if _related("people", a, b) else "different"), None, None


def ethnicity(left: Prepared, right: Prepared) -> Seen:
    """The same ethnic group, as written."""
    return seen("ethnicity", ethnicity_level(left, right), left.source.ethnicity or "", right.source.ethnicity or "")
