"""`python -m bench.linkage.peers.recordlinkage_link FOLDER OUT`: recordlinkage with phonetic blocking and the plain sum of its features."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pandas as pd
import recordlinkage

from bench.linkage.peers.figures import tell

NAMES = ("given", "father", "grandfather", "mother", "family")
BLOCKS = (("given_key", "father_key"), ("given_key", "mother_key"), ("given_key", "born_year"), ("father_key", "mother_key", "sex"))


def main(folder: Path, out: Path) -> None:
    """Index, compare, sum; write the pairs and tell."""
    start = time.perf_counter()
    left, right = (pd.read_parquet(folder / f"{side}_peers.parquet").set_index("unique_id") for side in ("left", "right"))
    for side in (left, right):
        side["region_sex"] = side["region"] + side["sex"]
    pairs = pd.MultiIndex.from_arrays([[], []])
    for keys in BLOCKS:
        indexer = recordlinkage.Index()
        indexer.block(list(keys))
        found = indexer.index(left.dropna(subset=list(keys)), right.dropna(subset=list(keys)))
        pairs = found if not len(pairs) else pairs.union(found)
    comparer = recordlinkage.Compare(n_jobs=2)
    for name in NAMES:
        comparer.string(f"{name}_latin", f"{name}_latin", method="jarowinkler", missing_value=0.5)
    comparer.exact("sex", "sex")
    comparer.exact("region", "region")
    comparer.numeric("born_first", "born_first", method="gauss", offset=1, scale=1, missing_value=0.3)
    comparer.string("village_latin", "village_latin", method="jarowinkler", missing_value=0.5)
    scores = comparer.compute(pairs, left, right).sum(axis=1)
    best = scores[scores >= 5.0]
    pd.DataFrame({"left_id": best.index.get_level_values(0), "right_id": best.index.get_level_values(1), "score": best.to_numpy()}).to_parquet(out)
    ended = time.perf_counter()
    truth = pd.MultiIndex.from_frame(pd.read_parquet(folder / "truth.parquet")[["left_id", "right_id"]])
    tell(wall_s=ended - start, compared=len(pairs), true_compared=int(pairs.isin(truth).sum()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
