"""AIM, which takes minutes to hours: is Havre no worse in a hundredth of its time?"""

from __future__ import annotations

from typing import Any

from bench.linkage.setting import goal
from bench.statistics.parts.release import asked
from bench.statistics.setting import Setting

ON = {True: ("sparse",), False: ("sparse", "cases", "census")}
TIME = 1 / 100


def run(setting: Setting) -> dict[str, Any]:
    """Havre and AIM on the same rows. AIM tells rows alone: its tables are those of its rows."""
    sets = {name: asked(setting.question(name), ("havre", "AIM"), 1) for name in ON[setting.quick]}
    goals = []
    for name, result in sets.items():
        if "AIM" not in result["systems"]:
            continue
        ours, aim = result["systems"]["havre"], result["systems"]["AIM"]
        for what in ("tables", "rows"):
            worse = {way: round(ours[what][way] / aim[what][way], 2) for way in (2, 3)}
            goals.append(goal(f"statistics.aim_{what}_{name}", f"{name}: {what} no worse than AIM's (sampler repaired): error by AIM's", worse, max(worse.values()) <= 1))
        share = round(ours["fit_s"] / aim["fit_s"], 5)
        goals.append(goal(f"statistics.aim_time_{name}", f"{name}: at most 1/100 of AIM's time", share, share <= TIME))
    return {"goals": goals, "sets": sets, "missing": {system: why for result in sets.values() for system, why in result["missing"].items()}}
