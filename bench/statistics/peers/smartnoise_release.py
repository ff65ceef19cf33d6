"""`python -m bench.statistics.peers.smartnoise_release FOLDER OUT EPSILON DELTA mst|aim`: rows that SmartNoise's synthesizer draws."""

from __future__ import annotations

import sys
import warnings
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pandas as pd

from bench.linkage.peers.figures import tell
from bench.statistics.peers.cost import counted
from bench.statistics.peers.folder import read_question, write_answer
from bench.statistics.peers.sampler import drawn

warnings.filterwarnings("ignore")


def main(folder: Path, out: Path, epsilon: float, delta: float, which: str) -> None:
    """Fit, draw as many rows by the repaired sampler; tell the costs."""
    import mbi
    from snsynth.aim.aim import AIMSynthesizer
    from snsynth.mst.mst import MSTSynthesizer

    mbi.MarkovRandomField.synthetic_data = drawn  # see `sampler`
    attributes, codes = read_question(folder)
    table = pd.DataFrame(codes.astype(int), columns=list(attributes))
    costs: dict[str, float] = {}
    synthesizer = {"mst": MSTSynthesizer, "aim": AIMSynthesizer}[which](epsilon=epsilon, delta=delta)
    with redirect_stdout(sys.stderr):  # it prints as it goes
        with counted(costs, "fit"):
            synthesizer.fit(table, categorical_columns=list(attributes))
        with counted(costs, "rows"):
            rows = synthesizer.sample(len(codes))
    write_answer(out, {}, np.asarray(rows, dtype=np.int16))
    tell(**costs)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
