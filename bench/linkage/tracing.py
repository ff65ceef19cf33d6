"""Does a relative's query find the child, how many records does it touch, and do probabilities mean what they say?"""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict

import numpy as np

from bench.linkage.register import CULTURES, World
from havre.linkage import Description, keys, load_model, prepare, rank, rank_hint, shares_of

SHORT_LIST = 150
BINS = 10


class Index:
    """Search keys of a register held in memory."""

    def __init__(self, persons: list[Description]) -> None:
        self.persons = [prepare.__wrapped__(p) for p in persons]
        self.rows: dict[str, list[int]] = defaultdict(list)
        for i, person in enumerate(self.persons):
            for key in keys(person, "index"):
                self.rows[key].append(i)

    def candidates(self, query: Description) -> tuple[list[int], int]:
        """Best candidates by weight of shared keys, and how many records were touched."""
        weight: Counter[int] = Counter()
        for key in keys(query, "query"):
            for i in self.rows.get(key, ()):
                weight[i] += rank_hint(key)
        best = sorted(weight, key=lambda i: (-weight[i], i))[:SHORT_LIST]
        return best, len(weight)


def calibration_error(points: list[tuple[float, bool]]) -> float:
    """Expected calibration error of (probability, truth) over ten equal bins."""
    if not points:
        return 0.0
    p = np.array([x for x, _ in points])
    y = np.array([float(t) for _, t in points])
    place = np.minimum((p * BINS).astype(int), BINS - 1)
    return float(sum(abs(p[place == b].mean() - y[place == b].mean()) * (place == b).mean() for b in set(place.tolist())))


def run(world: World, queries: int, seed: int = 23) -> dict[str, object]:
    """Recall, records touched, time and calibration; a fifth of the queries seek a child who is not registered."""
    rng = random.Random(seed)
    absent = set(rng.sample(range(len(world.persons)), queries // 5))
    held = [i for i in range(len(world.persons)) if i not in absent]
    index = Index([world.persons[i] for i in held])
    model = load_model().with_shares(shares_of(index.persons))
    asked = [*absent, *rng.sample(held, queries - len(absent))]
    hits: dict[str, list[tuple[bool, bool, bool]]] = {c: [] for c in CULTURES}
    points: dict[str, list[tuple[float, bool]]] = {c: [] for c in CULTURES}
    family: list[tuple[float, bool]] = []
    touched, times = [], []
    for i in asked:
        query, culture = world.query(i), world.culture[i]
        start = time.perf_counter()
        found, count = index.candidates(query)
        results = rank(query, [index.persons[k] for k in found], model, limit=10, population=len(held))
        times.append(time.perf_counter() - start)
        touched.append(count)
        ids = [held[found[k]] for k, _ in results]
        if i not in absent:
            hits[culture].append((bool(ids) and ids[0] == i, i in ids, i in [held[k] for k in found]))
        kin = set(world.truth[i]["siblings"])  # type: ignore[call-overload]
        for person, (_, result) in zip(ids, results, strict=True):
            points[culture].append((result.probability, person == i))
            family.append((result.family_probability, person in kin))
    share = {c: [round(sum(h[k] for h in hits[c]) / max(len(hits[c]), 1), 4) for k in range(3)] for c in CULTURES}
    return {
        "recall_at_1": {c: share[c][0] for c in CULTURES},
        "recall_at_10": {c: share[c][1] for c in CULTURES},
        "short_list": {c: share[c][2] for c in CULTURES},
        "calibration_error": {c: round(calibration_error(points[c]), 4) for c in CULTURES},
        "family_calibration_error": round(calibration_error(family), 4),
        "touched_p95": int(np.quantile(touched, 0.95)),
        "query_ms_p95": round(1000 * float(np.quantile(times, 0.95)), 1),
        "points": points,
        "family_points": family,
    }
