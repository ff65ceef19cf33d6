"""Where do the shipped tables come from, and how are they made again?

`havre linkage train DATA_DIR [--out DIR]` reads the public name pairs (see `linkage/data/README.md` for
sources and licences) and writes the transducers and the name frequencies. One pair in twenty, chosen by a hash of
the native token, is held out and never trained on, so that a benchmark can measure on names not seen.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from havre.linkage.names import frequency_training
from havre.linkage.names import latin as letters
from havre.linkage.names import transducer as td
from havre.linkage.names.normalise import joined
from havre.linkage.names.scripts import Script
from havre.linkage.train_transducer import Pair, calibrate, fit

HERE = Path(__file__).parent / "data"


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
    return _mined(data / "russian_latin.tsv", part)


def hebrew_pairs(data: Path, *, part: str = "train") -> list[Pair]:
    """Hebrew tokens with a Latin spelling, held-out twentieth apart."""
    return _mined(data / "hebrew_latin.tsv", part)


def _mined(path: Path, part: str) -> list[Pair]:
    out: list[Pair] = []
    for row in _tsv(path):
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
    Script.HEBREW: hebrew_pairs,
}
LEAST = {Script.BURMESE: 10.0}  # sightings from which a letter is told apart by its neighbours; 40 where not said


def train(data: Path, out: Path, tell: Callable[[str], None] = print) -> None:
    """Train every table from `data` (the folder with `names/`, or that folder itself) and write them to `out`.

    Raises ValueError where the name pairs are not there.
    """
    data = data / "names" if (data / "names").is_dir() else data
    if not (data / "arabic_latin_tokens.tsv").is_file():
        raise ValueError(f"No name pairs in {data}. Give the folder that holds arabic_latin_tokens.tsv.")
    out.mkdir(parents=True, exist_ok=True)
    pairs = {script: source(data) for script, source in SOURCES.items()}
    usual = letters.learn({text for learned in pairs.values() for _, text, _ in learned})
    letters.write(usual, out / letters.FILE)
    for script, learned in pairs.items():
        name = td.FILES[script]
        tell(f"{name}: learning from {len(learned):,} pairs …")
        fitted = calibrate(fit(learned, LEAST.get(script, 40.0)), learned, usual)
        td.write(fitted, out / f"transducer_{name}.tsv", f"{name}: native letter, alone or beside another -> Latin chunk:per mille")
    frequency_training.write_table(data, out / "frequencies.tsv")
    tell(f"Tables written to {out}.")


@click.command(name="train", help="Learn the shipped tables of names again from public name pairs (about a minute).")
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=HERE, help="Where to write the tables; else over those in use.")
def command(data: Path, out: Path) -> None:
    """Train, or say in plain words what is missing."""
    try:
        train(data, out, click.echo)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
