"""Times into figures: what half and what nineteen of twenty stay below."""

from collections.abc import Sequence
from typing import Any


def at(times: Sequence[float], share: float) -> float:
    """The time below which this share of the times lies, by the nearest rank."""
    ordered = sorted(times)
    return ordered[max(0, min(len(ordered) - 1, round(share * len(ordered) + 0.5) - 1))] if ordered else 0.0


def figures(times: Sequence[float]) -> dict[str, float]:
    """Half, nineteen of twenty, and the longest, in milliseconds as given."""
    return {"p50": round(at(times, 0.5), 1), "p95": round(at(times, 0.95), 1), "max": round(max(times, default=0.0), 1), "n": len(times)}


def goal(id: str, words: str, value: float, most: float) -> dict[str, Any]:
    """One goal with what was measured."""
    return {"id": id, "goal": words, "value": round(value, 1), "met": bool(value <= most)}
