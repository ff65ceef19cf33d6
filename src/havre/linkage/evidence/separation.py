"""Did they lose each other on the same day?"""

from __future__ import annotations

from havre.linkage.evidence.base import Seen, missing
from havre.linkage.prepared import Prepared

LIMITS = ((4 / 365, "same_days"), (0.09, "same_month"), (1.0, "same_year"))


def separation_date(left: Prepared, right: Prepared) -> Seen:
    """Distance of the two dates of separation, partial dates as intervals."""
    a, b = left.source.separation_date or "", right.source.separation_date or ""
    x, y = left.separated, right.separated
    if x is None or y is None:
        return missing("separation_date", a, b)
    gap = max(0.0, x.start - y.end, y.start - x.end)
    width = max(x.end - x.start, y.end - y.start)
    reach = max(gap, 0.0 if width < 0.02 else 0.05 if width < 0.1 else 0.5)
    level = next((name for limit, name in LIMITS if reach <= limit), "apart")
    return Seen("separation_date", level, a, b)
