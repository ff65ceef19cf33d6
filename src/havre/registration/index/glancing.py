"""Which of many opened entries are worth comparing in full? A look at sex and birth, beside what their tokens say.

Reading an entry through and comparing its names takes some five times as long as opening it. A look takes a few millionths of a
second and moves those up who have the right age: the tokens alone do not tell a child from an older namesake.
"""

from collections.abc import Mapping
from math import inf, log
from typing import Any, Final

from havre import linkage
from havre.linkage.dates import parse_partial
from havre.linkage.evidence.birth import NEARS, SAME, Span, interval
from havre.linkage.model.posterior import FAMILY_RANK

BY_TOKENS: Final = 0.25  # how much the weight of shared tokens counts beside the logarithm of a likelihood ratio
SEXES: Final = frozenset("fm")
NOTHING: Final = (0.0, 0.0)


class Glance:
    """A look at entries with one question in mind."""

    def __init__(self, asked: linkage.Prepared, model: linkage.Model) -> None:
        self._span, self._sex = interval(asked, asked), _sex(asked.source.sex)
        self._sexes = [model.worth("sex", (level, None, None)) or NOTHING for level in ("different", "same")]
        nears = ((SAME, "within"), *NEARS, (inf, "apart"))
        self._births = [(limit, model.worth("birth", (level, None, None)) or NOTHING) for limit, level in nears]
        self._family = log(FAMILY_RANK)

    def order(self, weight: float, entry: Mapping[str, Any]) -> float:
        """How high an entry stands, given the weight of the tokens it shares: a number to sort by, nearly the logarithm of a likelihood
        ratio. `entry`: a description as JSON has it; what it does not say counts for nothing."""
        match, family = BY_TOKENS * weight, BY_TOKENS * weight + self._family
        sex, span = _sex(entry.get("sex")), _span(entry)
        if sex and self._sex:
            says = self._sexes[sex == self._sex]
            match, family = match + says[0], family + says[1]
        if span and self._span:
            gap = max(0.0, span[0] - self._span[1], self._span[0] - span[1])
            says = next(worth for limit, worth in self._births if gap <= limit)
            match, family = match + says[0], family + says[1]
        return max(match, family)


def _sex(said: str | None) -> str:
    first = (said or "").strip().lower()[:1]
    return first if first in SEXES else ""


def _span(entry: Mapping[str, Any]) -> Span | None:
    """Earliest and latest birth in years, by a date or by an age on a day."""
    if birth := parse_partial(entry.get("birth_date")):
        return birth.start, birth.end
    low, high, recorded = entry.get("age_min"), entry.get("age_max"), parse_partial(entry.get("recorded_on"))
    if recorded is None or (low is None and high is None):
        return None
    youngest, oldest = low if low is not None else high, high if high is not None else low
    return recorded.start - float(oldest or 0) - 1.0, recorded.start - float(youngest or 0)
