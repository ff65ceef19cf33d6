"""Did they lose each other on the same day, for the same cause, with the same people beside them?"""

from __future__ import annotations

from havre.linkage.evidence.base import NOTHING, Level, Seen, seen
from havre.linkage.evidence.levels import Likeness, best
from havre.linkage.names.frequency import share
from havre.linkage.names.normalise import words
from havre.linkage.names.similarity import CLOSE
from havre.linkage.prepared import Prepared
from havre.linkage.record import Description

LIMITS = ((4 / 365, "same_days"), (0.09, "same_month"), (1.0, "same_year"))


def separation_date_level(left: Prepared, right: Prepared) -> Level:
    """Distance of the two dates of separation, partial dates as intervals, in whichever calendar brings them closest."""
    x, y = left.separated, right.separated
    if x is None or y is None:
        return NOTHING
    spans = [((x.start, x.end), (y.start, y.end))]
    there = left.ethiopian or right.ethiopian
    spans += [(span, (y.start, y.end)) for span in x.others(there)] + [((x.start, x.end), span) for span in y.others(there)]
    found = [_reach(a, b) for a, b in spans]
    written, nearest = found[0], min(found)
    reach = nearest if nearest <= LIMITS[0][0] else written  # another calendar is believed only where it names the very days
    return next((name for limit, name in LIMITS if reach <= limit), "apart"), None, None


def _reach(a: tuple[float, float], b: tuple[float, float]) -> float:
    gap = max(0.0, a[0] - b[1], b[0] - a[1])
    width = max(a[1] - a[0], b[1] - b[0])
    return max(gap, 0.0 if width < 0.02 else 0.05 if width < 0.1 else 0.5)


def separation_date(left: Prepared, right: Prepared) -> Seen:
    """The two dates of separation, as written."""
    a, b = left.source.separation_date or "", right.source.separation_date or ""
    return seen("separation_date", separation_date_level(left, right), a, b)


def cause_of(source: Description) -> frozenset[str]:
    """The words that tell what parted a person from the family."""
    return frozenset(words(source.separation_cause or ""))


def separation_cause_level(left: Prepared, right: Prepared) -> Level:
    """What parted them: the same code, or a word in common."""
    a, b = cause_of(left.source), cause_of(right.source)
    if not a or not b:
        return NOTHING
    return ("different" if a.isdisjoint(b) else "same"), None, None


def separation_cause(left: Prepared, right: Prepared) -> Seen:
    """What parted them, as written."""
    a, b = left.source.separation_cause or "", right.source.separation_cause or ""
    return seen("separation_cause", separation_cause_level(left, right), a, b)


def companions_level(left: Prepared, right: Prepared) -> Level:
    """People who were with the person: the other side names them too, as companions, or as brothers, sisters or relatives."""
    agreed = _agreed(left, right) or _agreed(right, left)
    if agreed:
        commonest = max(agreed, key=lambda token: (share(token), token))
        return ("several" if len(agreed) > 1 else "one"), None, commonest
    return ("none", None, None) if left.companions and right.companions else NOTHING


def _agreed(one: Prepared, two: Prepared) -> list[str]:
    """The companions of one side whom the other side names, each counted once."""
    if not one.companions:
        return []
    others = (*two.companions, *two.siblings, *[kin for _, kin in two.relatives])
    likest: list[Likeness] = [max([best(kin.spellings, other.spellings) for other in others], default=(0.0, False, "")) for kin in one.companions]
    return sorted({token for similarity, _, token in likest if similarity >= CLOSE})


def companions(left: Prepared, right: Prepared) -> Seen:
    """People who were with the person, as written."""
    return seen("companions", companions_level(left, right), ", ".join(left.source.companions), ", ".join(right.source.companions))
