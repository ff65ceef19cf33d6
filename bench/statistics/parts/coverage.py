"""Do 95 % bars hold the truth in 95 of 100 cells? By size of table and by how many the cell truly holds, over many sheets of the same rows."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import Any

from bench.linkage.contest import run as run_process
from bench.linkage.setting import Goal, goal, say
from bench.statistics.setting import DELTA, EPSILON, SETS, Setting

ON = {True: (("cases", 14_000),), False: tuple((name, None) for name in SETS)}
REPEATS = 50
LEAST = 2_000  # cells of a band over all repeats, below which its share says little
NOBODY = "nobody"
RAW, SHRUNK = (0.94, 0.96), (0.93, 0.97)


def run(setting: Setting) -> dict[str, Any]:
    """Sheets are measured in a process of its own, as a release is."""
    sets: dict[str, Any] = {}
    for name, rows in ON[setting.quick]:
        question = setting.question(name, rows)
        plan = "named" if setting.quick else "all"
        say(f"{name}: {REPEATS} sheets, {plan} tables")
        got = run_process([sys.executable, "-m", "bench.statistics.peers.havre_bars", str(question.folder), EPSILON, DELTA, plan, str(REPEATS)])
        sets[name] = {"rows": len(question.rows.codes), "plan": plan, "bands": got["bands"], "shown": got["shown"], "peak_mb": got["peak_mb"]}
    return {"goals": [g for kind, within in (("raw", RAW), ("shrunk", SHRUNK)) for g in _goals(sets, kind, within)], "repeats": REPEATS, "sets": sets}


def _goals(sets: dict[str, Any], kind: str, within: tuple[float, float]) -> list[Goal]:
    out: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, list[float]] = defaultdict(list)
    for name, result in sets.items():
        for band in result["bands"]:
            if band["cells"] >= LEAST:
                ends[name].append(band[kind])
                highest = 1.0 if band["held"] == NOBODY and kind == "shrunk" else within[1]  # its bars begin at nought, where the truth is
                if not within[0] <= band[kind] <= highest:
                    out[name].append(f"{band['way']}-way, {band['held']}: {band[kind]}")
    low, high = (f"{100 * end:g}" for end in within)
    return [goal(f"statistics.coverage_{kind}_{name}", f"{name}: 95 % bars {kind} hold the truth in {low} to {high} % of the cells of each size of table and band of counts",
                 f"{min(found)} to {max(found)}" + (f"; outside: {'; '.join(out[name])}" if out[name] else ""), not out[name]) for name, found in ends.items()]  # fmt: skip
