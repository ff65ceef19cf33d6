"""What does an outsider learn of a child in the data that could not be learnt of one who is not? Havre's attack suite on rows and tables.

Members and non-members are as many and of one population. A raw copy shows that the attacks are attacks, unrelated rows of the same
population that they fake no risk. With four attacks side by side each interval holds with 1 − .05 / 4.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
from scipy.stats import norm

from bench.linkage.setting import Goal, goal, say
from bench.statistics import errors
from bench.statistics.contest import release
from bench.statistics.peers.folder import read_answer
from bench.statistics.setting import DELTA, EPSILON, Setting
from havre.disclosure import Budget
from havre.disclosure.audit.attacks import Comparison, by_rows, by_tables, inferred, joined, singled_out

CHILDREN = {True: 5_000, False: 10_000}
SECRET, PARTS = 10, (tuple(range(8)), tuple(range(8, 15)))  # violence; what two people know
NEGATIVE = 0.02
Codes = np.ndarray[Any, np.dtype[np.int64]]


def _told(found: Comparison, attacks: int) -> dict[str, Any]:
    low, high = found.interval(1 - 0.05 / attacks)
    return {"members": found.members, "non_members": found.non_members, "of": found.each, "difference": round(found.difference, 4), "interval": [round(low, 4), round(high, 4)]}


def _whole(rows: np.ndarray[Any, np.dtype[np.int16]]) -> Codes:
    """Rows in which nothing was left empty; where there is none, all rows, the empty values as the first code."""
    full = (rows >= 0).all(1)
    return (rows[full] if full.any() else rows.clip(0)).astype(np.int64)


def attacks(members: Codes, others: Codes) -> dict[str, Callable[[Codes], Comparison]]:
    """By name; each takes released rows."""
    return {
        "membership": lambda rows: by_rows(members, others, rows),
        "singling out": lambda rows: singled_out(members, others, rows, attempts=len(members), attributes=5),
        "linkage": lambda rows: joined(members, others, rows, *PARTS),
        "attribute inference": lambda rows: inferred(members, others, rows, SECRET),
    }


def run(setting: Setting) -> dict[str, Any]:
    """Every attack on Havre's rows, pac-synth's, a raw copy and unrelated rows; and membership from tables."""
    size = CHILDREN[setting.quick]
    question = setting.question("cases", size)
    told = release(question, ("havre", "pac-synth"), 1)
    members, others, reference, unrelated = (setting.question("cases", size, seed).rows.codes.astype(np.int64) for seed in (1, 2, 3, 4))
    answers = {system: read_answer(question.answer(system)) for system in told.costs}
    rows = {"raw copy": members, "unrelated": unrelated, **{system: _whole(a.rows) for system, a in answers.items() if a.rows is not None}}
    suite = attacks(members, others)
    figures: dict[str, dict[str, Any]] = {}
    for name, attack in suite.items():
        for source, released in rows.items():
            try:
                figures.setdefault(source, {})[name] = _told(attack(released), len(suite))
            except ValueError as error:  # nothing released stands alone: there is nothing to try
                say(f"{name} on {source}: {error}")
        say(f"{name}: " + ", ".join(f"{source} {found[name]['difference']:+.3f}" for source, found in figures.items() if name in found))
    pairs = list(errors.tables(question.rows, 2))
    by_system = {system: _told(by_tables(members, others, {c: answer.tables[c] for c in pairs if c in answer.tables}, reference), 1) for system, answer in answers.items()}
    by_system["exact tables"] = _told(by_tables(members, others, {c: question.rows.counts(c).astype(float) for c in pairs}, reference), 1)
    promised = round(2 * float(norm.cdf(sqrt(2 * float(Budget.of(EPSILON, DELTA).rho)) / 2)) - 1, 4)
    return {"goals": _goals(figures, by_system, promised), "children": size, "rows": figures, "tables": by_system, "promised": promised, "missing": told.missing}


def _goals(figures: dict[str, dict[str, Any]], by_system: dict[str, Any], promised: float) -> list[Goal]:
    goals = []
    if ours := figures.get("havre"):
        wrong = [name for name, found in ours.items() if not found["interval"][0] <= 0 <= found["interval"][1]]
        goals.append(goal("statistics.attacks", "success on members less that on non-members includes 0 for every attack on rows: those where it does not", wrong, not wrong))
        membership = by_system["havre"]["difference"]
        goals.append(goal("statistics.membership", f"membership from all 2-way tables: difference at most the {promised} that epsilon {EPSILON} allows anyone", membership, by_system["havre"]["interval"][0] <= promised))
    control = max(abs(found["difference"]) for found in figures["unrelated"].values())
    goals.append(goal("statistics.negative_control", f"unrelated rows: every difference within ± {NEGATIVE}", control, control <= NEGATIVE))
    least = min(found["interval"][0] for found in figures["raw copy"].values())
    goals.append(goal("statistics.positive_control", "a raw copy: every attack succeeds (least end of the intervals above 0)", least, least > 0))
    return goals
