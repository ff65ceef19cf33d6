"""What does each system tell of the same rows at the same epsilon and delta: how exact are its tables and its rows, at what cost, and how
many of the cells that it shows hold nobody?"""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.linkage.setting import Goal, goal
from bench.statistics import errors
from bench.statistics.contest import Told, release
from bench.statistics.peers.folder import Answer, read_answer
from bench.statistics.setting import SETS, Question, Setting

MST_ON = {True: ("sparse",), False: tuple(SETS)}  # a minute or two each on a quiet machine
ROWS_OF: dict[bool, dict[str, int]] = {True: {"cases": 14_000, "census": 14_000}, False: {}}  # instead of the set's own number
SMALL = "pac-synth, its best for small tables"
TABLES = {2: {"sparse": 2.5, "cases": 2.5, "census": 2.5}, 3: {"sparse": 2.0, "cases": 3.0, "census": 3.0}}
ROWS = {"sparse": 3.5, "cases": 6.0, "census": 6.0}
FALSE = 5.0


def _figures(question: Question, answer: Answer) -> dict[str, Any]:
    """Errors of one system's tables and rows. A system that tells no tables is asked for those of its rows."""
    found: dict[str, Any] = {}
    if answer.rows is not None:
        found["rows"] = errors.by_way(question.rows, errors.of_rows(question.rows, answer.rows))
        found["empty"] = round(float((answer.rows < 0).mean()), 4)
    found["tables"] = errors.by_way(question.rows, errors.of_tables(question.rows, answer.tables)) if answer.tables else found["rows"]
    return found


def _shown(question: Question, answers: dict[str, Answer]) -> dict[str, Any]:
    """Cells of three attributes that hold nobody: as pac-synth shows its cells; as Havre shows as many, those of the highest estimates;
    as Havre's own rule shows them. No truth is used to choose, but where it is said: there the cut is where as much is suppressed."""
    value, exact = errors.told_cells(question.rows, errors.of_tables(question.rows, answers["havre"].tables))
    own, _ = errors.told_cells(question.rows, lambda columns: answers["havre"].shown[columns].astype(float))
    found = {"own rule": errors.shown_cells(own > 0, exact)}
    order = np.argsort(-value, kind="stable")
    for name, answer in answers.items():
        if name.startswith("pac"):
            theirs, _ = errors.told_cells(question.rows, errors.of_tables(question.rows, answer.tables))
            found[name] = errors.shown_cells(theirs > 0, exact)
            chosen = np.zeros(len(exact), bool)
            chosen[order[: found[name].shown]] = True
            found[f"as many as {name}"] = errors.shown_cells(chosen, exact)
            enough = np.searchsorted(np.cumsum(exact[order] > 0), (1 - found[name].suppressed) * (exact > 0).sum())
            chosen = np.zeros(len(exact), bool)
            chosen[order[: enough + 1]] = True
            found[f"as little suppressed as by {name} (truth used)"] = errors.shown_cells(chosen, exact)
    return {name: {"shown": f.shown, "false": f.false, "suppressed": f.suppressed} for name, f in found.items()}


def asked(question: Question, systems: tuple[str, ...], rounds: int, further: tuple[str, ...] = ()) -> dict[str, Any]:
    """One set, every system: figures and costs."""
    told: Told = release(question, systems, rounds, further)
    answers = {system: read_answer(question.answer(system)) for system in told.costs}
    steps = ("plan_s", "measure_s", "estimate_s", "fit_s", "rows_s", "fit_extra_mb", "rows_extra_mb", "peak_mb")
    figures = {system: _figures(question, answer) | {step: told.best(system, step) for step in steps if step in told.costs[system][0]}
               for system, answer in answers.items()}  # fmt: skip
    out: dict[str, Any] = {"rows": len(question.rows.codes), "attributes": len(question.rows.sizes), "systems": figures, "missing": told.missing}
    return out | ({"cells": _shown(question, answers)} if "havre" in answers else {})


def _ratio(theirs: float, ours: float) -> float:
    return round(theirs / max(ours, 1e-9), 2)


def _goals(sets: dict[str, Any]) -> list[Goal]:
    goals = []
    for name, result in sets.items():
        systems = result["systems"]
        if "havre" not in systems or "pac-synth" not in systems:
            continue
        ours, pac = systems["havre"], systems["pac-synth"]
        for way, wanted in TABLES.items():
            got = _ratio(pac["tables"][way], ours["tables"][way])
            goals.append(goal(f"statistics.tables_{way}_{name}", f"{name}: error of {way}-way tables at least {wanted[name]:g} times lower than pac-synth's", got, got >= wanted[name]))
        got = _ratio(pac["rows"][2], ours["rows"][2])
        goals.append(goal(f"statistics.rows_{name}", f"{name}: 2-way error of rows at least {ROWS[name]:g} times lower than pac-synth's", got, got >= ROWS[name]))
        cells = result["cells"]
        mine, theirs = cells["as many as pac-synth"], cells["pac-synth"]
        got = _ratio(theirs["false"], max(1, mine["false"]))
        goals.append(goal(f"statistics.false_{name}", f"{name}: at least {FALSE:g} times fewer false 3-way cells than pac-synth, as many shown, chosen without the truth",
                          got, mine["false"] * FALSE <= theirs["false"] and mine["suppressed"] <= theirs["suppressed"]))  # fmt: skip
        if mst := systems.get("MST"):
            goals.append(goal(f"statistics.mst_{name}", f"{name}: 2-way error of rows against MST's (sampler repaired), times lower, told", _ratio(mst["rows"][2], ours["rows"][2]), None))
    return goals


def run(setting: Setting) -> dict[str, Any]:
    """Every set."""
    sets = {}
    for name in SETS:
        systems = ("havre", "pac-synth") + (() if setting.quick else (SMALL,)) + (("MST",) if name in MST_ON[setting.quick] else ())
        sets[name] = asked(setting.question(name, ROWS_OF[setting.quick].get(name)), systems, 1)
    return {"goals": _goals(sets), "sets": sets, "missing": {system: why for result in sets.values() for system, why in result["missing"].items()}}
