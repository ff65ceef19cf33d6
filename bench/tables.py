"""Results as Markdown: what the benchmarks' pages share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Lines of a table, an empty one before and after; None is an empty cell."""
    return ["", "| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join("" if c is None else str(c) for c in row) + " |" for row in rows), ""]


def met(goal: dict[str, Any]) -> str:
    """Whether a goal is met; nothing where a figure is told without a target."""
    return "" if goal["met"] is None else "yes" if goal["met"] else "**no**"


def value(measured: object) -> str:
    """What was measured, in a cell."""
    return ", ".join(f"{k} {v}" for k, v in measured.items()) if isinstance(measured, dict) else str(measured)


def missing(result: dict[str, Any]) -> list[str]:
    """What could not be measured, and why."""
    return [f"Not measured: {name} ({why})." for name, why in result.get("missing", {}).items()]


def busy(result: dict[str, Any]) -> str:
    """How long a part took, on what, and how busy the machine was."""
    machine = result["machine"]
    return (f"Took {result['seconds']:.0f} s on {machine['cores']} core{'' if machine['cores'] == 1 else 's'}, {machine['memory_gib']} GiB, Python {machine['python']}; "
            f"load average at the end {result['load'][0]}, computing took {result['slowdown']} times as long as on a quiet machine.")  # fmt: skip


def squeezed(lines: Sequence[str]) -> str:
    """Lines as text, never two empty ones together."""
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
