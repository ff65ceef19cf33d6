"""Which parts has the benchmark of statistics?"""

from __future__ import annotations

from typing import Any

from bench.parts import Parts
from bench.statistics.setting import Setting

PARTS = Parts("statistics", ("release", "growth", "million", "coverage", "audit", "attacks", "running", "routes"), ("aim", "million_pac"))


def run(quick: bool, only: str = "") -> dict[str, Any]:
    """Measure the usual parts, or those named in `only` by comma. Raises SystemExit for a part that there is not."""
    return PARTS.run(PARTS.wanted(only), Setting(quick))
