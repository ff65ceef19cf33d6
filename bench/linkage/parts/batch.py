"""Two registers linked by every system, in turn: A B A B."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.linkage import contest
from bench.linkage.families import Register
from bench.linkage.measures import pairs_told
from bench.linkage.peers import home
from bench.linkage.setting import Goal, Setting, goal, prepared, say

SIZES = {True: 100_000, False: 1_000_000}  # rows of each register
WARM_ROWS = 2_000
ROUNDS = 1  # a round of the full size takes a quarter of an hour
RECORDLINKAGE_MOST = 250_000  # rows above which it is not asked: it holds every pair in memory
MODULE = "bench.linkage.peers"


def linkers(rows: int) -> tuple[dict[str, Sequence[str]], dict[str, str]]:
    """Command of each system that is here, and why the others are not."""
    commands: dict[str, Sequence[str]] = {"havre": [sys.executable, "-m", f"{MODULE}.havre_link"]}
    missing: dict[str, str] = {}
    python, why = home.python()
    for name, module, arguments in (("splink strong", "splink_link", ["strong"]), ("splink default", "splink_link", ["default"]), ("recordlinkage", "recordlinkage_link", [])):
        if not python:
            missing[name] = why
        elif name == "recordlinkage" and rows > RECORDLINKAGE_MOST:
            missing[name] = f"not asked above {RECORDLINKAGE_MOST:,} rows, where its pairs outgrow memory"
        else:
            commands[name] = [python, "-m", f"{MODULE}.{module}", *arguments]
    return commands, missing


def linked(name: str, command: Sequence[str], register: Register, further: Sequence[str] = ()) -> tuple[dict[str, Any], Path]:
    """One linking in a process of its own: what it cost, and the file of its pairs."""
    out = register.folder / f"found-{name.replace(' ', '-')}.parquet"
    head, tail = list(command[:3]), list(command[3:])
    return contest.run([*head, str(register.folder), str(out), *tail, *further]), out


def warm(setting: Setting) -> None:
    """Link a little, so that what is compiled once a machine is compiled."""
    linked("warm", [sys.executable, "-m", f"{MODULE}.havre_link"], setting.pair(WARM_ROWS))


def run(setting: Setting) -> dict[str, Any]:
    """Link in turn; tell quality, seconds and memory."""
    rows = SIZES[setting.quick]
    register = setting.pair(rows)
    preparing = prepared(register)
    warm(setting)
    commands, missing = linkers(rows)
    costs: dict[str, list[dict[str, Any]]] = {}
    files: dict[str, Path] = {}
    for turn in range(ROUNDS):
        for name, command in list(commands.items()):
            try:
                cost, files[name] = linked(name, command, register)
            except RuntimeError as error:
                missing[name] = str(error)
                del commands[name]
                continue
            say(f"round {turn + 1}: {name} {cost['wall_s']:.1f} s")
            costs.setdefault(name, []).append(cost)
    true = len(register.columns("truth")["left_id"])
    systems = {}
    for name, path in files.items():
        if name in commands:
            best = min(costs[name], key=lambda cost: cost["wall_s"])
            systems[name] = pairs_told(register.folder, path) | {
                "wall_s": round(best["wall_s"], 1),
                "walls_s": [round(cost["wall_s"], 1) for cost in costs[name]],
                "peak_mb": best.get("peak_of_run_mb", best["peak_mb"]),
                "compared": best["compared"],
                "pair_completeness": round(best["true_compared"] / true, 4),
            }
    return {"goals": _goals(systems, rows, preparing), "rows": rows, "true_pairs": true, "systems": systems, "missing": missing, "columns_for_peers_s": preparing}


def _goals(systems: dict[str, Any], rows: int, preparing: float) -> list[Goal]:
    ours, size = systems["havre"], f"{rows:,} × {rows:,}"
    groups = ours["by_group"]
    worst = min(groups, key=lambda g: groups[g]["f1"])
    off = max(groups, key=lambda g: groups[g]["calibration_error"])
    goals = []
    if peer := systems.get("splink strong"):
        errors, walls = (1 - ours["f1"]) / (1 - peer["best_f1_each_once"]), ours["wall_s"] / peer["wall_s"]
        goals = [
            goal("linkage.batch_errors", f"{size}: 1 − F1 at most 1/5 of strong Splink's (ours at one half, Splink's at its best cut, each row once)", f"{errors:.3f}", errors <= 0.2),
            goal("linkage.batch_wall", f"{size}: seconds at most 1/5 of strong Splink's", f"{walls:.3f}", walls <= 0.2),
            goal("linkage.batch_wall_whole", f"{size}: the same, with the seconds in which Havre makes the columns that strong Splink reads, told",
                 f"{ours['wall_s'] / (peer['wall_s'] + preparing):.3f}", None),
        ]  # fmt: skip
    return [
        *goals,
        goal("linkage.batch_f1_worst", f"{size}: F1 in the worst language group, told", f"{groups[worst]['f1']} ({worst})", None),
        goal("linkage.batch_recall_at_99", f"{size}: recall at precision .99 at least .85", ours["recall_at_precision_99"], ours["recall_at_precision_99"] >= 0.85),
        goal("linkage.batch_completeness", f"{size}: pair completeness at least .98", ours["pair_completeness"], ours["pair_completeness"] >= 0.98),
        goal("linkage.batch_calibration", f"{size}: expected calibration error at most .02 in the worst language group",
             f"{groups[off]['calibration_error']} ({off})", groups[off]["calibration_error"] <= 0.02),
    ]  # fmt: skip
