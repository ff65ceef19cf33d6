"""How are shares, differences and verdicts said? "Goes with", never "causes"; "cannot tell" where the interval spans none."""

import math
from typing import Any, Final

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.core.words import N_
from havre.disclosure.association import Interval, Part, Verdict
from havre.disclosure.plan import Z
from havre.disclosure.publication import about
from havre.reference.countries import country_name
from havre.statistics.patterns.sources import Source
from havre.web.releases import words as releases

WORLDS: Final = {"individual": N_("The child"), "household": N_("The household"), "community": N_("The community"), "structural": N_("The country")}
KINDS: Final = {"risk": N_("Risk factors"), "protective": N_("Protective factors")}
TIMES: Final = {"before": N_("Before travel"), "during": N_("During travel"), "after": N_("After travel")}
OWN: Final = {"phase": N_("Before, during or after travel"), "leg": N_("Leg of the route")}
SAID: Final = {
    Verdict.MORE: N_("Goes with it more often"), Verdict.LESS: N_("Goes with it less often"), Verdict.CANNOT_TELL: N_("Cannot tell"),
    Verdict.TOO_FEW: N_("Too few to tell")}
CHANGED: Final = {Verdict.MORE: N_("More than before"), Verdict.LESS: N_("Less than before"), Verdict.CANNOT_TELL: N_("Cannot tell"),
                  Verdict.TOO_FEW: N_("Too few to tell")}


def source_words(source: Source) -> str:
    """A source in a list: country, months, code."""
    said = _("%(country)s, %(months)s, release %(code)s") if not source.asked else _("%(country)s, %(months)s, your question %(code)s")
    if source.said.get("invented"):
        said = _("%(country)s, an invented register, %(months)s, release %(code)s")
    return said % {"country": country_name(source.stored.country, releases.lang()), "months": releases.months(source.period), "code": source.code}


def title(source: Source, name: str) -> str:
    """An attribute, as the release named it."""
    return str(source.stored.codebook[name]["title"][releases.lang()])


def level_title(source: Source, name: str, at: int) -> str:
    """An attribute at a level, as the release named it."""
    return str(source.stored.codebook[name]["levels"][at - 1]["title"][releases.lang()])


def labels(source: Source, name: str, at: int) -> dict[str, str]:
    """Code -> words of one level of an attribute, in order."""
    return {code: said[releases.lang()] for code, said in source.stored.codebook[name]["levels"][at - 1]["codes"]}


def share(part: Part) -> dict[str, str]:
    """A share in 100 with its ends, rounded outwards; nothing but "too few" where it cannot be told."""
    if part.share is None:
        return {"number": "", "span": "", "of": "", "words": _("too few to show")}
    value, low, high = _hundred(part.share)
    return {"number": _("%(n)s in 100") % {"n": value}, "span": span(low, high), "of": children(part), "words": ""}


def children(part: Part) -> str:
    """How many children it rests on: "of about 340"."""
    held = part.children
    number, _low, _high = about(held.value, (held.high - held.value) / Z, held.low, held.high)
    return _("of about %(n)s") % {"n": formats.number_format(number, force_grouping=True)}


def difference(interval: Interval | None) -> dict[str, str]:
    """A difference in 100 with its ends and its sign."""
    if interval is None:
        return {"number": "", "span": "", "words": _("too few to show")}
    value, low, high = _hundred(interval)
    return {"number": signed(value), "span": span(low, high, signed), "words": ""}


def ratio(interval: Interval | None) -> dict[str, str]:
    """How many times as often, with its ends."""
    if interval is None or not math.isfinite(interval.high):
        return {"number": "", "span": "", "words": _("cannot tell")}
    return {"number": _tenth(interval.value), "span": _("%(low)s to %(high)s") % {"low": _tenth(math.floor(interval.low * 10) / 10),
                                                                                "high": _tenth(math.ceil(interval.high * 10) / 10)}, "words": ""}


def span(low: int, high: int, say: Any = str) -> str:
    """An interval in words."""
    return _("%(low)s to %(high)s") % {"low": say(low), "high": say(high)}


def signed(number: int) -> str:
    """A whole number with its sign; a true minus."""
    return f"+{number}" if number > 0 else f"\N{MINUS SIGN}{-number}" if number < 0 else "0"


def tally(verdicts: list[Verdict], outcome: str) -> str:
    """What came of all factors, in one or two sentences."""
    more, less = verdicts.count(Verdict.MORE), verdicts.count(Verdict.LESS)
    open_ = len(verdicts) - more - less
    said = []
    if more:
        said.append(ngettext("%(n)s factor goes with it more often.", "%(n)s factors go with it more often.", more) % {"n": more})
    if less:
        said.append(ngettext("%(n)s factor goes with it less often.", "%(n)s factors go with it less often.", less) % {"n": less})
    if open_:
        said.append(ngettext("For %(n)s factor these numbers cannot tell.", "For %(n)s factors these numbers cannot tell.", open_) % {"n": open_})
    return " ".join(said)


def _hundred(interval: Interval) -> tuple[int, int, int]:
    return round(interval.value * 100), math.floor(interval.low * 100), math.ceil(interval.high * 100)


def _tenth(number: float) -> str:
    return str(formats.number_format(number, decimal_pos=1))
