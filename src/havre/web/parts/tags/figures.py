"""How are chance, evidence and counts drawn, always with words beside the drawing?"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

_FULL = math.log2(64)  # a factor of 64 or more fills half of the bar
_A_LITTLE, _STRONG = 3.0, 10.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: both sides as they were said, and how much it weighs.

    `weight` is the base-2 logarithm of the Bayes factor: above zero speaks for, below against; None when only one
    side is known. `left` and `right` may be safe HTML (names in `bdi`). `note` is a short sentence.
    """

    label: str
    left: str
    right: str
    weight: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a plot: a count with the half-width of its interval; `few` when it is too small to show."""

    label: str
    value: float
    spread: float = 0.0
    few: bool = False


def odds_words(chance: float) -> str:
    """Say a probability (0 to 1) on the fixed scale of words."""
    # Translators: the words of a probability, from "Very unlikely" to "Almost certain".
    steps = (
        (0.05, _("Very unlikely")),
        (0.25, _("Unlikely")),
        (0.60, pgettext("probability", "Open")),
        (0.90, _("Likely")),
        (0.98, _("Very likely")),
    )
    return next((words for limit, words in steps if chance < limit), _("Almost certain"))


def in_hundred(chance: float) -> int:
    """Count dots of 100: never 0 or 100, for nothing here is certain."""
    return min(99, max(1, round(chance * 100)))


def dots(chance: float) -> SafeString:
    """Draw 100 dots, as many filled as the chance says."""
    filled = in_hundred(chance)
    body = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (("y" if n < filled else "n", n % 10 * 10 + 5, n // 10 * 10 + 5, "3.6" if n < filled else "3.1") for n in range(100)),
    )
    label = _("%(n)s of 100 dots are filled") % {"n": filled}
    return format_html('<svg class="dots" viewBox="0 0 100 100" role="img" aria-label="{}">{}</svg>', label, body)


def odds(chance: float, low: float | None = None, high: float | None = None, prior: float | None = None) -> dict[str, object]:
    """Show a calibrated chance: dots, words, the range on past pairs and the chance before any comparison."""
    filled = in_hundred(chance)
    scale = [
        (_("Below 5 in 100"), _("Very unlikely")),
        (_("5 to 25"), _("Unlikely")),
        (_("25 to 60"), pgettext("probability", "Open")),
        (_("60 to 90"), _("Likely")),
        (_("90 to 98"), _("Very likely")),
        (_("Above 98"), _("Almost certain, still verified by two interviews")),
    ]
    return {
        "chance": chance,
        "filled": filled,
        "rest": 100 - filled,
        "words": odds_words(chance),
        "low": in_hundred(low) if low is not None else None,
        "high": in_hundred(high) if high is not None else None,
        "one_in": formats.number_format(_two_figures(1 / prior), force_grouping=True) if prior else "",
        "scale": scale,
    }


def _two_figures(number: float) -> int:
    """Round to two figures, for a number that is only known about."""
    return int(round(number, 1 - math.floor(math.log10(number)))) if number >= 1 else 1


def weigh(weight: float | None) -> SafeString:
    """Draw one weight from a centre line: for to the end side, against to the start side."""
    width = 0.0 if weight is None else min(1.0, abs(weight) / _FULL) * 100
    bar = SafeString("")
    if width >= 0.05:
        against = weight is not None and weight < 0
        bar = format_html(
            '<rect class="{}" x="{}" y="1" width="{}" height="10"/>',
            "against" if against else "for",
            f"{100 - width if against else 100:.1f}",
            f"{width:.1f}",
        )
    return format_html(
        '<svg class="weigh" viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" y="1" width="200" height="10"/>{}<line class="zero" x1="100" x2="100" y2="12"/></svg>',
        bar,
    )


def weight_words(weight: float | None) -> str:
    """Say a weight in words: how strong, for or against."""
    if weight is None:
        return _("Nothing yet.")
    factor = 2 ** abs(weight)
    if factor < 1.1:
        return _("Neither for nor against.")
    if weight > 0:
        return _("A little, for.") if factor < _A_LITTLE else _some(factor, _("Some, for."), _("Strong, for."))
    return _("A little, against.") if factor < _A_LITTLE else _some(factor, _("Some, against."), _("Strong, against."))


def _some(factor: float, some: str, strong: str) -> str:
    return some if factor < _STRONG else strong


def factor_words(weight: float | None) -> str:
    """Say how many times more usual the agreement is in one family than by chance (or the reverse)."""
    if weight is None:
        return _("One side only.")
    factor = 2 ** abs(weight)
    if factor < 1.1:
        return ""
    rounded = round(factor) if factor >= 3 or abs(factor - round(factor)) < 0.05 else round(factor, 1)
    shown = formats.number_format(rounded, force_grouping=True)
    if weight > 0:
        return _("%(n)s times more usual in one family than by chance.") % {"n": shown}
    return _("%(n)s times more usual by chance than in one family.") % {"n": shown}


def evidence(rows: Iterable[Evidence], left: str = "", right: str = "") -> dict[str, object]:
    """Show each piece of evidence with both sides and its weight, strongest first; against as visible as for."""
    ordered = sorted(rows, key=lambda row: -abs(row.weight) if row.weight is not None else 1)
    return {
        "left": left or _("Child’s side"),
        "right": right or _("Relative’s side"),
        "rows": [
            {
                "row": row,
                "bar": weigh(row.weight),
                "words": weight_words(row.weight),
                "factor": factor_words(row.weight),
                "against": row.weight is not None and row.weight < 0,
            }
            for row in ordered
        ],
    }


def _nice_step(top: float) -> float:
    if top <= 0:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(top))
    return next(step * power for step in (0.1, 0.2, 0.5, 1.0, 2.0) if top / (step * power) <= 8)


def plot(bars: Iterable[Bar], caption: str = "") -> dict[str, object]:
    """Draw counts as bars from zero with error marks; numbers in words at the end, small ones not drawn."""
    rows = list(bars)
    top = max((row.value + row.spread for row in rows if not row.few), default=1.0) or 1.0
    step = _nice_step(top)
    end = math.ceil(top / step) * step
    ticks = [f"{n * step / end * 1000:.1f}" for n in range(round(end / step) + 1)]
    return {
        "rows": [_plot_row(row, end) for row in rows],
        "ticks": ticks,
        "caption": caption,
        "step": formats.number_format(step, decimal_pos=0 if step >= 1 else 1, force_grouping=True),
    }


def _plot_row(row: Bar, end: float) -> dict[str, object]:
    scale = 1000 / end
    return {
        "row": row,
        "value": formats.number_format(round(row.value), force_grouping=True),
        "spread": formats.number_format(round(row.spread), force_grouping=True) if row.spread else "",
        "width": f"{row.value * scale:.0f}",
        "low": f"{max(0.0, row.value - row.spread) * scale:.0f}",
        "high": f"{(row.value + row.spread) * scale:.0f}",
    }
