"""What the answers to questions are worth: found at 1 and at 10, by language group and letters, and whether chances are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from bench.linkage.contest import Answers
from bench.linkage.families import Register
from bench.linkage.measures import calibration_error


class Truth:
    """Who was asked for by each question."""

    def __init__(self, register: Register) -> None:
        about, held = register.columns("right_about"), register.columns("left_about")
        true = register.columns("truth")
        sought = dict(zip(true["right_id"], true["left_id"], strict=True))
        self.sought: list[str | None] = [sought.get(i) for i in about["id"]]
        self.group: list[str] = about["group"]
        self.family: list[int] = about["family"]
        self.family_of: dict[str, int] = dict(zip(held["id"], held["family"], strict=True))
        script = dict(zip(held["id"], held["script"], strict=True))
        self.letters = [" / ".join(sorted((mine, script[i]))) if (i := self.sought[n]) else None for n, mine in enumerate(about["script"])]


def _recall(hits: Mapping[str, list[tuple[bool, bool]]]) -> dict[str, dict[str, float]]:
    return {key: {"at_1": round(float(np.mean([h[0] for h in got])), 4), "at_10": round(float(np.mean([h[1] for h in got])), 4), "n": len(got)}
            for key, got in sorted(hits.items())}  # fmt: skip


def recall_at_10(answers: Answers, truth: Truth, numbers: Iterable[int]) -> float:
    """Recall at 10 over these questions only, so that two systems are compared on the same."""
    hits = [truth.sought[n] in [i for i, _, _ in answers.found[n]] for n in numbers if n in answers.found and truth.sought[n] is not None]
    return float(np.mean(hits)) if hits else 0.0


def told(answers: Answers, truth: Truth) -> dict[str, Any]:
    """Times and recall of one system's answers; recall is over questions whose child is registered."""
    groups: dict[str, list[tuple[bool, bool]]] = {}
    letters: dict[str, list[tuple[bool, bool]]] = {}
    for number, found in answers.found.items():
        if (sought := truth.sought[number]) is not None:
            ids = [i for i, _, _ in found[:10]]
            hit = (bool(ids) and ids[0] == sought, sought in ids)
            groups.setdefault(truth.group[number], []).append(hit)
            letters.setdefault(truth.letters[number] or "", []).append(hit)
    hits = [hit for got in groups.values() for hit in got]
    return {
        "p50_ms": answers.time(0.5),
        "p95_ms": answers.time(0.95),
        "recall_at_1": round(float(np.mean([h[0] for h in hits])), 4) if hits else 0.0,
        "recall_at_10": round(float(np.mean([h[1] for h in hits])), 4) if hits else 0.0,
        "questions": len(answers.ms),
        "by_group": _recall(groups),
        "by_letters": _recall(letters),
    }


def calibration(answers: Answers, truth: Truth) -> dict[str, Any]:
    """Expected calibration error of the chances told for the ten best, of the same child by group and of the same family over all."""
    points: dict[str, list[tuple[float, bool]]] = {}
    family: list[tuple[float, bool]] = []
    for number, found in answers.found.items():
        for identifier, chance, of_family in found:
            same = identifier == truth.sought[number]
            points.setdefault(truth.group[number], []).append((chance, same))
            family.append((of_family, not same and truth.family_of[identifier] == truth.family[number]))
    whole = [point for got in points.values() for point in got]

    def error(pairs: list[tuple[float, bool]]) -> float:
        return round(calibration_error(np.array([p for p, _ in pairs]), np.array([t for _, t in pairs], dtype=bool)), 4)

    return {"child": error(whole), "family": error(family), "by_group": {group: error(got) for group, got in sorted(points.items())}}
