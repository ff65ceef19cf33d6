"""Do they share a telephone number or a document?

A number that many people of a register give (an office, a focal point) says as little as it is common: the level carries the
number as `#…`, whose share among people the model looks up.
"""

from __future__ import annotations

from typing import Final

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.prepared import Prepared, Tokens

TAIL = 8  # last digits that name a subscriber, whatever the prefix
LEAST_PART: Final = 6  # characters of a number known in part that must agree
NUMBER: Final = "#"  # first character of a number, in place of a name, in a level


def _one_apart(a: str, b: str) -> bool:
    """Whether two strings of one length differ in one place, or by two neighbours exchanged."""
    if len(a) != len(b):
        return False
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(wrong) == 1:
        return True
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]


def _partial(a: str, b: str) -> bool:
    """Whether one is the beginning or the end of the other."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return LEAST_PART <= len(short) < len(long) and (long.endswith(short) or long.startswith(short))


def _level(left: Tokens, right: Tokens) -> Level:
    same = set(left).intersection(right)
    if same:
        return "same", None, NUMBER + min(same)
    if any(_partial(a, b) for a in left for b in right):
        return "partial", None, None
    return ("one_apart" if any(_one_apart(a, b) for a in left for b in right) else "different"), None, None


def phone_level(left: Prepared, right: Prepared) -> Level:
    """A telephone number in common, by its last digits."""
    if not left.phones or not right.phones:
        return NOTHING
    return _level(tuple([n[-TAIL:] for n in left.phones]), tuple([n[-TAIL:] for n in right.phones]))


def phone(left: Prepared, right: Prepared) -> Seen:
    """A telephone number in common, as written."""
    return seen("phone", phone_level(left, right), ", ".join(left.source.phones), ", ".join(right.source.phones))


def identifier_level(left: Prepared, right: Prepared) -> Level:
    """A document or registration number in common."""
    if not left.identifiers or not right.identifiers:
        return NOTHING
    return _level(left.identifiers, right.identifiers)


def identifier(left: Prepared, right: Prepared) -> Seen:
    """A document or registration number in common, as written."""
    shown = ", ".join(left.source.identifiers), ", ".join(right.source.identifiers)
    return seen("identifier", identifier_level(left, right), *shown)
