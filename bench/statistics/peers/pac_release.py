"""`python -m bench.statistics.peers.pac_release FOLDER OUT EPSILON DELTA [MODE] [--no-rows]`: what pac-synth tells of the rows in FOLDER.

MODE is ACCURACY+FABRICATION, two of its own names; without one its defaults hold. Every attribute has a word for "not known", so that
none is empty: pac-synth leaves empty values out of its counts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pacsynth

from bench.linkage.peers.figures import tell
from bench.statistics.peers.cost import counted
from bench.statistics.peers.folder import Attributes, Tables, read_question, write_answer

WAYS, THREADS, SEPARATOR = 3, 2, " ; "


def synthesizer(epsilon: float, delta: float, mode: str = "") -> pacsynth.DpAggregateSeededSynthesizer:
    """pac-synth, counting combinations of up to three attributes."""
    builder = pacsynth.DpAggregateSeededParametersBuilder().reporting_length(WAYS).epsilon(epsilon).delta(delta)
    if mode:
        accuracy, fabrication = mode.split("+")
        builder = builder.accuracy_mode(getattr(pacsynth.AccuracyMode, accuracy)()).fabrication_mode(getattr(pacsynth.FabricationMode, fabrication)())
    return pacsynth.DpAggregateSeededSynthesizer(builder.build())


def labelled(attributes: Attributes, codes: np.ndarray) -> list[list[str]]:
    """A head of names, then every row as labels."""
    columns = [np.array(listed, dtype=object)[codes[:, j]].tolist() for j, listed in enumerate(attributes.values())]
    return [list(attributes), *map(list, zip(*columns, strict=True))]


def tables(told: dict[str, int], attributes: Attributes) -> Tables:
    """The combinations that it tells as tables; a combination that it does not tell is 0."""
    place = {name: j for j, name in enumerate(attributes)}
    code = {name: {label: c for c, label in enumerate(listed)} for name, listed in attributes.items()}
    sizes = [len(listed) for listed in attributes.values()]
    found: Tables = {}
    for words, count in told.items():
        if words:
            cell = sorted((place[name], code[name][label]) for name, _, label in (word.partition(":") for word in words.split(SEPARATOR)))
            columns = tuple(j for j, _ in cell)
            if columns not in found:
                found[columns] = np.zeros([sizes[j] for j in columns])
            found[columns][tuple(c for _, c in cell)] = count
    return found


def main(folder: Path, out: Path, epsilon: float, delta: float, mode: str, *, rows: bool) -> None:
    """Fit, tell the tables, draw as many rows; tell the costs."""
    attributes, codes = read_question(folder)
    pacsynth.set_number_of_threads(THREADS)
    costs: dict[str, float] = {}
    data = pacsynth.Dataset(labelled(attributes, codes))
    asked = synthesizer(epsilon, delta, mode)
    with counted(costs, "fit"):
        asked.fit(data)
    found = tables(asked.get_dp_aggregates(SEPARATOR), attributes)
    drawn = None
    if rows:
        with counted(costs, "rows"):
            head, *lines = asked.sample(len(codes))
        code = [{label: c for c, label in enumerate(attributes[name])} for name in head]
        order = [head.index(name) for name in attributes]
        drawn = np.array([[code[j].get(line[j], -1) for j in order] for line in lines], np.int16)
    write_answer(out, found, drawn)
    tell(**costs)


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if not a.startswith("--")]
    main(Path(given[0]), Path(given[1]), float(given[2]), float(given[3]), given[4] if len(given) > 4 else "", rows="--no-rows" not in sys.argv)
