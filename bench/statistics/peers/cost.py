"""What does a step cost, in seconds and in memory above what the process held before it?"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STATUS = Path("/proc/self/status")


def _held(what: str) -> float:
    found = re.search(rf"{what}:\s+(\d+) kB", STATUS.read_text()) if STATUS.is_file() else None
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def counted(costs: dict[str, float], step: str) -> Iterator[None]:
    """Adds `{step}_s` and `{step}_extra_mb`, the peak less what was held at its start (0 where the system does not tell)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
    before, start = _held("VmRSS"), time.perf_counter()
    yield
    costs[f"{step}_s"] = round(time.perf_counter() - start, 2)
    costs[f"{step}_extra_mb"] = round(max(0.0, _held("VmHWM") - before), 1)
