"""Which goals of linkage are met on this machine? Assembles the parts into one result."""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

from bench.linkage import tracing
from bench.linkage.register import World
from bench.linkage.scripts import recall
from bench.linkage.sources import data_folder, febrl_truth
from havre.linkage import link
from havre.linkage.batch import link_tables
from havre.linkage.files import Table, read_table
from havre.linkage.names.scripts import Script
from havre.linkage.names.similarity import STRONG, name_similarity
from havre.linkage.truth import agreement

SAME = (("محمد", "Mohammed"), ("ሀይሌ", "Haile"), ("Олена", "Olena"), ("Abdul Rahman", "Abdulrahman"), ("فاطمه", "فاطمة"))
APART = (("Abebe", "Abeba"), ("Jean", "John"))
RECALL_GOALS = {Script.ARABIC: 0.96, Script.CYRILLIC: 0.97, Script.BURMESE: 0.80, Script.ETHIOPIC: 0.99}

Goal = dict[str, Any]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _goal(identifier: str, goal: str, value: object, met: bool | None) -> Goal:
    _say(f"{'       ' if met is None else 'met    ' if met else 'not met'}  {identifier}: {value}  (goal: {goal})")
    return {"id": identifier, "goal": goal, "value": value, "met": met}


def _febrl(data: Path) -> list[Goal]:
    left, right = data / "linkage" / "febrl4a.csv", data / "linkage" / "febrl4b.csv"
    without = {"soc_sec_id": "ignore"}
    truth = febrl_truth(read_table(left).column("rec_id"), read_table(right).column("rec_id"))
    start = time.perf_counter()
    links = link(left, right, map_left=without, map_right=without, one_to_one=True)
    seconds = time.perf_counter() - start
    result = agreement([(p.left_id, p.right_id) for p in links.matches()], truth)
    return [
        _goal("febrl4_f1", "F1 >= 0.99 without the social-security column, no labels", round(result.f1, 4), result.f1 >= 0.99),
        _goal("febrl4_f1_no_regression", "F1 >= 0.9968", round(result.f1, 4), result.f1 >= 0.9968),
        _goal("febrl4_seconds", "told, no target", round(seconds, 1), None),
    ]


def _names() -> list[Goal]:
    same = {f"{a} / {b}": round(name_similarity(a, b), 3) for a, b in SAME}
    apart = {f"{a} / {b}": round(name_similarity(a, b), 3) for a, b in APART}
    return [
        _goal("names_found", f"each similarity >= {STRONG}", same, all(v >= STRONG for v in same.values())),
        _goal("names_told_apart", "each similarity < 0.8 of the same name's 1.0", apart, all(v < 0.8 for v in apart.values())),
    ]


def _scripts(data: Path, quick: bool) -> list[Goal]:
    goals = []
    for script, least in RECALL_GOALS.items():
        found = recall(script, data, 150 if quick else 1000)
        goals.append(_goal(f"recall_{script}", f"recall at 10 >= {least} on tokens not trained on", found, found["recall_at_10"] >= least))
    return goals


def _tracing(world: World, quick: bool) -> list[Goal]:
    found = tracing.run(world, 300 if quick else 2000)
    recalls: dict[str, float] = found["recall_at_10"]  # type: ignore[assignment]
    errors: dict[str, float] = found["calibration_error"]  # type: ignore[assignment]
    touched, size = int(str(found["touched_p95"])), len(world.persons)
    worst = min(recalls, key=lambda c: recalls[c])
    wrong = max(errors, key=lambda c: errors[c])
    return [
        _goal("tracing_recall_at_10", "worst language group >= 0.985", {"worst": worst, **recalls}, recalls[worst] >= 0.985),
        _goal("tracing_recall_at_1", "told, no target", found["recall_at_1"], None),
        _goal("tracing_calibration", "expected calibration error <= 0.02 in every group", errors, errors[wrong] <= 0.02),
        _goal("tracing_family_calibration", "<= 0.02", found["family_calibration_error"], float(str(found["family_calibration_error"])) <= 0.02),
        _goal("tracing_touched", f"p95 of records touched of {size:,}: told, no target", touched, None),
        _goal("tracing_query_ms", "p95 in memory, cold names: told, no target", found["query_ms_p95"], None),
    ]  # fmt: skip


def _table(people: list[Any]) -> Table:
    """Descriptions as the columns of a file."""
    rows = [
        {
            "id": p.id,
            "full_name": p.names[0].value,
            "mother": next((n.value for n in p.names if n.kind == "mother"), None),
            "sex": p.sex,
            "age_min": str(p.age_min),
            "age_max": str(p.age_max),
            "recorded_on": p.recorded_on,
            "origin": " > ".join(p.origin),
            "siblings": "; ".join(f"{s.names[0]} ({s.age:g})" for s in p.siblings) or None,
        }
        for p in people
    ]
    return Table({name: [row[name] for row in rows] for name in rows[0]}, len(rows))


def _batch(world: World, quick: bool) -> list[Goal]:
    size = min(len(world.persons), 6_000 if quick else 20_000)
    sought = [world.describe(i, world.rng, registered=False) for i in range(0, size, 2)]
    left, right = _table(world.persons[:size]), _table(sought)
    start = time.perf_counter()
    links = link_tables(left, right, one_to_one=True)
    seconds = time.perf_counter() - start
    result = agreement([(p.left_id, p.right_id) for p in links.matches()], [(str(i), str(i)) for i in range(0, size, 2)])
    speed = {
        "rows": [left.rows, right.rows],
        "pairs": links.compared,
        "seconds": round(seconds, 1),
        "pairs_per_second": round(links.compared / seconds),
    }
    return [
        _goal("batch_f1_with_siblings", "told, no target: invented register, brothers and sisters, two scripts", round(result.f1, 4), None),
        _goal("batch_precision", "told, no target", round(result.precision, 4), None),
        _goal("batch_speed", "told, no target", speed, None),
    ]  # fmt: skip


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"cores": len(os.sched_getaffinity(0)), "memory_gib": round(memory), "python": platform.python_version()}


def run(quick: bool) -> dict[str, Any]:
    """Measure every goal; `quick` takes a few minutes on two cores."""
    data = data_folder()
    goals = _names() + _febrl(data) + _scripts(data, quick)
    world = World(data, 20_000 if quick else 100_000)
    goals += _tracing(world, quick) + _batch(world, quick)
    return {"bench": "linkage", "goals": goals, "machine": machine()}
