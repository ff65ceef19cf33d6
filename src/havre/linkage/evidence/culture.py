"""Do they share a language or an ethnic group?"""

from __future__ import annotations

from havre.linkage.evidence.base import Seen, missing
from havre.linkage.names.normalise import joined
from havre.linkage.prepared import Prepared


def language(left: Prepared, right: Prepared) -> Seen:
    """At least one language in common."""
    a, b = ({joined(v) for v in p.source.languages if v} for p in (left, right))
    shown = ", ".join(left.source.languages), ", ".join(right.source.languages)
    if not a or not b:
        return missing("language", *shown)
    return Seen("language", "shared" if a & b else "none_shared", *shown)


def ethnicity(left: Prepared, right: Prepared) -> Seen:
    """The same ethnic group."""
    a, b = left.source.ethnicity or "", right.source.ethnicity or ""
    if not a or not b:
        return missing("ethnicity", a, b)
    return Seen("ethnicity", "same" if joined(a) == joined(b) else "different", a, b)
