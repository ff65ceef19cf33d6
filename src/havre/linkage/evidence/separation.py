"""Did they lose each other on the same day?"""

from __future__ import annotations

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.prepared import Prepared

LIMITS = ((4 / 365, "same_days"), (0.09, "same_month"), (1.0, "same_year"))


def separation_date_level(left: Prepared, right: Prepared) -> Level:
    """Distance of the two dates of separation, partial dates as intervals."""
    x, y = left.separated, right.separated
    if x is None or y is None:
        return NOTHING
    gap = max(0.0, x.start - y.end, y.start - x.end)
    width = max(x.end - x.start, y.end - y.start)
    reach = max(gap, 0.0 if width < 0.02 else 0.05 if width < 0.1 else 0.5)
    return next((name for limit, name in LIMITS if reach <= limit), "apart"), None, None


def separation_date(left: Prepared, right: Prepared) -> Seen:
    """The two dates of separation, as written."""
    a, b = left.source.separation_date or "", right.source.separation_date or ""
    return seen("separation_date", separation_date_level(left, right), a, b)
