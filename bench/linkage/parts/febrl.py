"""Febrl 4 without the social-security column, without labels: nothing may get worse."""

from __future__ import annotations

import time
from typing import Any

from bench.linkage.setting import Setting, goal
from bench.linkage.sources import febrl_truth
from havre.linkage import link
from havre.linkage.files import read_table
from havre.linkage.truth import agreement

LEAST = 0.9968


def run(setting: Setting) -> dict[str, Any]:
    """Link the two files, one to one and freely."""
    left, right = (setting.data / "linkage" / f"febrl4{side}.csv" for side in "ab")
    without = {"soc_sec_id": "ignore"}
    truth = febrl_truth(read_table(left).column("rec_id"), read_table(right).column("rec_id"))
    f1: dict[str, float] = {}
    seconds = 0.0
    for name, one in (("one_to_one", True), ("free", False)):
        start = time.perf_counter()
        links = link(left, right, map_left=without, map_right=without, one_to_one=one)
        seconds = time.perf_counter() - start
        f1[name] = round(agreement([(p.left_id, p.right_id) for p in links.matches()], truth).f1, 4)
    return {"goals": [goal("linkage.febrl4", f"F1 at least {LEAST}, free and one to one", f1, min(f1.values()) >= LEAST)], "f1": f1, "wall_s": round(seconds, 1)}
