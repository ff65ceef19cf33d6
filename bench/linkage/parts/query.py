"""One question against a register: Havre, PostgreSQL's trigrams, tantivy and Splink take turns on the same questions."""

from __future__ import annotations

import random
import sys
from contextlib import ExitStack
from typing import Any

from bench.linkage.asked import Truth, calibration, recall_at_10, told
from bench.linkage.contest import WARM_UP, Player, interleaved
from bench.linkage.families import Register
from bench.linkage.peers import cluster, home
from bench.linkage.setting import Goal, Setting, goal, prepared, say

SIZES = {True: (100_000, 600), False: (1_000_000, 2000)}  # persons, questions
ASKED = {True: {"name": 220, "latin": 220, "splink": 20}, False: {"name": 300, "latin": 300, "splink": 40}}  # of slow systems
MODULE = "bench.linkage.peers"


def _players(register: Register) -> tuple[dict[str, Player], dict[str, str]]:
    """Every system that is here, and why the others are not."""
    folder, missing = str(register.folder), {}
    players = {"havre": Player("havre", [sys.executable, "-m", f"{MODULE}.havre_ask", folder])}
    server, why = cluster.binaries()
    if server:
        players["pg_trgm"] = Player("pg_trgm", [sys.executable, "-m", f"{MODULE}.trigrams_ask", folder])
    else:
        missing["pg_trgm"] = why
    python, why = home.python()
    for name in ("tantivy", "splink"):
        if python:
            players[name] = Player(name, [python, "-m", f"{MODULE}.{name}_ask", folder])
        else:
            missing[name] = why
    return players, missing


def numbers(register: Register, questions: int) -> list[int]:
    """Question numbers in a shuffled order, those of warming up first."""
    order = list(range(len(register.columns("right_about")["id"])))
    random.Random(4).shuffle(order)
    return order[: questions + WARM_UP]


def run(setting: Setting) -> dict[str, Any]:
    """Ask in turn; tell times, recall, memory and calibration."""
    people, questions = SIZES[setting.quick]
    register = setting.asked(people, questions + WARM_UP)
    say(f"columns for the peers: {prepared(register)} s")
    players, missing = _players(register)
    slow = ASKED[setting.quick]
    with ExitStack() as stack:
        ready = {}
        for name, player in players.items():
            try:
                ready[name] = stack.enter_context(player)
            except RuntimeError as error:
                missing[name] = str(error)
        turns = [(ready[name], fields, most) for name, fields, most in (
            ("havre", "name", questions), ("pg_trgm", "name", slow["name"]), ("havre", "all", questions), ("pg_trgm", "latin", slow["latin"]),
            ("tantivy", "latin", questions), ("splink", "all", slow["splink"])) if name in ready]  # fmt: skip
        say(f"{questions} questions, in turn: {', '.join(f'{p.name} {fields}' for p, fields, _ in turns)}")
        interleaved(turns, numbers(register, questions))
    truth = Truth(register)
    systems = {f"{p.name} {fields}": told(p.answers[fields], truth) for p, fields, _ in turns}
    ours = ready["havre"].answers
    for player, fields, _ in turns:
        peer, like = player.answers[fields], ours["all" if fields == "all" else "name"]
        systems[f"{player.name} {fields}"]["recall_at_10_of_havre"] = round(recall_at_10(like, truth, peer.found), 4)
    chances = calibration(ours["all"], truth)
    costs = {name: {"peak_mb": p.peak_mb, **{k: v for k, v in p.ready.items() if k != "peak_mb"}} for name, p in ready.items()}
    return {"goals": _goals(systems, chances, people), "people": people, "systems": systems, "costs": costs, "calibration": chances, "missing": missing}


def as_share(times: float) -> str:
    """`times` as quick, as the share of the other's time."""
    return f"1/{times:.0f}" if times >= 2 else f"{1 / max(times, 1e-6):.2f}"


def worst(figures: dict[str, Any]) -> tuple[str, float]:
    """The language group with the lowest recall at 10."""
    by_group = figures["by_group"]
    group = min(by_group, key=lambda g: by_group[g]["at_10"])
    return group, float(by_group[group]["at_10"])


def _goals(systems: dict[str, Any], chances: dict[str, Any], people: int) -> list[Goal]:
    size, name, every = f"{people:,} persons", systems["havre name"], systems["havre all"]
    goals = []
    for fields, words in (("name", "names as written"), ("latin", "names in Latin letters, by Havre's romaniser")):
        if peer := systems.get(f"pg_trgm {fields}"):
            ratio, missed = peer["p95_ms"] / max(name["p95_ms"], 1e-6), (1 - peer["recall_at_10_of_havre"]) / max(1 - peer["recall_at_10"], 1e-6)
            goals += [
                goal(f"linkage.query_name_speed_{fields}", f"name only, {size}: p95 at most 1/200 of pg_trgm's GIN at 0.3 ({words})", as_share(ratio), ratio >= 200),
                goal(f"linkage.query_name_misses_{fields}", f"name only, {size}: misses at 10 at most 1/3 of pg_trgm's ({words})", round(missed, 3), missed <= 1 / 3),
            ]
    if peer := systems.get("splink all"):
        ratio = peer["p95_ms"] / max(every["p95_ms"], 1e-6)
        goals.append(goal("linkage.query_all_speed", f"all fields, {size}: p95 at most 1/1000 of Splink's predict_between", as_share(ratio), ratio >= 1000))
    group, recall = worst(every)
    name_group, name_recall = worst(name)
    error_group = max(chances["by_group"], key=lambda g: chances["by_group"][g])
    letters = min(every["by_letters"], key=lambda key: every["by_letters"][key]["at_10"])
    return [
        *goals,
        goal("linkage.query_all_recall_worst", f"all fields, {size}: recall at 10 at least .985 in the worst language group", f"{recall} ({group})", recall >= 0.985),
        goal("linkage.query_all_recall", f"all fields, {size}: recall at 10 over all groups at least .985", every["recall_at_10"], every["recall_at_10"] >= 0.985),
        goal("linkage.query_name_recall_worst", f"name only, {size}: recall at 10 in the worst language group, told", f"{name_recall} ({name_group})", None),
        goal("linkage.query_letters_worst", f"all fields, {size}: recall at 10 in the worst pair of letters, told", f"{every['by_letters'][letters]['at_10']} ({letters})", None),
        goal("linkage.query_p95_ms", f"{size}: p95 in ms, name only and all fields, told", [name["p95_ms"], every["p95_ms"]], None),
        goal("linkage.calibration", "expected calibration error at most .02 in the worst language group, of the ten best of each question",
             f"{chances['by_group'][error_group]} ({error_group})", chances["by_group"][error_group] <= 0.02),
        goal("linkage.calibration_family", "the same for `same family`, over all groups, at most .02", chances["family"], chances["family"] <= 0.02),
    ]  # fmt: skip
