"""How right are scored pairs, against the truth? And do probabilities mean what they say?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs by falling score, whether each is true, how many true pairs there are, and which true pair each true one is."""

    score: NDArray[np.float64]
    true: NDArray[np.bool_]
    total: int

    def curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Precision and recall when cut after each pair, pairs of equal score taken together. Shapes: (cuts,)."""
        ends = np.flatnonzero(np.append(np.diff(self.score) < 0, True)) if len(self.score) else np.empty(0, np.int64)
        right = np.cumsum(self.true)[ends]
        return right / (ends + 1), right / max(self.total, 1)

    def best_f1(self) -> float:
        """F1 at the cut that suits the pairs best (known only to one who has the truth)."""
        precision, recall = self.curve()
        return float((2 * precision * recall / np.maximum(precision + recall, 1e-12)).max(initial=0.0))

    def f1_at(self, least: float) -> float:
        """F1 of the pairs that score at least `least`."""
        chosen = self.score >= least
        right = int((chosen & self.true).sum())
        return 2 * right / max(int(chosen.sum()) + self.total, 1)

    def recall_at_precision(self, wanted: float) -> float:
        """The highest recall among cuts with at least this precision."""
        precision, recall = self.curve()
        return float(recall[precision >= wanted].max(initial=0.0))


def scored(left: Sequence[str], right: Sequence[str], score: NDArray[np.float64], truth: set[tuple[str, str]], total: int) -> Scored:
    """Pairs put in order and compared with the truth."""
    order = np.argsort(-score, kind="stable")
    true = np.fromiter(((left[k], right[k]) in truth for k in order.tolist()), dtype=bool, count=len(order))
    return Scored(score[order], true, total)


def each_once(left: Sequence[str], right: Sequence[str], score: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which pairs are left when every row is paired once at most, the highest score first. Shape: (len(score),)."""
    kept, used = np.zeros(len(score), np.bool_), (set[str](), set[str]())
    for k in np.argsort(-score, kind="stable").tolist():
        if left[k] not in used[0] and right[k] not in used[1]:
            kept[k] = True
            used[0].add(left[k])
            used[1].add(right[k])
    return kept


def calibration_error(chance: NDArray[np.float64], true: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equal bins: the mean distance of told chance and share of truth, by number of cases."""
    if not len(chance):
        return 0.0
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    size = np.bincount(place, minlength=BINS)
    gap = np.abs(np.bincount(place, chance, BINS) - np.bincount(place, true.astype(float), BINS))
    return float(gap.sum() / size.sum())


def _by(truth: dict[str, list[Any]], keys: list[str]) -> dict[str, set[tuple[str, str]]]:
    out: dict[str, set[tuple[str, str]]] = {}
    for key, a, b in zip(keys, truth["left_id"], truth["right_id"], strict=True):
        out.setdefault(key, set()).add((a, b))
    return out


def pairs_told(folder: Path, found: Path) -> dict[str, Any]:
    """Every figure of one linking: over all pairs, by language group, and by the letters of both sides; and the best F1 of what is left when
    every row is paired once at most.

    A pair belongs to the language group of its left row; a true pair to the letters it is written in.
    """
    from pyarrow import parquet

    got = parquet.read_table(found)
    left, right = got["left_id"].to_pylist(), got["right_id"].to_pylist()
    score = np.asarray(got["score"].to_numpy(), dtype=float)
    truth = parquet.read_table(folder / "truth.parquet").to_pydict()
    true = set(zip(truth["left_id"], truth["right_id"], strict=True))
    whole = scored(left, right, score, true, len(true))
    once = np.flatnonzero(each_once(left, right, score))
    paired = scored([left[k] for k in once], [right[k] for k in once], score[once], true, len(true))
    about = parquet.read_table(folder / "left_about.parquet")
    group_of = dict(zip(about["id"].to_pylist(), about["group"].to_pylist(), strict=True))
    groups = np.array([group_of[a] for a in left], dtype=object)
    by_group = {}
    for group, pairs in sorted(_by(truth, truth["group"]).items()):
        at = np.flatnonzero(groups == group)
        part = scored([left[k] for k in at], [right[k] for k in at], score[at], pairs, len(pairs))
        by_group[group] = {
            "f1": round(part.f1_at(0.5), 4), "best_f1": round(part.best_f1(), 4), "found": round(int(part.true.sum()) / len(pairs), 4),
            "recall_at_99": round(part.recall_at_precision(0.99), 4), "calibration_error": round(calibration_error(part.score, part.true), 4),
        }  # fmt: skip
    accepted = {(a, b) for a, b, s in zip(left, right, score.tolist(), strict=True) if s >= 0.5}
    letters = [" / ".join(sorted(pair)) for pair in zip(truth["script_left"], truth["script_right"], strict=True)]
    by_letters = {key: round(len(pairs & accepted) / len(pairs), 4) for key, pairs in sorted(_by(truth, letters).items())}
    return {
        "f1": round(whole.f1_at(0.5), 4),
        "best_f1": round(whole.best_f1(), 4),
        "best_f1_each_once": round(paired.best_f1(), 4),
        "recall_at_precision_99": round(whole.recall_at_precision(0.99), 4),
        "found_of_true": round(int(whole.true.sum()) / max(len(true), 1), 4),
        "calibration_error": round(calibration_error(whole.score, whole.true), 4),
        "by_group": by_group,
        "recall_by_letters": by_letters,
    }
