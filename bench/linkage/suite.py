"""The parts of the benchmark, one after another; each one's result is kept as soon as it is there."""

from __future__ import annotations

import json
import os
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.__main__ import machine
from bench.linkage.setting import Setting, say
from bench.linkage.sources import data_folder

PARTS = ("names", "scripts", "febrl", "historical", "query", "batch", "growth", "ablation", "private", "cluster")
NAMED_ONLY = ("ten_million",)  # run only when they are named
RESULTS = Path(__file__).resolve().parents[1] / "results"


def kept(part: str, quick: bool) -> Path:
    """Where the latest result of a part lies."""
    return RESULTS / f"linkage-{part}-{'quick' if quick else 'full'}.json"


def slowdown() -> float:
    """How much longer than its own computing a small piece of work takes: 1 on a quiet machine."""
    wall, own = time.perf_counter(), time.process_time()
    for _ in range(60):
        sum(n * n for n in range(60_000))
    return round((time.perf_counter() - wall) / max(time.process_time() - own, 1e-6), 2)


def run(quick: bool, only: str = "") -> dict[str, Any]:
    """Measure every part but those that must be named, or those named in `only` by comma. Raises SystemExit for a part that there is not."""
    wanted = [part for part in only.split(",") if part] or list(PARTS)
    if unknown := set(wanted) - {*PARTS, *NAMED_ONLY}:
        raise SystemExit(f"There is no part {', '.join(sorted(unknown))}. Known: {', '.join((*PARTS, *NAMED_ONLY))}.")
    setting = Setting(quick, data_folder())
    goals, seconds = [], {}
    for part in wanted:
        say(f"--- {part}")
        start = time.perf_counter()
        try:
            result = import_module(f"bench.linkage.parts.{part}").run(setting)
        except RuntimeError as error:
            say(f"could not be measured: {error}")
            result = {"goals": [], "missing": {part: str(error)}}
        seconds[part] = round(time.perf_counter() - start, 1)
        about = {"machine": machine(), "seconds": seconds[part], "slowdown": slowdown(), "load": [round(x, 1) for x in os.getloadavg()]}
        RESULTS.mkdir(exist_ok=True)
        kept(part, quick).write_text(json.dumps({"part": part, "quick": quick, **about, **result}, indent=1, ensure_ascii=False) + "\n", "utf-8")
        goals += result["goals"]
    return {"goals": goals, "parts": wanted, "seconds": seconds}
