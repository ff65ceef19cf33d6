"""Where do dots and intervals stand? Positions on a line of 1000 units, for SVG attributes."""

import math
from collections.abc import Sequence

from havre.disclosure.association import Interval, Part

WIDTH = 1000


def differences(intervals: Sequence[Interval | None]) -> tuple[list[dict[str, str]], int]:
    """Each difference on a line with nought in the middle, and how far the line reaches to each side, in 100; {} for none."""
    ends = [abs(end) for each in intervals if each is not None for end in (each.low, each.high)]
    reach = min(100, max(10, math.ceil(max(ends, default=0.1) * 10) * 10))
    return [_placed(each, WIDTH / 2, 50 * WIDTH / reach) if each is not None else {} for each in intervals], reach


def shares(parts: Sequence[Part]) -> list[dict[str, str]]:
    """Each share on a line from nought to 100 in 100; {} for none."""
    return [_placed(part.share, 0, WIDTH) if part.share is not None else {} for part in parts]


def _placed(interval: Interval, start: float, scale: float) -> dict[str, str]:
    return {name: f"{start + scale * value:.1f}" for name, value in (("x", interval.value), ("low", interval.low), ("high", interval.high))}
