"""How exact is a total that is told month after month? By the formula, and as it comes out of many runs."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from bench.linkage.setting import goal
from bench.statistics.setting import DELTA, EPSILON, Setting
from havre.disclosure import Budget
from havre.disclosure.running import RunningTotal

PERIODS, AIMED, MOST = (12, 36, 120), 36, 2.3
RUNS = {True: 1_000, False: 10_000}


def _seen(total: RunningTotal, runs: int) -> dict[str, float]:
    """The root mean square error of the worst month over the standard error that one count told alone would have; and the share of
    95 % bars that hold the truth."""
    counts = np.random.default_rng(1).integers(0, 200, total.periods)
    truth = np.cumsum(counts)
    off = np.array([total.totals(total.extend((), counts.tolist())) - truth for _ in range(runs)])
    alone = total.per_child / sqrt(2 * float(total.rho))
    return {"seen": round(float(np.sqrt((off**2).mean(0)).max()) / alone, 3), "covered": round(float((np.abs(off) <= 1.96 * total.se).mean()), 4)}


def run(setting: Setting) -> dict[str, Any]:
    """Totals over a year, three and ten."""
    budget = Budget.of(EPSILON, DELTA)
    figures = {}
    for periods in PERIODS:
        total = RunningTotal.of(periods, budget)
        told = {"formula": round(total.factor, 3), "recomputed": round(sqrt(periods), 1), "smallest_readable": total.smallest_readable}
        figures[str(periods)] = told | (_seen(total, RUNS[setting.quick]) if periods <= AIMED else {})
    worst = max(figures[str(AIMED)]["formula"], figures[str(AIMED)]["seen"])
    return {
        "goals": [goal("statistics.running", f"running total at {AIMED} months: at most {MOST} times the standard error of one count told alone", worst, worst <= MOST)],
        "periods": figures,
        "runs": RUNS[setting.quick],
    }
