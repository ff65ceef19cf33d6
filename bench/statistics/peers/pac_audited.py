"""`python -m bench.statistics.peers.pac_audited EPSILON DELTA FOLDER`: pac-synth under audit; FOLDER holds Havre's `adapter`, which asks.

What is told are its combinations of up to three attributes. A code that is not known is left empty, as it wants.
"""

from __future__ import annotations

import sys

import pacsynth

from bench.statistics.peers.pac_release import SEPARATOR

WAYS = 3


def main(epsilon: float, delta: float, folder: str) -> None:
    """Answer until the input ends."""
    sys.path.insert(0, folder)
    from adapter import serve

    kept: dict[int, pacsynth.Dataset] = {}

    def dataset(rows: list[dict[str, str]]) -> pacsynth.Dataset:
        if id(rows) not in kept:
            names = sorted({name for row in rows for name in row})
            kept[id(rows)] = pacsynth.Dataset([names, *([row.get(name, "") for name in names] for row in rows)])
        return kept[id(rows)]

    def release(rows: list[dict[str, str]], _seed: int) -> list[tuple[list[list[str]], float]]:
        builder = pacsynth.DpAggregateSeededParametersBuilder().reporting_length(WAYS).epsilon(epsilon).delta(delta)
        synthesizer = pacsynth.DpAggregateSeededSynthesizer(builder.build())
        try:
            synthesizer.fit(dataset(rows))
        except BaseException as panic:  # of Rust, when noise made the number of records negative: nothing is told then
            if type(panic).__name__ != "PanicException":
                raise
            return []
        told = synthesizer.get_dp_aggregates(SEPARATOR)
        return [([list(word.partition(":")[::2]) for word in words.split(SEPARATOR)] if words else [], float(count)) for words, count in told.items()]

    pacsynth.set_number_of_threads(1)
    serve(release)


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]), sys.argv[3])
