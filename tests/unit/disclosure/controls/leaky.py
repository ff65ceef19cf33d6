"""A mechanism in a process of its own that gives away what it should not; run as a program."""

import sys
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "src" / "havre" / "disclosure" / "audit"))
from adapter import serve  # type: ignore[import-not-found]


def scaled_by_the_fullest(rows, seed):
    """Noise as large as the fullest row asks for, so that one well documented child changes every number; small cells are left out."""
    rng, cells = np.random.default_rng(seed), {}
    for row in rows:
        known = sorted((n, c) for n, c in row.items() if c)
        for k in (1, 2):
            for combo in combinations(known, k):
                cells[combo] = cells.get(combo, 0) + 1
    most = max(sum(bool(c) for c in row.values()) for row in rows)
    noisy = ((combo, value + rng.laplace(0, most**2)) for combo, value in cells.items())
    return [(combo, float(value)) for combo, value in noisy if value > 3]


def failing(rows, seed):
    print("this is no answer")
    raise ValueError("no rows like these")


if __name__ == "__main__":
    serve(failing if "fail" in sys.argv else scaled_by_the_fullest)
