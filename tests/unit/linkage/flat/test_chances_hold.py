"""What is told as probable: is it as often true? Among invented families that the shipped numbers were not set by."""

import os
from pathlib import Path

import numpy as np
import pytest

from bench.linkage.asked import Truth
from bench.linkage.families import write_register
from bench.linkage.measures import calibration_error
from havre.linkage import load_model
from havre.linkage.flat import Index

ROOT = Path(__file__).resolve().parents[4]
DATA = next((Path(d) for d in (os.environ.get("HAVRE_DATA"), ROOT.parent / "shared" / "data") if d and (Path(d) / "names").is_dir()), None)
PEOPLE, QUESTIONS, MOST = 5_000, 250, 0.02


@pytest.mark.skipif(DATA is None, reason="the public data sets are not here")
def test_chances_of_a_child_and_of_a_family_mean_what_they_say(tmp_path: Path) -> None:
    assert DATA is not None
    register = write_register(tmp_path, DATA, PEOPLE, questions=QUESTIONS, seed=31)
    index, truth = Index(register.descriptions("left")), Truth(register)
    model = load_model().with_shares(index.shares())
    told: dict[str, list[tuple[float, bool]]] = {"child": [], "family": []}
    for number, asked in enumerate(register.descriptions("right")):
        for hit in index.find(asked, limit=10, population=len(index), model=model):
            same = hit.id == truth.sought[number]
            told["child"].append((hit.probability, same))
            told["family"].append((hit.family_probability, not same and truth.family_of[hit.id] == truth.family[number]))
    for points in told.values():
        chance, true = (np.array(column) for column in zip(*points, strict=True))
        assert calibration_error(chance, true.astype(bool)) <= MOST
