"""What is each word of one written name: given name, father's, grandfather's, family name, nickname, title or joining word?

Only as far as the writing says: words that mark descent (bin, bint, ould, walad), family prefixes (van, von, de), Slavic
patronymics and endings, brackets and quotation marks, a kunya (Abu Omar) beside another name. What is not marked stays `FURTHER`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from havre.linkage.names.normalise import joined, words
from havre.linkage.names.patronymics import family_like, father_of
from havre.linkage.names.tokens import HONORIFICS, KUNYA, tokens


class Kind(StrEnum):
    """What a word of a name is."""

    GIVEN = "given"
    FATHER = "father"
    GRANDFATHER = "grandfather"
    FAMILY = "family"
    NICKNAME = "nickname"
    HONORIFIC = "honorific"
    PARTICLE = "particle"
    FURTHER = "further"


DESCENT: Final = frozenset(map(joined, "bin ben ibn bint binti binte ould wuld walad weld wad mint بن ابن بنت ولد ود منت אבן בן בת".split()))
FAMILY_PREFIXES: Final = frozenset("van von der den de del della di du da dos do".split())
_APART: Final = DESCENT | FAMILY_PREFIXES | HONORIFICS
_BESIDE: Final = re.compile("[(\\[«„“\"]([^)\\]»“”\"]+)[)\\]»“”\"]")


def kinds(text: str) -> tuple[tuple[str, Kind], ...]:
    """Each word or compound of a written name, normalised, with its kind; nicknames in brackets or quotation marks come last."""
    out: list[tuple[str, Kind]] = []
    marked = ""
    for run in _runs(words(_BESIDE.sub(" ", text))):
        if run[0] in _APART:
            out.append((run[0], Kind.HONORIFIC if run[0] in HONORIFICS else Kind.PARTICLE))
            marked = run[0]
            continue
        fathers = [found[0] for word in run if (found := father_of(word))]
        for token in tokens(" ".join(run)):
            kind = Kind.FATHER if token in fathers else _kind(token, marked, [kind for _, kind in out])
            out.append((token, kind))
            marked = ""
    if not any(kind is Kind.GIVEN for _, kind in out):  # titles and joining words are all there is: they are the name
        out = [(word, Kind.GIVEN) for word, _ in out]
    return (*out, *((token, Kind.NICKNAME) for found in _BESIDE.findall(text) for token in tokens(found)))


def _runs(read: tuple[str, ...]) -> list[list[str]]:
    """Words that belong together; each title and joining word alone."""
    out: list[list[str]] = []
    for word in read:
        if out and word not in _APART and out[-1][0] not in _APART:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _kind(token: str, marked: str, before: list[Kind]) -> Kind:
    names = [kind for kind in before if kind not in (Kind.HONORIFIC, Kind.PARTICLE)]
    if not names:
        return Kind.GIVEN
    if marked in DESCENT:
        return Kind.GRANDFATHER if Kind.FATHER in names else Kind.FATHER
    if marked in FAMILY_PREFIXES or family_like(token):
        return Kind.FAMILY
    if any(token.startswith(kunya) and len(token) > len(kunya) + 2 for kunya in KUNYA):
        return Kind.NICKNAME
    return Kind.FURTHER
