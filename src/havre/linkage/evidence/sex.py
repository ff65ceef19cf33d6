"""Is the recorded sex the same?"""

from __future__ import annotations

from havre.linkage.evidence.base import Seen, missing
from havre.linkage.prepared import Prepared

_SAME = {"f": "female", "m": "male", "woman": "female", "girl": "female", "man": "male", "boy": "male"}
_UNKNOWN = frozenset({"", "unknown", "not_stated", "u"})


def sex(left: Prepared, right: Prepared) -> Seen:
    """Agreement on sex; unknown on either side is missing."""
    a, b = ((p.source.sex or "").strip().lower() for p in (left, right))
    a, b = _SAME.get(a, a), _SAME.get(b, b)
    if a in _UNKNOWN or b in _UNKNOWN:
        return missing("sex", a, b)
    return Seen("sex", "same" if a == b else "different", a, b)
