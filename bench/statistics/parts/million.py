"""A million rows of fifteen attributes: all 575 tables with secure noise, and as many rows drawn from them."""

from __future__ import annotations

from typing import Any

from bench.linkage.setting import Goal, goal
from bench.statistics.parts.release import asked
from bench.statistics.setting import Setting

ROWS = 1_000_000
SECONDS, ERROR = 60.0, 0.01


def figures(setting: Setting, systems: tuple[str, ...]) -> dict[str, Any]:
    """What these systems tell of a million rows."""
    return asked(setting.question("cases", ROWS), systems, 1)


def goals(systems: dict[str, Any]) -> list[Goal]:
    """Those that Havre can be held to alone."""
    ours = systems["havre"]
    return [
        goal("statistics.million_tables", f"{ROWS:,} × 15, all 575 tables with secure noise, measured and estimated: seconds, told", ours["fit_s"], None),
        goal("statistics.million_rows_s", f"{ROWS:,} rows drawn in at most {SECONDS:g} s", ours["rows_s"], ours["rows_s"] <= SECONDS),
        goal("statistics.million_rows", f"{ROWS:,} rows drawn: 2-way error at most {ERROR:g}", ours["rows"][2], ours["rows"][2] <= ERROR),
    ]


def run(setting: Setting) -> dict[str, Any]:
    """Havre alone; pac-synth needs minutes and more than 14 GiB: see `million_pac`."""
    result = figures(setting, ("havre",))
    return {"goals": goals(result["systems"]) if "havre" in result["systems"] else [], **result}
