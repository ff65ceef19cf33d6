"""The side of a contest that answers: reads question numbers, one a line, answers each with its time, ids and chances."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.linkage.peers.figures import tell

Answer = list[tuple[str, float, float]]  # id, chance of the same child, chance of the same family


def answer(ask: Callable[[str, int], Answer], **ready: Any) -> None:
    """Say that all is ready, then answer `FIELDS NUMBER` lines until the input ends; a last line tells the memory used."""
    tell(**ready)
    for line in sys.stdin:
        fields, number = line.split()
        start = time.perf_counter()
        found = ask(fields, int(number))
        print(json.dumps({"ms": 1000 * (time.perf_counter() - start), "found": found}), flush=True)
    tell()
