"""How are names spelled in Latin letters, as public pairs attest? And lists written by hand."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from bench.linkage.families.pools import Name, falling

TYPED = Path(__file__).parent / "typed.tsv"
MOST_FORMS = 7
LEAST_SHARE = 0.04  # of the commonest spelling's count; rarer pairs in mined data are mostly mistakes
LIKE = 50  # per cent of letters shared with the commonest spelling; less is another word that stood beside it
ARABIC_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})


def _words(cell: str) -> list[str]:
    return [word.replace("_", " ") for word in cell.split(",")]


def typed() -> dict[tuple[str, str], list[str]]:
    """(group, role) -> entries of the typed list."""
    out: dict[tuple[str, str], list[str]] = {}
    for line in TYPED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group, role, entries = line.split("\t")
            out[group, role] = entries.split(" ")
    return out


def entry(text: str, *, latin_only: bool) -> tuple[str | None, list[str]]:
    """Native spelling and Latin spellings of one typed entry; the latter empty where the public pairs are to say."""
    native, equals, latin = text.partition("=")
    if equals:
        return native.replace("_", " "), _words(latin)
    return (None, _words(native)) if latin_only else (native.replace("_", " "), [])


def fold(native: str) -> str:
    """Native letters as mined pairs are looked up: hamza and final letters without their variants."""
    return native.translate(ARABIC_FOLD)


def pairs(path: Path) -> dict[str, Counter[str]]:
    """Folded native token -> Latin spellings with their counts, of a file `latin, native with spaced letters, count`."""
    out: dict[str, Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        latin, native, count = line.split("\t")
        word = fold(native.replace(" ", ""))
        if len(word) > 2 and re.fullmatch(r"[a-zA-Zà-ž'’-]+", latin):
            out.setdefault(word, Counter())[latin[:1].upper() + latin[1:]] += int(count)
    return out


def usual(counts: Counter[str]) -> dict[str, float]:
    """Attested spellings by the square root of their count (names in registers are spelled less evenly than in encyclopedias)."""
    from rapidfuzz.fuzz import ratio

    best = counts.most_common(MOST_FORMS)
    usual_one, most = best[0]
    return {word: count**0.5 for word, count in best if count >= LEAST_SHARE * most and ratio(word.lower(), usual_one.lower()) >= LIKE}


def surnames(data: Path, countries: set[str]) -> list[Name]:
    """Popular surnames of countries that write in Latin letters, most popular first."""
    best: dict[str, int] = {}
    with (data / "names" / "popular_surnames.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["Country"] in countries and row["Romanized Name"]:
                best[row["Romanized Name"]] = min(int(row["Rank"]), best.get(row["Romanized Name"], 10**6))
    return [Name({}, plain(word)) for word in sorted(best, key=lambda w: (best[w], w))]


def forenames(data: Path, countries: set[str], sex: str) -> list[Name]:
    """Popular forenames of countries that write in Latin letters, those popular in most countries first."""
    counts: Counter[str] = Counter()
    with (data / "names" / "popular_forenames.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["Country"] in countries and row["Gender"] == sex and row["Romanized Name"]:
                counts[row["Romanized Name"]] += 1
    return [Name({}, plain(word)) for word, _ in counts.most_common()]


def plain(word: str) -> dict[str, float]:
    """A Latin name as written with and without its accents."""
    import unicodedata

    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return falling([word, bare]) if bare != word else {word: 1.0}
