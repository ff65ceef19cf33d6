"""The parts of a benchmark, one after another; each one's result is kept as soon as it is there."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.__main__ import machine
from bench.linkage.setting import say

RESULTS = Path(__file__).resolve().parent / "results"


def slowdown() -> float:
    """How much longer than its own computing a small piece of work takes: 1 on a quiet machine."""
    wall, own = time.perf_counter(), time.process_time()
    for _ in range(60):
        sum(n * n for n in range(60_000))
    return round((time.perf_counter() - wall) / max(time.process_time() - own, 1e-6), 2)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one benchmark: modules of `bench.NAME.parts`; those of `named_only` run only when they are named."""

    name: str
    usual: tuple[str, ...]
    named_only: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        """All parts, those that must be named last."""
        return (*self.usual, *self.named_only)

    def latest(self, quick: bool) -> dict[str, dict[str, Any]]:
        """The latest result of each part that was ever run at this size."""
        return {part: json.loads(self.kept(part, quick).read_text("utf-8")) for part in self.every if self.kept(part, quick).is_file()}

    def kept(self, part: str, quick: bool) -> Path:
        """Where the latest result of a part lies."""
        return RESULTS / f"{self.name}-{part}-{'quick' if quick else 'full'}.json"

    def wanted(self, only: str) -> list[str]:
        """The parts named in `only` by comma, else the usual ones. Raises SystemExit for a part that there is not."""
        found = [part for part in only.split(",") if part] or list(self.usual)
        if unknown := set(found) - set(self.every):
            raise SystemExit(f"There is no part {', '.join(sorted(unknown))}. Known: {', '.join(self.every)}.")
        return found

    def run(self, wanted: list[str], setting: Any) -> dict[str, Any]:
        """Measure these parts with a setting; a part that cannot be measured says why, and the others go on."""
        goals, seconds = [], {}
        for part in wanted:
            say(f"--- {part}")
            start = time.perf_counter()
            try:
                result = import_module(f"bench.{self.name}.parts.{part}").run(setting)
            except RuntimeError as error:
                say(f"could not be measured: {error}")
                result = {"goals": [], "missing": {part: str(error)}}
            seconds[part] = round(time.perf_counter() - start, 1)
            about = {"machine": machine(), "seconds": seconds[part], "slowdown": slowdown(), "load": [round(x, 1) for x in os.getloadavg()]}
            RESULTS.mkdir(exist_ok=True)
            whole = {"part": part, "quick": setting.quick, **about, **result}
            self.kept(part, setting.quick).write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8")
            goals += result["goals"]
        return {"goals": goals, "parts": wanted, "seconds": seconds}
