"""Is a name in another script found among all Latin spellings of its script? By `bench.linkage.scripts`."""

from __future__ import annotations

from typing import Any

from bench.linkage.scripts import recall
from bench.linkage.setting import Setting, goal
from havre.linkage import train
from havre.linkage.names.scripts import Script

LEAST = {Script.ARABIC: 0.96, Script.CYRILLIC: 0.97, Script.HEBREW: 0.95, Script.BURMESE: 0.80, Script.ETHIOPIC: 0.997}
TOKENS = {True: 150, False: 1000}


def run(setting: Setting) -> dict[str, Any]:
    """Recall at 1 and 10 on tokens that no table was trained on. A script without a table of its own is told as not met."""
    goals, found = [], {}
    for script, least in LEAST.items():
        words = f"{script} tokens not trained on: recall at 10 at least {least}"
        if script in train.SOURCES or script is Script.ETHIOPIC:
            figures = found[str(script)] = recall(script, setting.data, TOKENS[setting.quick])
            goals.append(goal(f"linkage.script_{script}", words, figures["recall_at_10"], figures["recall_at_10"] >= least))
        else:
            goals.append(goal(f"linkage.script_{script}", words, "no table is trained for it", False))
    return {"goals": goals, "scripts": found}
