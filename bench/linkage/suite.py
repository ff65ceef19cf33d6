"""Which parts has the benchmark of linkage?"""

from __future__ import annotations

from typing import Any

from bench.linkage.setting import Setting
from bench.linkage.sources import data_folder
from bench.parts import Parts

PARTS = Parts("linkage", ("names", "scripts", "febrl", "historical", "query", "batch", "growth", "ablation", "private", "cluster"), ("ten_million",))


def run(quick: bool, only: str = "") -> dict[str, Any]:
    """Measure the usual parts, or those named in `only` by comma. Raises SystemExit for a part that there is not."""
    wanted = PARTS.wanted(only)
    return PARTS.run(wanted, Setting(quick, data_folder()))
