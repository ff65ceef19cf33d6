"""What does each part of the matcher add? The same questions and the same linking with one part switched off at a time."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import Any

from bench.linkage.asked import Truth, told
from bench.linkage.contest import Player, interleaved
from bench.linkage.measures import pairs_told
from bench.linkage.parts.batch import MODULE, linked, warm
from bench.linkage.parts.query import numbers, worst
from bench.linkage.setting import Setting, goal
from bench.linkage.without import PARTS

SIZES = {True: (20_000, 300, 15_000), False: (100_000, 1500, 100_000)}  # persons asked among, questions, rows linked


def run(setting: Setting) -> dict[str, Any]:
    """Ask and link with everything, then without each part."""
    people, questions, rows = SIZES[setting.quick]
    asked, pair = setting.asked(people, questions), setting.pair(rows)
    truth = Truth(asked)
    table: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:
        players = {part: stack.enter_context(Player(part or "everything", [sys.executable, "-m", f"{MODULE}.havre_ask", str(asked.folder), part])) for part in ("", *PARTS)}
        turns = [(player, fields, questions) for player in players.values() for fields in ("name", "all")]
        interleaved(turns, numbers(asked, questions))
    warm(setting)
    for part, player in players.items():
        figures = {fields: told(player.answers[fields], truth) for fields in ("name", "all")}
        cost, found = linked(f"without {part}", [sys.executable, "-m", f"{MODULE}.havre_link"], pair, [part])
        batch = pairs_told(pair.folder, found)
        table[part or "everything"] = {
            "name_recall_at_10": figures["name"]["recall_at_10"], "all_recall_at_1": figures["all"]["recall_at_1"],
            "all_recall_at_10": figures["all"]["recall_at_10"], "all_recall_at_10_worst": worst(figures["all"]),
            "batch_f1": batch["f1"], "batch_best_f1": batch["best_f1"], "batch_recall_at_99": batch["recall_at_precision_99"], "batch_wall_s": round(cost["wall_s"], 1),
        }  # fmt: skip
    value = {part: figures["batch_best_f1"] for part, figures in table.items()}
    return {"goals": [goal("linkage.ablation", "best F1 of linking with everything and without each part, told", value, None)], "people": people, "rows": rows, "without": table}
