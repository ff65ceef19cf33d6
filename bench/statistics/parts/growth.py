"""How large must a group be for its tables to say something? Cases at several sizes, and plans from ten tables to all 575."""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.linkage.setting import goal
from bench.statistics import errors
from bench.statistics.havre import domain, every_table, named, named_tables
from bench.statistics.parts.release import asked
from bench.statistics.peers.folder import read_answer
from bench.statistics.setting import DELTA, EPSILON, Question, Setting

SIZES = {True: (1_000,), False: (1_000, 14_000, 50_000)}


def _suppressed(question: Question, way: int) -> float:
    """The share of cells that hold somebody and are not told by pac-synth."""
    value, exact = errors.told_cells(question.rows, errors.of_tables(question.rows, read_answer(question.answer("pac-synth")).tables), way)
    return errors.shown_cells(value > 0, exact).suppressed


def _plans(question: Question) -> dict[str, Any]:
    """What plans promise before any data: the standard error of the worst cell and the smallest count that can be read."""
    book = domain(question.rows.attributes)
    chosen = named(book.names)
    plans = {"10 tables of 1 and 2": named_tables(book, [t for t in chosen if len(t) < 3][3:13], EPSILON, DELTA), "20 tables": named_tables(book, chosen, EPSILON, DELTA),
             "all 575": every_table(book, EPSILON, DELTA)}  # fmt: skip
    found = {}
    for name, planned in plans.items():
        expected = planned.expectations()
        found[name] = {"average_se": round(float(np.sqrt(np.mean([e.average**2 for e in expected]))), 1), "worst_se": round(max(e.worst for e in expected), 1),
                       "smallest_readable": max(e.smallest_readable for e in expected)}  # fmt: skip
    return found


def run(setting: Setting) -> dict[str, Any]:
    """Havre and pac-synth at every size."""
    sizes: dict[str, Any] = {}
    for rows in SIZES[setting.quick]:
        question = setting.question("cases", rows)
        result = asked(question, ("havre", "pac-synth"), 1, further=("--no-rows",))
        if "pac-synth" in result["systems"]:
            result["systems"]["pac-synth"]["suppressed_2"] = _suppressed(question, 2)
        sizes[str(rows)] = result
    plans = _plans(setting.question("cases", SIZES[setting.quick][0]))
    goals = [goal(f"statistics.growth_{rows}", f"{int(rows):,} cases, all 575 tables: 2-way error of Havre's tables, told", found["systems"]["havre"]["tables"][2], None)
             for rows, found in sizes.items() if "havre" in found["systems"]]  # fmt: skip
    goals.append(goal("statistics.readable", "20 tables planned: the smallest count whose bar is within 30 %, told", plans["20 tables"]["smallest_readable"], None))
    return {"goals": goals, "sizes": sizes, "plans": plans}
