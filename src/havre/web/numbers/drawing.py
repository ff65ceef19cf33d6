"""How is a number drawn? A line with a dot for each period, and dots on a scale for the parts. The words stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Dot:
    """One row of a plot: its words, its value in words, and where its dot and the dot of the period before stand (per thousand)."""

    label: str
    said: str
    at: str = ""
    before: str = ""
    link: str = ""


def trend(values: Sequence[float | None], label: str) -> SafeString:
    """A line over the periods, oldest first, from zero; a period without a number leaves a gap. `label` says all values in words.

    Nothing is drawn when no period has a number.
    """
    if all(value is None for value in values):
        return SafeString("")
    top = max((v for v in values if v is not None), default=0) or 1
    step = 280 / max(len(values) - 1, 1)
    points = [(f"{10 + at * step:.0f}", f"{56 - 46 * value / top:.1f}") if value is not None else None for at, value in enumerate(values)]
    lines = [(*one, *other) for one, other in pairwise(points) if one and other]
    drawn = format_html_join("", '<line class="err" x1="{}" y1="{}" x2="{}" y2="{}"/>', lines)
    dots = format_html_join("", '<circle class="{}" cx="{}" cy="{}" r="{}"/>', (
        ("now" if at == len(points) - 1 else "then", *one, "5" if at == len(points) - 1 else "3.2") for at, one in enumerate(points) if one))
    return format_html('<svg class="trend" viewBox="0 0 300 64" width="300" height="64" role="img" aria-label="{}">'
                       '<line class="tick" x1="4" x2="296" y1="56" y2="56"/>{}{}</svg>', label, drawn, dots)


def places(values: Sequence[float | None], before: Sequence[float | None]) -> tuple[list[tuple[str, str]], float]:
    """Where dots stand on one scale from zero to the returned end, per thousand of it; "" for what has no number."""
    top = max((v for v in (*values, *before) if v is not None), default=0) or 1

    def at(value: float | None) -> str:
        return "" if value is None else f"{value / top * 980 + 10:.0f}"
    return [(at(value), at(was)) for value, was in zip(values, before, strict=True)], top
