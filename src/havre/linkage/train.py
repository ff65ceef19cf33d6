"""Where do the shipped tables come from, and how are they made again?

`python -m havre.linkage.train DATA_DIR [OUT_DIR]` reads the public name pairs (see `linkage/data/README.md` for
sources and licences) and writes the transducers and the name frequencies. One pair in twenty, chosen by a hash of
the native token, is held out and never trained on, so that a benchmark can measure on names not seen.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from havre.linkage.names import kernel
from havre.linkage.names import transducer as td
from havre.linkage.names.normalise import joined
from havre.linkage.names.scripts import Script
from havre.linkage.names.transducer import LONGEST_CHUNK, Transducer, lean, positioned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[str, str, float]  # native token, Latin a–z, weight
HERE = Path(__file__).parent / "data"
ROUNDS = 8


def held_out(native: str) -> bool:
    """Whether a native token belongs to the twentieth that is never trained on."""
    return hashlib.blake2b(native.encode(), digest_size=2).digest()[0] % 20 == 7


def _latin(text: str) -> str:
    from anyascii import anyascii

    return "".join(c for c in anyascii(text).lower() if "a" <= c <= "z")


def _tsv(path: Path) -> Iterable[list[str]]:
    with path.open(encoding="utf-8-sig") as file:
        for line in file:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def arabic_pairs(data: Path, *, part: str = "train") -> list[Pair]:
    """Arabic name tokens with a Latin spelling; `part` is `train` or `test` (the separate dev file)."""
    import math

    test = [(joined(r[0]), _latin(r[1]), 1.0) for r in _tsv(data / "arabic_latin_tokens_dev.tsv") if len(r) > 1]
    if part == "test":
        return [p for p in test if p[0] and p[1]]
    hidden = {p[0] for p in test}
    pairs = [(joined(r[0]), _latin(r[1]), 2.0) for r in _tsv(data / "arabic_latin_tokens.tsv") if len(r) > 1]
    for row in _tsv(data / "arabic_latin.tsv"):
        native = joined(row[1].replace(" ", ""))
        if native.startswith("ال") and len(native) > 4 and not row[0].lower().startswith(("al", "el")):
            native = native[2:]
        pairs.append((native, _latin(row[0]), math.log1p(float(row[2]))))
    return [p for p in pairs if p[0] not in hidden and 2 <= len(p[0]) <= 14 and 2 <= len(p[1]) <= 18]


def russian_pairs(data: Path, *, part: str = "train") -> list[Pair]:
    """Russian tokens with a Latin spelling, held-out twentieth apart."""
    import math

    out: list[Pair] = []
    for row in _tsv(data / "russian_latin.tsv"):
        native, latin = joined(row[1].replace(" ", "")), _latin(row[0])
        if 2 <= len(native) <= 14 and 2 <= len(latin) <= 18 and held_out(native) == (part == "test"):
            out.append((native, latin, math.log1p(float(row[2]))))
    return out


def burmese_pairs(data: Path, *, part: str = "train") -> list[Pair]:
    """Burmese transliterations of single words."""
    from havre.linkage.names.burmese import syllables

    out: list[Pair] = []
    for row in _tsv(data / "burmese_latin.tsv"):
        if len(row) < 2 or not row[0].isalpha() or not row[0].isascii() or not row[0][0].isupper():
            continue
        native = "".join(syllables(row[1]))
        latin = _latin(row[0])
        if 2 <= len(native) <= 26 and 2 <= len(latin) <= 14 and held_out(native) == (part == "test"):
            out.append((native, latin, 1.0))
    return out


SOURCES: dict[Script, Callable[..., list[Pair]]] = {
    Script.ARABIC: arabic_pairs,
    Script.CYRILLIC: russian_pairs,
    Script.BURMESE: burmese_pairs,
}


def _encode(pairs: list[Pair], index: dict[str, int]) -> tuple[Any, ...]:
    import numpy as np

    native = [np.array([index[s] for s in positioned(n)], dtype=np.int32) for n, _, _ in pairs]
    latin = [np.frombuffer(text.encode(), dtype=np.uint8).astype(np.int32) - 97 for _, text, _ in pairs]
    starts_n = np.cumsum([0] + [len(x) for x in native]).astype(np.int64)
    starts_l = np.cumsum([0] + [len(x) for x in latin]).astype(np.int64)
    weights = np.array([w for _, _, w in pairs], dtype=np.float64)
    return np.concatenate(native), starts_n, np.concatenate(latin), starts_l, weights


def _normalise(counts: NDArray[np.float64], shared: list[int]) -> NDArray[np.float64]:
    """Counts to log-probabilities; each positioned letter leans on its letter in any position."""
    import numpy as np

    group = np.array(shared)
    pooled = np.zeros((group.max() + 1, counts.shape[1]))
    np.add.at(pooled, group, counts)
    pooled = (pooled + 1e-12) / (pooled + 1e-12).sum(axis=1, keepdims=True)
    lean = 4.0
    probability = (counts + lean * pooled[group]) / (counts.sum(axis=1, keepdims=True) + lean)
    result: NDArray[np.float64] = np.log(np.maximum(probability, 1e-12))
    return result


def fit(pairs: list[Pair], rounds: int = ROUNDS) -> Transducer:
    """Expectation-maximisation over all segmentations; pairs that fit badly after half the rounds are dropped."""
    import numpy as np

    from havre.linkage.train_kernel import expect as compiled

    expect: Any = compiled

    symbols = sorted({s for n, _, _ in pairs for s in positioned(n)})
    index = {s: i for i, s in enumerate(symbols)}
    letters = {c: i for i, c in enumerate(sorted({s[-1] for s in symbols}))}
    shared = [letters[s[-1]] for s in symbols]
    prior = np.concatenate([np.full(26**n, p / 26**n) for n, p in ((0, 0.1), (1, 0.6), (2, 0.25), (3, 0.05))])
    logp = np.tile(np.log(prior), (len(symbols), 1))
    kept = pairs
    arrays = _encode(kept, index)
    for turn in range(rounds):
        counts, fits = expect(*arrays, logp, LONGEST_CHUNK)
        logp = _normalise(counts, shared)
        if turn == rounds // 2 - 1:
            sizes = np.array([max(len(n), len(text)) for n, text, _ in kept])
            good = fits / sizes > np.quantile(fits / sizes, 0.06)
            kept = [p for p, keep in zip(kept, good, strict=True) if keep]
            arrays = _encode(kept, index)
    table: dict[str, dict[str, float]] = {}
    for symbol, row in zip(symbols, logp, strict=True):
        codes = np.flatnonzero(row > np.log(0.0015))
        table[symbol] = {_chunk(int(c)): round(float(row[c]), 2) for c in codes}
    fitted = calibrate(Transducer(lean(table)), kept)
    return Transducer(table, fitted.middle, fitted.slope)


def _chunk(code: int) -> str:
    for size, offset in ((3, 703), (2, 27), (1, 1), (0, 0)):
        if code >= offset:
            value, out = code - offset, ""
            for _ in range(size):
                out = chr(97 + value % 26) + out
                value //= 26
            return out
    return ""


def calibrate(transducer: Transducer, pairs: list[Pair]) -> Transducer:
    """Set the likeness curve from true pairs and the nearest wrong pairs (same Latin first letter and length)."""
    import numpy as np

    rng = np.random.default_rng(7)
    chosen = [pairs[i] for i in rng.choice(len(pairs), min(3000, len(pairs)), replace=False)]
    shelf: dict[tuple[str, int], list[str]] = {}
    for _, latin, _ in pairs:
        shelf.setdefault((latin[0], len(latin)), []).append(latin)

    per_letter = transducer.per_letter
    true = np.array([per_letter(n, t) for n, t, _ in chosen])
    wrong = np.array([max(per_letter(n, shelf[t[0], len(t)][int(k)]) for k in
                          rng.integers(0, len(shelf[t[0], len(t)]), 12)) for n, t, _ in chosen])  # fmt: skip
    slope, middle = _logistic(true, wrong)
    return Transducer(transducer.table, round(middle, 3), round(slope, 3), transducer.letters)


def _logistic(true: NDArray[np.float64], wrong: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np

    x = np.concatenate([true, wrong])
    y = np.concatenate([np.ones(len(true)), np.zeros(len(wrong))])
    w = np.array([1.0, 0.0])
    design = np.stack([x, np.ones(len(x))], axis=1)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(design @ w, -30, 30)))
        grad = design.T @ (y - p) - 1e-3 * w
        hess = (design * (p * (1 - p))[:, None]).T @ design + 1e-3 * np.eye(2)
        w = w + np.linalg.solve(hess, grad)
    return float(w[0]), float(-w[1] / w[0])


class Scorer:
    """One transducer, compiled, for ranking a native token against many Latin ones."""

    def __init__(self, transducer: Transducer) -> None:
        self._packed = td.pack([Transducer(lean(transducer.table))])

    def score(self, native: str, latins: list[str]) -> NDArray[np.float32]:
        """log P(latin | native) for each of `latins` (a–z). Shape: (len(latins),)."""
        import numpy as np

        starts = np.cumsum([0] + [len(x) for x in latins]).astype(np.int64)
        flat, packed = td.letters_of("".join(latins)), self._packed
        result: NDArray[np.float32] = kernel.likely_spellings(packed.rows(0, native), flat, starts, packed.table, packed.columns)
        return result


def write(transducer: Transducer, path: Path, note: str) -> None:
    """Write one table as text: settings, then a line a letter."""
    lines = [f"# {note}", f"#= middle={transducer.middle}", f"#= slope={transducer.slope}"]
    for symbol, chunks in sorted(transducer.table.items()):
        ordered = sorted(chunks.items(), key=lambda item: -item[1])
        lines.append(symbol + "\t" + " ".join(f"{c}:{p}" for c, p in ordered))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Train every table from `DATA_DIR` (the folder with `names/`, or that folder itself)."""
    if not 1 <= len(arguments) <= 2:
        print("Usage: python -m havre.linkage.train DATA_DIR [OUT_DIR]")
        return 2
    data = Path(arguments[0])
    data = data / "names" if (data / "names").is_dir() else data
    out = Path(arguments[1]) if len(arguments) == 2 else HERE
    if not (data / "arabic_latin_tokens.tsv").is_file():
        print(f"No name pairs in {data}. Give the folder that holds arabic_latin_tokens.tsv.")
        return 1
    for script, source in SOURCES.items():
        pairs = source(data)
        name = td.FILES[script]
        print(f"{name}: learning from {len(pairs):,} pairs …", flush=True)
        write(fit(pairs), out / f"transducer_{name}.tsv", f"{name}: native letter -> Latin chunk:log-probability")
    from havre.linkage.names import frequency_training

    frequency_training.write_table(data, out / "frequencies.tsv")
    print(f"Tables written to {out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
