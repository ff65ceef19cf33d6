"""Is a name in another script found among all Latin spellings? Recall on tokens that training never saw."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from havre.linkage import train
from havre.linkage.names.normalise import joined
from havre.linkage.names.scripts import Script
from havre.linkage.names.similarity import token_similarity
from havre.linkage.names.transducer import load

SHORT_LIST = 60


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


def _ranker(script: Script, latins: list[str]) -> Callable[[str], list[str]]:
    """Best ten Latin tokens for a native one: transducer short list, then the full token similarity breaks ties."""
    transducer = load(script)
    if transducer is None:
        return lambda native: sorted(latins, key=lambda latin: -token_similarity(native, latin))[:10]
    scorer = train.Scorer(transducer)

    def best(native: str) -> list[str]:
        scores = scorer.score(native, latins)
        order = scores.argsort()[::-1][:SHORT_LIST]
        blend = {latins[i]: float(scores[i]) + 4.0 * token_similarity(native, latins[i]) for i in order}
        return sorted(blend, key=lambda latin: -blend[latin])[:10]

    return best


def recall(script: Script, data: Path, most: int) -> dict[str, float]:
    """Recall at 1 and 10 over at most `most` distinct held-out native tokens, among all Latin tokens of the script.

    The list searched holds every Latin spelling, trained ones too, so that it is as crowded as a register.
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
    best = _ranker(script, sorted(latins))
    first = ten = 0
    for native in natives:
        found = best(native)
        first += found[0] in truth[native]
        ten += bool(truth[native] & set(found))
    size = max(len(natives), 1)
    return {"recall_at_1": round(first / size, 4), "recall_at_10": round(ten / size, 4), "tokens": size, "searched": len(latins)}
