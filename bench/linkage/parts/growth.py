"""How do time, memory and recall grow with the register? Havre alone, each size in a process of its own."""

from __future__ import annotations

import sys
from typing import Any

from bench.linkage.asked import Truth, told
from bench.linkage.contest import Player, interleaved
from bench.linkage.measures import pairs_told
from bench.linkage.parts.batch import MODULE, linked, warm
from bench.linkage.parts.query import numbers
from bench.linkage.setting import Goal, Setting, goal

ASKED = {True: (10_000, 50_000), False: (10_000, 100_000, 1_000_000)}
LINKED = {True: (10_000, 50_000), False: (10_000, 100_000, 1_000_000)}
QUESTIONS = {True: 200, False: 1000}
MOST_MS = 10.0


def _ask(setting: Setting, people: int) -> dict[str, Any]:
    questions = QUESTIONS[setting.quick]
    register = setting.asked(people, questions)
    with Player(f"havre among {people:,}", [sys.executable, "-m", f"{MODULE}.havre_ask", str(register.folder)]) as player:
        interleaved([(player, "name", questions), (player, "all", questions)], numbers(register, questions))
    truth = Truth(register)
    figures = {fields: told(player.answers[fields], truth) for fields in ("name", "all")}
    kept = ("p50_ms", "p95_ms", "recall_at_1", "recall_at_10")
    found = {f"{fields}_{key}": figures[fields][key] for fields in figures for key in kept}
    return found | {"build_s": round(player.ready["build_s"], 1), "peak_mb": player.peak_mb, "disk_mb": player.ready["disk_mb"]}


def _link(setting: Setting, rows: int) -> dict[str, Any]:
    register = setting.pair(rows)
    cost, found = linked("growth", [sys.executable, "-m", f"{MODULE}.havre_link"], register)
    figures = pairs_told(register.folder, found)
    true = len(register.columns("truth")["left_id"])
    return {"wall_s": round(cost["wall_s"], 1), "peak_mb": cost["peak_of_run_mb"], "compared": cost["compared"], "f1": figures["f1"],
            "recall_at_precision_99": figures["recall_at_precision_99"], "pair_completeness": round(cost["true_compared"] / true, 4)}  # fmt: skip


def asked_among(setting: Setting, sizes: tuple[int, ...]) -> dict[str, Any]:
    """Figures of questions at each size. A size that this machine's memory cannot hold is told as such."""
    asked: dict[str, Any] = {}
    for people in sizes:
        try:
            asked[str(people)] = _ask(setting, people)
        except RuntimeError as error:
            asked[str(people)] = {"error": str(error)}
    return asked


def run(setting: Setting) -> dict[str, Any]:
    """Ask and link at every size."""
    asked = asked_among(setting, ASKED[setting.quick])
    warm(setting)
    return {"goals": goals(asked), "asked": asked, "linked": {str(rows): _link(setting, rows) for rows in LINKED[setting.quick]}}


def goals(asked: dict[str, Any]) -> list[Goal]:
    """Those of the largest size asked among."""
    largest = max(asked, key=int)
    figures, size = asked[largest], f"{int(largest):,} persons"
    if "error" in figures:
        return [goal(f"linkage.growth_p95_{largest}", f"{size}: p95 at most {MOST_MS:g} ms", figures["error"], False)]
    slowest = max(figures["name_p95_ms"], figures["all_p95_ms"])
    return [
        goal(f"linkage.growth_p95_{largest}", f"{size}: p95 of a query in the library at most {MOST_MS:g} ms, name only and all fields", slowest, slowest <= MOST_MS),
        goal(f"linkage.growth_recall_{largest}", f"{size}: recall at 10 of all fields, told", figures["all_recall_at_10"], None),
        goal(f"linkage.growth_memory_{largest}", f"{size}: peak memory in MiB while building and asking, and size on disk, told",
             [figures["peak_mb"], figures["disk_mb"]], None),
    ]  # fmt: skip
