"""`python -m bench.linkage.told [--quick]`: the latest result of every part as tables, written into bench/README.md at their place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from bench.linkage.suite import PARTS
from bench.tables import busy, met, missing, squeezed, table, value
from bench.web.told import README, place

Result = dict[str, Any]


def _query(result: Result) -> list[str]:
    systems, costs = result["systems"], result["costs"]
    havre = next(iter(systems))
    groups = list(systems[havre]["by_group"])
    rows = [[name, f["p50_ms"], f["p95_ms"], f["recall_at_1"], f["recall_at_10"], f["recall_at_10_of_havre"], f["questions"]] for name, f in systems.items()]
    error = result["calibration"]["by_group"]
    return [
        f"One question at a time among {result['people']:,} persons, the systems in turn, no question twice; a fifth of the children asked for are not there.",
        *table(["system, asked by", "p50 ms", "p95 ms", "recall@1", "recall@10", "Havre's recall@10 on the same questions", "questions"], rows),
        *table(["system", "ready after s", "peak MiB"], [[n, round(c.get("build_s", 0), 1), c["peak_mb"]] for n, c in costs.items()]),
        "Recall@10 by language group, and Havre's expected calibration error:",
        *table(["group", *systems, "calibration error"], [[g, *(f["by_group"].get(g, {}).get("at_10") for f in systems.values()), error[g]] for g in groups]),
        "Havre's recall@10, all fields, by the letters of question and register: "
        + "; ".join(f"{k} {v['at_10']}" for k, v in systems["havre all"]["by_letters"].items()) + ".",
        *missing(result),
    ]  # fmt: skip


def _batch(result: Result) -> list[str]:
    systems = result["systems"]
    ours = systems["havre"]
    ratios = {name: f"{ours['wall_s'] / f['wall_s']:.2f}" for name, f in systems.items()}
    rows = [[n, f["pair_completeness"], f["f1"], f["best_f1"], f.get("best_f1_each_once"), f["recall_at_precision_99"], ", ".join(map(str, f["walls_s"])), ratios[n], f["peak_mb"], f"{f['compared']:,}"]
            for n, f in systems.items()]  # fmt: skip
    return [
        f"Two registers of {result['rows']:,} rows, {result['true_pairs']:,} true pairs, brothers and sisters in both; the systems in turn. "
        "Havre is told that no child stands twice in a register; `each row once` is what the others' pairs are worth with that knowledge, the best first.",
        *table(["system", "pair completeness", "F1 at one half", "F1 at the best cut", "each row once", "recall at precision .99", "seconds", "Havre's seconds by its own", "peak MiB", "pairs"], rows),
        "F1 at the best cut by language group (Havre: at one half, and calibration error):",
        *table(["group", *systems, "Havre at one half", "calibration error"],
                [[g, *(f["by_group"][g]["best_f1"] for f in systems.values()), ours["by_group"][g]["f1"], ours["by_group"][g]["calibration_error"]] for g in ours["by_group"]]),
        "Share of true pairs found at one half, by letters: " + "; ".join(f"{k} {v}" for k, v in ours["recall_by_letters"].items()) + ".",
        f"Splink and recordlinkage read names in Latin letters and phonetic keys that Havre made before the clock started ({result['columns_for_peers_s']} s).",
        *missing(result),
    ]  # fmt: skip


def _growth(result: Result) -> list[str]:
    asked = [[f"{int(size):,}", *([f["error"]] if "error" in f else [f["build_s"], f["disk_mb"], f["peak_mb"], f["name_p95_ms"], f["all_p95_ms"], f["name_recall_at_10"], f["all_recall_at_10"]])]
             for size, f in result["asked"].items()]  # fmt: skip
    linked = [[f"{int(size):,}", f["wall_s"], f["peak_mb"], f"{f['compared']:,}", f["f1"], f["recall_at_precision_99"], f["pair_completeness"]] for size, f in result["linked"].items()]
    tables = table(["persons asked among", "index built in s", "on disk MiB", "peak MiB", "name only, p95 ms", "all fields, p95 ms", "name only, recall@10", "all fields, recall@10"], asked)
    return tables + (table(["rows of each register linked", "s", "peak MiB", "pairs", "F1", "recall at precision .99", "pair completeness"], linked) if linked else [])


def _ablation(result: Result) -> list[str]:
    rows = [[part if part == "everything" else f"without {part}", f["name_recall_at_10"], f["all_recall_at_1"], f["all_recall_at_10"],
             f"{f['all_recall_at_10_worst'][1]} ({f['all_recall_at_10_worst'][0]})", f["batch_f1"], f["batch_best_f1"], f["batch_recall_at_99"]]
            for part, f in result["without"].items()]  # fmt: skip
    return [f"Asked among {result['people']:,} persons; {result['rows']:,} rows linked with as many.",
            *table(["", "name only, recall@10", "all fields, recall@1", "all fields, recall@10", "worst group", "linking: F1 at one half", "at the best cut", "recall at .99"], rows)]  # fmt: skip


def _scripts(result: Result) -> list[str]:
    shown = ("recall_at_1", "recall_at_10", "similarity_at_1", "similarity_at_10", "full_at_1", "full_at_10", "tokens", "searched")
    head = ["letters", "recall@1", "recall@10", "by similarity alone @1", "@10", "full names @1", "@10", "tokens", "searched"]
    return table(head, [[script, *(figures.get(key) for key in shown)] for script, figures in result["scripts"].items()])


def _historical(result: Result) -> list[str]:
    rows = [[n, f["f1"], f["best_f1"], f["found_of_true"], f["wall_s"]] for n, f in result["systems"].items()]
    return [*table(["system", "F1 at one half", "F1 at the best cut", "true pairs found", "s"], rows), *missing(result)]


def _private(result: Result) -> list[str]:
    guesses = "; ".join(f"{k} {v}" for k, v in result.get("guessed_of_100000", {}).items())
    known = "; ".join(f"{k} {v}" for k, v in result.get("confirmed_in_one_question_knowing", {}).items())
    groups = "; ".join(f"{k} {v}" for k, v in result.get("by_group", {}).items())
    return [f"Among {result.get('children', 0):,} children, {result.get('bits')} bits a key. Children found, by language group: {groups}.", "",
            f"Confirmed of 100,000 by asking for the most usual keys: {guesses}. In one question, knowing: {known}.", *missing(result)]  # fmt: skip


def _cluster(result: Result) -> list[str]:
    costs = "; ".join(f"{k} {v}" for k, v in result["costs"].items())
    rows = [[name, n["core_hours"], n["terabytes"], n["hours_on_400_cores"]] for name, n in result["fifty_million"].items()]
    return [f"Costs, in seconds of one core, keys, pairs and bytes: {costs}. Two registers of 50 million rows:", "",
            *table(["pairs", "core hours", "terabytes shuffled", "hours on 400 cores"], rows)]  # fmt: skip


TITLES: dict[str, tuple[str, Callable[[Result], list[str]] | None]] = {
    "names": ("Names", None),
    "scripts": ("Tokens across scripts", _scripts),
    "febrl": ("Febrl 4", None),
    "historical": ("Historical figures", _historical),
    "query": ("Query", _query),
    "batch": ("Linking two registers", _batch),
    "growth": ("Growth", _growth),
    "ten_million": ("Ten million persons", _growth),
    "ablation": ("Without a part", _ablation),
    "private": ("Private questions between two instances", _private),
    "cluster": ("A cluster of machines", _cluster),
}


def words(results: dict[str, Result]) -> str:
    """Goals of every part that was run, then its tables."""
    goals = [[g["goal"], value(g["value"]), met(g)] for result in results.values() for g in result["goals"]]
    lines = ["#### Goals", *table(["goal", "measured", "met"], goals)]
    for part, result in results.items():
        title, tables = TITLES[part]
        measured = tables(result) if tables and result["goals"] else missing(result)
        lines += [f"#### {title}", "", busy(result), "", *measured, ""]
    if absent := [part for part in PARTS.every if part not in results]:
        lines.append(f"Parts not run: {', '.join(absent)}.")
    return squeezed(lines)


def main(quick: bool) -> None:
    """Write what was measured."""
    results = PARTS.latest(quick)
    README.write_text(place(README.read_text("utf-8"), f"linkage {'quick' if quick else 'full'}", words(results)), "utf-8")


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
