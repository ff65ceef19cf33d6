"""Is the recorded sex the same?"""

from __future__ import annotations

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.prepared import Prepared

_SAME = {"f": "female", "m": "male", "woman": "female", "girl": "female", "man": "male", "boy": "male"}
_UNKNOWN = frozenset({"", "unknown", "not_stated", "u"})


def _code(person: Prepared) -> str:
    text = (person.source.sex or "").strip().lower()
    return _SAME.get(text, text)


def sex_level(left: Prepared, right: Prepared) -> Level:
    """Agreement on sex; unknown on either side is missing."""
    a, b = _code(left), _code(right)
    if a in _UNKNOWN or b in _UNKNOWN:
        return NOTHING
    return ("same" if a == b else "different"), None, None


def sex(left: Prepared, right: Prepared) -> Seen:
    """Agreement on sex, as recorded."""
    return seen("sex", sex_level(left, right), _code(left), _code(right))
