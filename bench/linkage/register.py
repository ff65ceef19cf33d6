"""An invented register of families, and tracing queries for some of its children, with the truth kept apart.

Independent of the matcher: spellings come from public name pairs, errors from plain rules written here. Families
share father, grandfather, mother and village; brothers and sisters are the hard negatives. Names of a culture are
drawn with the uneven popularity real names have.
"""

from __future__ import annotations

import random
import string
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from bench.linkage.scripts import ethiopic_pairs
from havre.linkage import Description, Name, Sibling

CULTURES = ("arabic", "cyrillic", "ethiopic", "latin")
YEAR = 2026
Person = dict[str, object]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one culture in order of popularity, each with its spellings in native and Latin letters."""

    native: tuple[str, ...]
    latin: dict[str, tuple[str, ...]]
    popularity: tuple[float, ...]  # cumulative; share falls as 1 / (rank + 12)

    def draw(self, rng: random.Random) -> str:
        """One name; low ranks far more often."""
        return rng.choices(self.native, cum_weights=self.popularity)[0]

    def spelling(self, name: str, latin: bool, rng: random.Random) -> str:
        """One of its spellings in the wanted letters."""
        return rng.choice(self.latin.get(name, (name,))) if latin else name


def _names(native: tuple[str, ...], latin: dict[str, tuple[str, ...]]) -> Names:
    return Names(native, latin, tuple(accumulate(1 / (rank + 12) for rank in range(len(native)))))


def _mined(path: Path, least: int) -> Names:
    """Names with Latin spellings seen at least `least` times, most frequent first."""
    counts: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        latin, native, count = line.split("\t")
        word = native.replace(" ", "")
        if int(count) >= least and len(word) > 2 and latin.isascii():
            counts[word] += int(count)
            spellings.setdefault(word, Counter())[latin] += int(count)
    best = tuple(word for word, _ in counts.most_common(1500))
    usual = {w: tuple(s for s, n in spellings[w].most_common(4) if n * 8 >= spellings[w].most_common(1)[0][1]) for w in best}
    return _names(best, usual)


def _ethiopic(data: Path) -> Names:
    spellings: dict[str, list[str]] = {}
    for native, latin in ethiopic_pairs(data):
        spellings.setdefault(native, []).append(latin)
    order = sorted(spellings)
    random.Random(3).shuffle(order)
    return _names(tuple(order), {n: tuple(s) for n, s in spellings.items()})


def _latin(data: Path) -> Names:
    import csv

    with (data / "names" / "popular_forenames.csv").open(encoding="utf-8-sig") as file:
        wanted = {"FR", "ES", "ML", "HT", "CO", "MA", "DZ", "TR", "VE", "BO", "EC", "PH"}
        counts = Counter(row["Romanized Name"] for row in csv.DictReader(file) if row["Country"] in wanted)
    order = tuple(n for n, _ in counts.most_common() if n.isalpha())
    return _names(order, {n: (n,) for n in order})


def load_names(data: Path) -> dict[str, Names]:
    """Names by culture."""
    return {
        "arabic": _mined(data / "names" / "arabic_latin.tsv", 4),
        "cyrillic": _mined(data / "names" / "russian_latin.tsv", 15),
        "ethiopic": _ethiopic(data),
        "latin": _latin(data),
    }


def _slip(text: str, rng: random.Random) -> str:
    """One slip of the pen: a letter lost, doubled, exchanged with its neighbour, or another one."""
    if len(text) < 4:
        return text
    i = rng.randrange(1, len(text) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:i] + text[i + 1 :]
    if kind == 1:
        return text[:i] + text[i] + text[i:]
    if kind == 2:
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:i] + (rng.choice(string.ascii_lowercase) if text.isascii() else rng.choice(text)) + text[i + 1 :]


class World:
    """The register and the means to query it. `persons[i]` is the registered description of child `i`."""

    def __init__(self, data: Path, size: int, seed: int = 17) -> None:
        self.rng = random.Random(seed)
        self.names = load_names(data)
        self.truth: list[Person] = []
        self.culture: list[str] = []
        self.villages = {c: [self.names[c].draw(self.rng) for _ in range(600)] for c in CULTURES}
        while len(self.truth) < size:
            self._family(self.rng.choice(CULTURES))
        self.persons = [self.describe(i, self.rng, registered=True) for i in range(len(self.truth))]

    def _family(self, culture: str) -> None:
        rng, names = self.rng, self.names[culture]
        father, grandfather, mother = names.draw(rng), names.draw(rng), names.draw(rng)
        region = rng.randrange(10)
        village = self.villages[culture][region * 60 + rng.randrange(60)]
        count = rng.choice((1, 1, 2, 2, 3, 4, 5))
        given: list[str] = []
        while len(given) < count:
            name = names.draw(rng)
            if name not in given:
                given.append(name)
        births = sorted(rng.uniform(YEAR - 17, YEAR - 1) for _ in range(count))
        first = len(self.truth)
        for k in range(count):
            self.truth.append(
                {
                    "given": given[k], "father": father, "grandfather": grandfather, "mother": mother,
                    "birth": births[k], "sex": rng.choice(("female", "male")), "region": region, "village": village,
                    "siblings": [first + j for j in range(count) if j != k],
                }
            )  # fmt: skip
            self.culture.append(culture)

    def _write(self, culture: str, name: str, latin: bool, rng: random.Random, slips: float) -> str:
        text = self.names[culture].spelling(name, latin, rng)
        return _slip(text, rng) if rng.random() < slips else text

    def describe(self, i: int, rng: random.Random, *, registered: bool) -> Description:
        """Child `i` as written down: registered in either script, or sought by a relative in either script."""
        t, culture = self.truth[i], self.culture[i]
        latin = rng.random() < (0.6 if registered else 0.5)
        slips = 0.04 if registered else 0.08

        def write(name: object) -> str:
            return self._write(culture, str(name), latin, rng, slips)

        given = t["given"] if registered or rng.random() > 0.02 else self.names[culture].draw(rng)
        chain = [write(t["father"])] + ([write(t["grandfather"])] if rng.random() < 0.7 else [])
        full = [write(given), *chain]
        if not registered and rng.random() < 0.03:
            full[0], full[1] = full[1], full[0]
        names = [Name(" ".join(full))]
        if rng.random() < 0.7:
            names.append(Name(write(t["mother"]), "mother"))
        age = YEAR - float(str(t["birth"])) + rng.gauss(0, 0.8 if registered else 1.0)
        spread = rng.choice((0, 0, 1, 2))
        low = max(0, int(age) - spread)
        village = write(t["village"]) if rng.random() < 0.7 else None
        origin = (culture, f"region-{t['region']}") + ((village,) if village else ())
        wanted = 0.5 if registered else 0.6
        siblings = tuple(
            Sibling((write(self.truth[j]["given"]),), max(0.0, round(YEAR - float(str(self.truth[j]["birth"])) + rng.gauss(0, 1))))
            for j in t["siblings"]  # type: ignore[attr-defined]
            if rng.random() < 0.7
        )
        sex = str(t["sex"]) if rng.random() > 0.005 else ("male" if t["sex"] == "female" else "female")
        return Description(
            names=tuple(names),
            sex=sex,
            age_min=float(low),
            age_max=float(low + 2 * spread),
            recorded_on=f"{YEAR}-01-01",
            origin=origin,
            siblings=siblings if rng.random() < wanted else (),
            id=str(i),
        )

    def query(self, i: int) -> Description:
        """A relative's description of child `i`."""
        return replace(self.describe(i, self.rng, registered=False), id=None)
