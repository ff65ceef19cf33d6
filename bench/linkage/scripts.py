"""Is a name in another script found among all Latin spellings? Recall on names that training never saw.

Three questions: the transducer with the rules on single tokens, the one number the matcher uses (`kernel.similar`) on the same tokens,
and full names of three tokens by the mean of that number.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np

from havre.linkage import train
from havre.linkage.names.lexicon import Lexicon
from havre.linkage.names.normalise import joined
from havre.linkage.names.scripts import Script
from havre.linkage.names.similarity import token_similarity
from havre.linkage.names.transducer import load
from havre.linkage.train_transducer import Scorer

SHORT_LIST = 60
RULES_WORTH = 4.0  # natural logarithms that full likeness adds to the transducer's ratio
FULL_NAMES, CROWD = 200, 4000


def ethiopic_pairs(data: Path) -> list[tuple[str, str]]:
    """Ge'ez name tokens with the spelling used in registers (no table is trained on these)."""
    out = []
    for line in (data / "names" / "geez_latin_sgc.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 3 and cells[2] and " " not in cells[0].strip():
            latin = "".join(c for c in joined(cells[2]) if "a" <= c <= "z")
            if latin:
                out.append((joined(cells[0]), latin))
    return out


def held_out(script: Script, data: Path) -> list[tuple[str, str]]:
    """Pairs of a script kept out of training."""
    if script is Script.ETHIOPIC:
        return ethiopic_pairs(data)
    return [(native, latin) for native, latin, _ in train.SOURCES[script](data / "names", part="test")]


Ranker = Callable[[str], list[str]]


def _by_similarity(latins: list[str]) -> Ranker:
    """The ten likest Latin tokens by the number the matcher uses."""
    words = Lexicon(latins)
    every = np.arange(len(latins))

    def best(native: str) -> list[str]:
        likeness = words.similarities(np.full(len(latins), words.number(native)), every)
        return [latins[k] for k in np.argsort(-likeness, kind="stable")[:10]]

    return best


def _by_transducer(script: Script, latins: list[str]) -> Ranker | None:
    """Best ten by the transducer, its short list ordered with the token similarity as well; None where there is no transducer."""
    transducer = load(script)
    if transducer is None:
        return None
    scorer = Scorer(transducer, latins)

    def best(native: str) -> list[str]:
        ratios = scorer.ratios(native)
        short = np.argsort(-ratios)[:SHORT_LIST]
        blend = {latins[k]: float(ratios[k]) + RULES_WORTH * token_similarity(native, latins[k]) for k in short}
        return sorted(blend, key=lambda latin: -blend[latin])[:10]

    return best


def _shares(best: Ranker, natives: list[str], truth: dict[str, set[str]]) -> tuple[float, float]:
    """Recall at 1 and at 10."""
    first = ten = 0
    for native in natives:
        found = best(native)
        first += found[0] in truth[native]
        ten += bool(truth[native] & set(found))
    size = max(len(natives), 1)
    return round(first / size, 4), round(ten / size, 4)


def _full_names(pairs: list[tuple[str, str]], latins: list[str]) -> tuple[float, float]:
    """Recall at 1 and at 10 of names of three held-out tokens among `CROWD` names, by the mean likeness of their tokens.

    The crowd shares names as a register does: each of its tokens is drawn from the Latin list, a third of its first names, and of its
    fathers' names, from those sought.
    """
    rng = random.Random(9)
    sought = [[rng.choice(pairs) for _ in range(3)] for _ in range(FULL_NAMES)]
    names = [[latin for _, latin in name] for name in sought]
    while len(names) < CROWD:
        other = [rng.choice(latins) for _ in range(3)]
        for place in (0, 1):
            if rng.random() < 1 / 3:
                other[place] = rng.choice(sought)[place][1]
        names.append(other)
    words = Lexicon()
    crowd = np.array([[words.number(token) for token in name] for name in names])
    ranks = []
    for k, name in enumerate(sought):
        total = sum(words.similarities(np.full(CROWD, words.number(native)), crowd[:, place]) for place, (native, _) in enumerate(name))
        ranks.append(int((total > total[k]).sum()))
    return round(float(np.mean(np.array(ranks) < 1)), 4), round(float(np.mean(np.array(ranks) < 10)), 4)


def recall(script: Script, data: Path, most: int) -> dict[str, float]:
    """Recall at 1 and 10 over at most `most` distinct held-out native tokens, among all Latin tokens of the script.

    The list searched holds every Latin spelling, trained ones too, so that it is as crowded as a register. `recall_at_…` is that of
    the transducer with the rules (of the rules alone where there is none), `similarity_…` that of `kernel.similar` over the whole
    list, `full_…` that of full names.
    """
    pairs = held_out(script, data)
    latins = {latin for _, latin in pairs}
    if script in train.SOURCES:
        latins |= {latin for _, latin, weight in train.SOURCES[script](data / "names") if weight >= 1.5 or len(pairs) < 400}
    truth: dict[str, set[str]] = {}
    for native, latin in pairs:
        truth.setdefault(native, set()).add(latin)
    natives = sorted(truth)
    random.Random(5).shuffle(natives)
    natives = natives[:most]
    listed = sorted(latins)
    plain = _by_similarity(listed)
    by_similarity = _shares(plain, natives, truth)
    best = _by_transducer(script, listed)
    first, ten = _shares(best, natives, truth) if best else by_similarity
    full = _full_names(sorted(set(pairs)), listed)
    return {"recall_at_1": first, "recall_at_10": ten, "similarity_at_1": by_similarity[0], "similarity_at_10": by_similarity[1],
            "full_at_1": full[0], "full_at_10": full[1], "tokens": len(natives), "searched": len(latins)}  # fmt: skip


def main(data: Path, most: int = 400) -> None:
    """Print the recall of every script (`python -m bench.linkage.scripts`)."""
    for script in (*train.SOURCES, Script.ETHIOPIC):
        print(script, recall(script, data, most), flush=True)


if __name__ == "__main__":
    from bench.linkage.sources import data_folder

    main(data_folder())
