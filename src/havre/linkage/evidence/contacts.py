"""Do they share a telephone number or a document?"""

from __future__ import annotations

from havre.linkage.evidence.base import Seen, missing
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


def phone(left: Prepared, right: Prepared) -> Seen:
    """A telephone number in common, by its last digits."""
    shown = ", ".join(left.source.phones), ", ".join(right.source.phones)
    if not left.phones or not right.phones:
        return missing("phone", *shown)
    a, b = (tuple(n[-TAIL:] for n in p.phones) for p in (left, right))
    return Seen("phone", _level(a, b), *shown)


def identifier(left: Prepared, right: Prepared) -> Seen:
    """A document or registration number in common."""
    shown = ", ".join(left.source.identifiers), ", ".join(right.source.identifiers)
    if not left.identifiers or not right.identifiers:
        return missing("identifier", *shown)
    return Seen("identifier", _level(left.identifiers, right.identifiers), *shown)
