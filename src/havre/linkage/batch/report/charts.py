"""Charts as SVG text: readable without colour, named for those who do not see them, printable."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log10
from typing import Final

from havre.linkage.batch.words import Language

WIDTH: Final = 640
HEIGHT: Final = 240
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 40


def _frame(title: str, across: str, up: str, inside: str) -> str:
    words = f'<text x="{(WIDTH + LEFT) / 2}" y="{HEIGHT - 4}" text-anchor="middle">{escape(across)}</text>'
    words += f'<text x="14" y="{HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 {HEIGHT / 2})">{escape(up)}</text>'
    return (f'<div class="scroll" tabindex="0" role="group"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title, quote=True)}">'
            f"<title>{escape(title)}</title>{inside}{words}</svg></div>")  # fmt: skip


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _grid(ups: Sequence[tuple[float, str]], _: Language) -> str:
    out = []
    for share, words in ups:
        out.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(share):.1f}" y2="{_y(share):.1f}"/>')
        out.append(f'<text x="{LEFT - 6}" y="{_y(share) + 4:.1f}" text-anchor="end">{escape(words)}</text>')
    out += [f'<text x="{_x(k / 10):.1f}" y="{HEIGHT - 24}" text-anchor="middle">{_.decimal(k / 10)}</text>' for k in range(0, 11, 2)]
    return "".join(out)


def bars(counts: Sequence[int], title: str, across: str, up: str, _: Language) -> str:
    """Counts over stretches of 0 to 1, on a logarithmic scale: few pairs beside very many can still be seen."""
    most = max(1, *counts)
    top = log10(most + 1)
    steps = [(log10(10**k + 1) / top, _.whole(10**k)) for k in range(int(log10(most)) + 1)]
    step = 1 / max(len(counts), 1)
    drawn = [f'<rect x="{_x(k * step) + 1:.1f}" y="{_y(log10(n + 1) / top):.1f}" width="{_x(step) - _x(0) - 2:.1f}" '
             f'height="{_y(0) - _y(log10(n + 1) / top):.1f}"/>' for k, n in enumerate(counts) if n]  # fmt: skip
    return _frame(title, across, up, _grid([s for s in steps if s[0] <= 1], _) + "".join(drawn))


def points(found: Sequence[tuple[float, float]], title: str, across: str, up: str, _: Language, *, diagonal: bool = False) -> str:
    """Points in the unit square, joined in their order; `diagonal` draws where they should lie."""
    grid = _grid([(k / 5, _.decimal(k / 5)) for k in range(6)], _)
    line = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in found)
    dots = "".join(f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="4"/>' for x, y in found)
    aim = f'<line class="aim" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>' if diagonal else ""
    return _frame(title, across, up, f'{grid}{aim}<polyline points="{line}"/>{dots}')
