"""One question among very many people in flat arrays: how fast, how surely, how large?

`python -m bench.linkage.flat FOLDER [--people N] [--questions N]` writes an invented register into FOLDER when there is none, builds
the index, asks every question once (cold: no question was asked before) and prints one JSON object. `run` does the same from code.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.linkage.families import Register, write_register
from bench.linkage.sources import data_folder
from havre.linkage import Description, Index, Model, load_model

WARMING: Final = 20  # questions asked before the clock starts: code is loaded, and they are not asked again
Question = tuple[Description, str, str]  # what is asked, the id of who is sought, language group


def questions_of(register: Register, most: int) -> list[Question]:
    """Questions about children who are in the register, spread evenly over it."""
    truth = register.columns("truth")
    wanted = {right: (left, group) for left, right, group in zip(truth["left_id"], truth["right_id"], truth["group"], strict=True)}
    asked = [(replace(d, id=None), *wanted[d.id]) for d in register.descriptions("right") if d.id in wanted]
    order = np.random.default_rng(5).permutation(len(asked))[: most + WARMING]
    return [asked[k] for k in order.tolist()]


def name_only(description: Description) -> Description:
    """What is asked when only the person's own name in full is known."""
    return Description(names=tuple(n for n in description.names if str(n.kind) != "mother"))


def measure(index: Index, questions: list[Question], model: Model, *, names: bool) -> dict[str, Any]:
    """Milliseconds and recall of one way of asking, with the recall of every language group; the first questions only warm."""
    times, hits = [], defaultdict(list)
    for k, (question, wanted, group) in enumerate(questions):
        asked = name_only(question) if names else question
        start = time.perf_counter()
        found = [f.id for f in index.find(asked, 10, population=len(index), model=model)]
        if k >= WARMING:
            times.append(1000 * (time.perf_counter() - start))
            hits[group].append((wanted in found[:1], wanted in found))
    by_group = {g: [round(float(np.mean([h[k] for h in those])), 4) for k in range(2)] for g, those in sorted(hits.items())}
    every = [h for those in hits.values() for h in those]
    return {
        "questions": len(every), "p50_ms": round(float(np.quantile(times, 0.5)), 2), "p95_ms": round(float(np.quantile(times, 0.95)), 2),
        "recall_at_1": round(float(np.mean([h[0] for h in every])), 4), "recall_at_10": round(float(np.mean([h[1] for h in every])), 4),
        "worst_group_at_10": min(by_group, key=lambda g: by_group[g][1]), "groups_at_1_and_10": by_group,
    }  # fmt: skip


def run(register: Register, folder: Path, questions: int = 300) -> dict[str, Any]:
    """Build the index of a register in `folder` (kept and loaded again when it is there) and ask it."""
    start = time.perf_counter()
    try:
        index, built = Index.load(folder), None
    except ValueError:
        Index(register.descriptions("left")).save(folder)
        built = round(time.perf_counter() - start, 1)
        start = time.perf_counter()
        index = Index.load(folder)
    loaded = round(time.perf_counter() - start, 2)
    model = load_model().with_shares(index.shares())
    asked = questions_of(register, questions)
    half = len(asked) // 2  # each question is asked in one way only, so that no name was looked up before
    found = {"name_only": measure(index, asked[:half], model, names=True), "all_fields": measure(index, asked[half:], model, names=False)}
    size = sum(path.stat().st_size for path in folder.rglob("*.npy"))
    texts = sum(path.stat().st_size for path in folder.rglob("texts*.npy"))
    memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {"people": len(index), "built_s": built, "loaded_s": loaded, "index_mb": round((size - texts) / 1e6), "texts_mb": round(texts / 1e6),
            "peak_mib": memory} | found  # fmt: skip


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description="Measure one question among very many people.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=600)
    given = parser.parse_args()
    register = Register(given.folder)
    if not register.path("truth").is_file():
        register = write_register(given.folder, data_folder(), given.people, questions=round(1.3 * given.questions) + 50)
    print(json.dumps(run(register, given.folder / "index", given.questions), ensure_ascii=False))


if __name__ == "__main__":
    main()
