"""Do they share a telephone number or a document?"""

from __future__ import annotations

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.prepared import Prepared, Tokens

TAIL = 8  # last digits that name a subscriber, whatever the prefix


def _one_apart(a: str, b: str) -> bool:
    """Whether two strings of one length differ in one place, or by two neighbours exchanged."""
    if len(a) != len(b):
        return False
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(wrong) == 1:
        return True
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]


def _level(left: Tokens, right: Tokens) -> str:
    if any(a == b for a in left for b in right):
        return "same"
    return "one_apart" if any(_one_apart(a, b) for a in left for b in right) else "different"


def phone_level(left: Prepared, right: Prepared) -> Level:
    """A telephone number in common, by its last digits."""
    if not left.phones or not right.phones:
        return NOTHING
    a, b = (tuple(n[-TAIL:] for n in p.phones) for p in (left, right))
    return _level(a, b), None, None


def phone(left: Prepared, right: Prepared) -> Seen:
    """A telephone number in common, as written."""
    return seen("phone", phone_level(left, right), ", ".join(left.source.phones), ", ".join(right.source.phones))


def identifier_level(left: Prepared, right: Prepared) -> Level:
    """A document or registration number in common."""
    if not left.identifiers or not right.identifiers:
        return NOTHING
    return _level(left.identifiers, right.identifiers), None, None


def identifier(left: Prepared, right: Prepared) -> Seen:
    """A document or registration number in common, as written."""
    shown = ", ".join(left.source.identifiers), ", ".join(right.source.identifiers)
    return seen("identifier", identifier_level(left, right), *shown)
