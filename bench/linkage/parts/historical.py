"""Half of the historical figures with errors, one file with itself, without labels, by the columns of Splink's documented model."""

from __future__ import annotations

import time
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from bench.linkage import contest
from bench.linkage.measures import scored
from bench.linkage.peers import home
from bench.linkage.setting import Setting, goal, say
from havre.linkage import dedupe
from havre.linkage.truth import agreement

MAPPED = {"unique_id": "id", "first_name": "given", "surname": "family", "dob": "birth_date", "birth_place": "birth_place", "postcode_fake": "postcode",
          "occupation": "occupation", "full_name": "ignore", "first_and_surname": "ignore", "cluster": "ignore", "gender": "ignore"}  # fmt: skip
LEAST = 0.90


def _truth(file: Path) -> set[tuple[str, str]]:
    from pyarrow import parquet

    table = parquet.read_table(file, columns=["unique_id", "cluster"]).to_pydict()
    members: dict[str, list[str]] = {}
    for identifier, cluster in zip(table["unique_id"], table["cluster"], strict=True):
        members.setdefault(cluster, []).append(identifier)
    return {(min(a, b), max(a, b)) for ids in members.values() for a, b in combinations(ids, 2)}


def _figures(table: Any, score_column: str, truth: set[tuple[str, str]]) -> dict[str, float]:
    left, right, score = (table[column].to_pylist() for column in ("left_id", "right_id", score_column))
    pairs = [(min(a, b), max(a, b)) for a, b in zip(left, right, strict=True)]
    got = scored([a for a, _ in pairs], [b for _, b in pairs], np.array(score), truth, len(truth))
    return {"f1": round(got.f1_at(0.5), 4), "best_f1": round(got.best_f1(), 4), "found_of_true": round(int(got.true.sum()) / len(truth), 4)}


def run(setting: Setting) -> dict[str, Any]:
    """Havre's pairs and groups, and Splink's pairs where it is here."""
    from pyarrow import parquet

    file = setting.data / "linkage" / "historical_half.parquet"
    truth = _truth(file)
    start = time.perf_counter()
    found = dedupe(file, mapping=MAPPED, minimum=0.001)
    seconds = round(time.perf_counter() - start, 1)
    groups = agreement([(min(pair), max(pair)) for pair in found.pairs()], truth)
    systems: dict[str, Any] = {
        "havre, pairs": _figures(found.links.table, "probability", truth) | {"wall_s": seconds},
        "havre, groups": {"f1": round(groups.f1, 4), "best_f1": None, "found_of_true": round(groups.recall, 4), "wall_s": seconds},
    }
    python, why = home.python()
    missing = {} if python else {"splink": why}
    if python:
        out = home.folder() / "historical.parquet"
        cost = contest.run([python, "-m", "bench.linkage.peers.splink_dedupe", str(file), str(out)])
        systems["splink documented, pairs"] = _figures(parquet.read_table(out), "score", truth) | {"wall_s": round(cost["wall_s"], 1)}
    for name, figures in systems.items():
        say(f"historical figures, {name}: {figures}")
    f1 = systems["havre, groups"]["f1"]
    return {"goals": [goal("linkage.historical", f"historical figures, F1 of what is taken for one person at least {LEAST}, no labels, Splink's columns", f1, f1 >= LEAST)],
            "systems": systems, "missing": missing}  # fmt: skip
