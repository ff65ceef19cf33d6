"""Are two spellings known to be one name, known to be two, or not known?

The table (`linkage/data/variants.tsv`) lists spellings of one name, its nicknames and translations. Two tokens that
both stand in the table without a common group are different names however alike they sound (Jean and John).
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from havre.linkage.names.normalise import joined
from havre.linkage.names.scripts import Script, script_of
from havre.linkage.names.sounds import fold


class Kinship(StrEnum):
    """What the table says of two tokens."""

    SAME = "same"
    NICKNAME = "nickname"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


def _form(spelling: str) -> str:
    plain = spelling.isascii() and spelling.isalnum() and spelling.islower()  # such a token is normalised as it stands
    token = spelling if plain else joined(spelling)
    return fold(token) if script_of(token) is Script.LATIN and token.isascii() else token


@cache
def _table() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Groups by form, for spellings and for nicknames."""
    spellings: dict[str, set[str]] = {}
    nicknames: dict[str, set[str]] = {}
    text = (resources.files("havre.linkage") / "data" / "variants.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        group, same, *other = line.split("\t")
        for word in same.split():
            spellings.setdefault(_form(word), set()).add(group)
        for word in other[0].split() if other else ():
            nicknames.setdefault(_form(word), set()).add(group)
    return _frozen(spellings), _frozen(nicknames)


def _frozen(table: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {form: frozenset(names) for form, names in table.items()}


@lru_cache(maxsize=131072)
def groups(token: str) -> frozenset[str]:
    """The names this normalised token is a known spelling of."""
    return _table()[0].get(_form(token), frozenset())


@lru_cache(maxsize=131072)
def nickname_of(token: str) -> frozenset[str]:
    """The names this token is a known nickname or translation of."""
    return _table()[1].get(_form(token), frozenset())


def kinship(a: str, b: str) -> Kinship:
    """What the table says of two normalised tokens; symmetric."""
    ga, gb = groups(a), groups(b)
    if ga & gb:
        return Kinship.SAME
    na, nb = nickname_of(a), nickname_of(b)
    if na & gb or nb & ga:
        return Kinship.NICKNAME
    if (ga and gb) or ((ga or na) and (gb or nb) and not na & nb):
        return Kinship.DIFFERENT
    return Kinship.UNKNOWN
