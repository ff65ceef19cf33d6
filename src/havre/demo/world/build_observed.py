"""Which Latin spellings of the pools' names were counted in public data? Rebuilds `data/observed.tsv`.

Run: `python -m havre.demo.world.build_observed DIR`, DIR holding `arabic_latin.tsv` and
`russian_latin.tsv` of steveash/NETransliteration-COLING2018 (MIT text, data from Wikidata, CC0): Latin
token, native token with its letters spaced, count. A spelling is kept when counted at least twice and
close to one already listed for the name.
"""

import sys
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path

from havre.demo.world.pools import TABLES

LEAST_COUNT, LEAST_LIKENESS, MOST = 2, 0.72, 4


def listed() -> dict[str, set[str]]:
    """Latin spellings in the hand-written tables, by native spelling."""
    known: dict[str, set[str]] = {}
    for table in TABLES:
        text = (files("havre.demo.world") / "data" / f"{table}.tsv").read_text(encoding="utf-8")
        for line in text.splitlines()[1:]:
            _pool, native, latin, variants = line.split("\t")
            known.setdefault(native, set()).update(filter(None, [latin, *variants.split("|")]))
    return known


def observed(source: Path, known: dict[str, set[str]]) -> list[tuple[str, str, int]]:
    """(native, Latin, count) found in one file for the known names, commonest first."""
    lowered = {native.casefold(): native for native in known}
    found: list[tuple[str, str, int]] = []
    for line in source.read_text(encoding="utf-8").splitlines():
        latin, spaced, count = line.split("\t")
        native = lowered.get(spaced.replace(" ", ""))
        if native is None or int(count) < LEAST_COUNT or not (latin.isascii() and latin.isalpha()):
            continue
        near = max(SequenceMatcher(None, latin, v.lower()).ratio() for v in known[native])
        if near >= LEAST_LIKENESS and latin.title() not in known[native]:
            found.append((native, latin.title(), int(count)))
    return sorted(found, key=lambda row: (row[0], -row[2], row[1]))


def main(folder: Path) -> None:
    """Write the table from the files in `folder`."""
    known, kept = listed(), dict[str, int]()
    lines = ["native\tlatin\tcount"]
    for name in ("arabic_latin.tsv", "russian_latin.tsv"):
        for native, latin, count in observed(folder / name, known):
            kept[native] = kept.get(native, 0) + 1
            if kept[native] <= MOST:
                lines.append(f"{native}\t{latin}\t{count}")
    target = Path(__file__).parent / "data" / "observed.tsv"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
