"""A million rows of fifteen attributes, beside pac-synth, which needs minutes and more than 14 GiB of memory for them."""

from __future__ import annotations

from typing import Any

from bench.linkage.setting import goal
from bench.statistics.contest import release
from bench.statistics.parts.million import ROWS
from bench.statistics.setting import Setting

TIME, MEMORY = 1 / 15, 1 / 10


def run(setting: Setting) -> dict[str, Any]:
    """Tables alone: pac-synth would take hours for the rows."""
    told = release(setting.question("cases", ROWS), ("havre", "pac-synth"), 1, further=("--no-rows",))
    result: dict[str, Any] = {"rows": ROWS, "costs": told.costs, "missing": told.missing}
    if told.missing:
        return {"goals": [], **result}
    time, memory = (round(told.best("havre", step) / max(told.best("pac-synth", step), 1e-9), 4) for step in ("fit_s", "fit_extra_mb"))
    return {"goals": [goal("statistics.million_time", f"{ROWS:,} × 15, all 575 tables: at most 1/15 of pac-synth's time", time, time <= TIME),
                      goal("statistics.million_memory", f"{ROWS:,} × 15, all 575 tables: at most 1/10 of pac-synth's extra memory", memory, memory <= MEMORY)], **result}  # fmt: skip
