"""Is the recorded sex the same?"""

from __future__ import annotations

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.prepared import Prepared
from havre.linkage.record import Description

SAME = {"f": "female", "m": "male", "woman": "female", "girl": "female", "man": "male", "boy": "male"}
UNKNOWN = frozenset({"", "unknown", "not_stated", "u"})


def sex_of(source: Description) -> str:
    """The sex a description says, under one word; empty when it says none."""
    text = (source.sex or "").strip().lower()
    return "" if text in UNKNOWN else SAME.get(text, text)


def sex_level(left: Prepared, right: Prepared) -> Level:
    """Agreement on sex; unknown on either side is missing."""
    a, b = sex_of(left.source), sex_of(right.source)
    if not a or not b:
        return NOTHING
    return ("same" if a == b else "different"), None, None


def sex(left: Prepared, right: Prepared) -> Seen:
    """Agreement on sex, as recorded."""
    return seen("sex", sex_level(left, right), sex_of(left.source), sex_of(right.source))
