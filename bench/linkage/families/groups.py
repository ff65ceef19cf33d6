"""The language groups of the register: their names, letters, places, and which names of a chain their people are known by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bench.linkage.families import attested, habits
from bench.linkage.families.pools import Name, Numbers, Pool, Weighted, falling, pool

RARE = 900  # names after the usual ones, where data hold many more
COMPOUNDS = 2500  # compound names made of parts, of which a long tail of rare names consists
Glue = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A language group. `script` is that of its native letters, or `latin`. Nicknames: number of the nickname, -1 for none."""

    code: str
    script: str
    country: str
    male: Pool
    female: Pool
    places: Pool  # first words of village names
    nicknames: Pool | None
    nick_male: Numbers
    nick_female: Numbers
    family: Pool | None = None
    family_female: Pool | None = None  # the forms women bear, same numbers
    patronymic: tuple[Pool, Pool] | None = None  # of the father's name for a son and a daughter, same numbers as `male`
    second_surname: bool = False
    family_share: float = 1.0  # of families that use one
    grandfather_share: float = 0.7  # of registrations that name the father's father
    drops_spaces: bool = False


Maker = Callable[[Path], Group]


def _typed(group: str, role: str, native_forms: Callable[[str], Weighted], latin_of: Callable[[str], Weighted] | None) -> list[Name]:
    """Names of one role of the typed list; `latin_of` spells those without Latin spellings of their own."""
    out = []
    for text in attested.typed().get((group, role), []):
        native, latin = attested.entry(text, latin_only=latin_of is None and "=" not in text)
        spelled = falling(latin) if latin else latin_of(native or "") if latin_of else {}
        if spelled:
            out.append(Name(native_forms(native) if native else {}, spelled))
    return out


def _itself(word: str) -> Weighted:
    return {word: 1.0}


def _halves(names: Iterable[Name]) -> tuple[list[Name], list[Name]]:
    """Names whose bearers' sex the data do not say, dealt to both by a hash."""
    sides: tuple[list[Name], list[Name]] = ([], [])
    for name in names:
        sides[hashlib.blake2b(name.key.encode(), digest_size=1).digest()[0] & 1].append(name)
    return sides


def _compounds(heads: list[Name], tails: list[Name], glue: Glue, native_glue: str, most: int = COMPOUNDS, seed: int = 5) -> list[Name]:
    """Compound names of two different parts, each part drawn by its popularity."""
    rng = np.random.default_rng(seed)
    a, b = pool(heads).draw(3 * most, rng), pool(tails).draw(3 * most, rng)
    out: dict[str, Name] = {}
    for head, tail in ((heads[i], tails[j]) for i, j in zip(a, b, strict=True) if heads[i].key != tails[j].key):
        native = habits.joined(dict(head.native), dict(tail.native), ((native_glue, 1.0),)) if head.native else {}
        name = Name(native, habits.joined(dict(head.latin), dict(tail.latin), glue))
        out.setdefault(name.key, name)
        if len(out) >= most:
            break
    return list(out.values())


def _nicknames(group: str, latin_only: bool, given: Pool, script_forms: Callable[[str], Weighted]) -> tuple[list[Name], Numbers]:
    names: list[Name] = []
    numbers = np.full(len(given.keys), -1, dtype=np.int64)
    for text in attested.typed().get((group, "nick"), []):
        formal, _, nick = text.partition(">")
        native, latin = attested.entry(nick, latin_only=latin_only)
        if formal in given.keys:
            numbers[given.keys[formal]] = len(names)
        names.append(Name(script_forms(native) if native else {}, falling(latin)))
    return names, numbers


def _group(code: str, script: str, country: str, male: list[Name], female: list[Name], places: list[Name] | None = None,
           family: list[Name] | None = None, native_forms: Callable[[str], Weighted] = _itself, **further: object) -> Group:  # fmt: skip
    men, women = pool(male), pool(female)
    latin_only = script == "latin"
    nicks, of_men = _nicknames(code, latin_only, men, native_forms)
    _, of_women = _nicknames(code, latin_only, women, native_forms)
    return Group(
        code, script, country, men, women, pool(places or _typed(code, "place", native_forms, None)),
        pool(nicks, [1.0] * len({n.key for n in nicks})) if nicks else None, of_men, of_women,
        family=pool(family) if family else None, **further)  # type: ignore[arg-type]  # fmt: skip


def _attested_latin(path: Path, fallback: Callable[[str], Weighted] | None = None) -> Callable[[str], Weighted]:
    found = attested.pairs(path)

    def latin(native: str) -> Weighted:
        counts = found.get(attested.fold(native))
        return attested.usual(counts) if counts else fallback(native) if fallback else {}

    return latin


def _arabic(data: Path) -> Group:
    path = data / "names" / "arabic_latin.tsv"
    latin = _attested_latin(path)
    male, female = (_typed("arabic", role, habits.in_arabic, latin) for role in "mf")
    servants = _compounds([Name({"عبد": 1.0}, {"Abd": 0.4, "Abdul": 0.4, "Abdel": 0.2})], _typed("arabic", "tail", _itself, latin),
                          (("^", 0.35), (" ", 0.4), ("-", 0.1), (" al-", 0.05), (" El ", 0.1)), "", 60)  # fmt: skip
    known = {attested.fold(n.key) for n in (*male, *female)}
    rare = {w: c for w, c in attested.pairs(path).items() if w not in known and set(w) & set("عحصضظ") and sum(c.values()) >= 2}
    tail = [Name({w: 1.0}, attested.usual(c)) for w, c in sorted(rare.items(), key=lambda item: -sum(item[1].values()))[:1500]]
    men, women = _halves(tail)
    return _group("arabic", "arabic", "SD", male[:20] + servants[:8] + male[20:] + servants[8:] + men, female + women,
                  family=_typed("arabic", "family", habits.in_arabic, None) + men[:300], native_forms=habits.in_arabic,
                  family_share=0.4)  # fmt: skip


def _geez(data: Path) -> list[Name]:
    register: dict[str, str] = {}
    names: dict[str, Name] = {}
    for line in (data / "names" / "geez_latin_sgc.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 2 and cells[2].strip():
            register[cells[0].strip()] = cells[2].strip()
            names[cells[0].strip()] = Name(habits.in_geez(cells[0].strip()), habits.from_geez(cells[1].replace("-", " "), cells[2].strip()))
    for line in (data / "names" / "geez_latin_ba.tsv").read_text(encoding="utf-8").splitlines():
        cells = [c.strip() for c in line.split("\t")]
        if len(cells) > 1 and not line.startswith("#") and len(cells[0]) > 2 and cells[0] not in names and " " not in cells[0]:
            native = habits.in_geez(cells[0]) | ({cells[2]: 0.2} if len(cells) > 2 and cells[2] else {})
            names[cells[0]] = Name(native, habits.from_geez(cells[1], register.get(cells[0])))
    return [name for name in names.values() if name.latin]


def _amharic(data: Path) -> Group:
    men, women = _halves(_geez(data))
    return _group("amharic", "ethiopic", "ET", _typed("amharic", "m", habits.in_geez, None) + men[:RARE],
                  _typed("amharic", "f", habits.in_geez, None) + women[:RARE], native_forms=habits.in_geez, grandfather_share=0.8)  # fmt: skip


def _tigrinya(data: Path) -> Group:
    heads, tails = (_typed("tigrinya", role, _itself, None) for role in ("head", "tail"))
    compounds = _compounds(heads, tails, (("^", 0.6), (" ", 0.4)), "", 80)
    male, female = (_typed("tigrinya", role, habits.in_geez, None) for role in "mf")
    both = _compounds(female, male, ((" ", 1.0),), " ", 300)
    return _group("tigrinya", "ethiopic", "ER", male[:12] + compounds[:12] + male[12:] + compounds[12:],
                  female + [Name(n.native, n.latin) for n in both[:60]], native_forms=habits.in_geez, grandfather_share=0.8)  # fmt: skip


def _slavic(data: Path, code: str, country: str) -> Group:
    ukrainian = code == "ukrainian"
    other = dict(text.split(">") for text in attested.typed().get((code, "other"), []))
    latin = partial(habits.from_cyrillic, ukrainian=ukrainian)

    def native(word: str) -> Weighted:
        return habits.in_cyrillic(word, other.get(word))

    def both(word: str) -> Weighted:
        return {w: s for w, s in latin(word).items()} | ({w: 0.3 * s for w, s in habits.from_cyrillic(other[word]).items()} if word in other else {})

    male, female, family = (_typed(code, role, native, both) for role in ("m", "f", "family"))
    rare = [w.capitalize() for w, c in sorted(attested.pairs(data / "names" / "russian_latin.tsv").items(), key=lambda item: -sum(item[1].values()))
            if w.endswith(("енко", "чук") if ukrainian else ("ов", "ев", "ин", "ский")) and len(w) > 5]  # fmt: skip
    family += [Name(native(w), both(w)) for w in rare[:1500]]
    kept = list(dict.fromkeys(n.key for n in family))
    women = [habits.feminine(w, ukrainian=ukrainian) for w in kept]
    fathers = list(dict.fromkeys(n.key for n in male))
    chains = [[habits.patronymic(w, male=sex, ukrainian=ukrainian) for w in fathers] for sex in (True, False)]
    sons, daughters = (_numbered([Name({w: 1.0}, latin(w)) for w in chain]) for chain in chains)
    return _group(code, "cyrillic", country, male, female, family=family, native_forms=native, grandfather_share=0.15,
                  patronymic=(sons, daughters), family_female=_numbered([Name(native(w), latin(w)) for w in women]))  # fmt: skip


def _numbered(names: list[Name]) -> Pool:
    """A pool that keeps one place for every name given, so that its numbers are those of another pool."""
    from bench.linkage.families.pools import forms

    return Pool(forms([n.native for n in names]), forms([n.latin for n in names]), np.linspace(1 / len(names), 1, len(names)), {})


def _burmese(data: Path) -> Group:
    parts = _typed("burmese", "part", _itself, None)
    two = _compounds(parts, parts, ((" ", 0.9), ("^", 0.1)), "", 1800)
    three = _compounds(two[:600], parts, ((" ", 1.0),), "", 1200, seed=6)
    mixed = [name for pair in zip(two, three, strict=False) for name in pair] + two[len(three) :]
    slim = [Name(n.native, dict(sorted(n.latin.items(), key=lambda item: -item[1])[:10])) for n in mixed]
    men, women = _halves(slim)
    return _group("burmese", "burmese", "MM", men, women, grandfather_share=0.2)


def _hebrew(data: Path) -> Group:
    path = data / "names" / "hebrew_latin.tsv"
    latin = _attested_latin(path, habits.from_hebrew)
    male, female, family = (_typed("hebrew", role, habits.in_hebrew, latin) for role in ("m", "f", "family"))
    mined = sorted(attested.pairs(path).items(), key=lambda item: -sum(item[1].values()))
    family += [Name({w: 1.0}, attested.usual(c)) for w, c in mined[:1500] if len(w) > 3]
    return _group("hebrew", "hebrew", "IL", male, female, family=family, native_forms=habits.in_hebrew, grandfather_share=0.2)


def _west_african(data: Path) -> Group:
    male, female, family = (_typed("west_african", role, _itself, None) for role in ("m", "f", "family"))
    french = attested.forenames(data, {"FR", "BE", "ML", "HT"}, "M"), attested.forenames(data, {"FR", "BE", "ML", "HT"}, "F")
    double = [_compounds(names, names, ((" ", 0.8), ("-", 0.2)), "", 500) for names in (male, female)]
    return _group("west_african", "latin", "ML", male + french[0] + double[0], female + french[1] + double[1], family=family, grandfather_share=0.3)


SPANISH = {"ES", "MX", "CO", "VE", "BO", "EC", "PE", "SV", "GT", "CR", "CU", "DO", "PY", "AR", "CL"}


def _spanish(data: Path) -> Group:
    def given(role: str) -> list[Name]:
        names = [Name({}, attested.plain(n.key) | dict(n.latin)) for n in _typed("spanish", role, _itself, None)]
        return names + attested.forenames(data, SPANISH, role.upper()) + _compounds(names, names, ((" ", 1.0),), "", 1500)

    return _group("spanish", "latin", "HN", given("m"), given("f"), family=attested.surnames(data, SPANISH), grandfather_share=0.1, second_surname=True)


def _somali(data: Path) -> Group:
    male, female = (_typed("somali", role, _itself, None) for role in "mf")
    return _group("somali", "latin", "SO", male + _compounds(male, male, ((" ", 1.0),), "", 150), female, grandfather_share=0.85)


def _dari_pashto(data: Path) -> Group:
    male, female, family, tails = (_typed("dari_pashto", role, _itself, None) for role in ("m", "f", "family", "tail"))
    tailed = [n for n in _compounds(male, tails, (("", 1.0),), "", 400)]
    double = _compounds(male[:30], male, ((" ", 1.0),), " ", 400, seed=8)
    return _group("dari_pashto", "arabic", "AF", male[:15] + tailed[:25] + double[:15] + male[15:] + tailed[25:] + double[15:], female,
                  family=family, family_share=0.55, grandfather_share=0.5)  # fmt: skip


GROUPS: dict[str, Maker] = {
    "arabic": _arabic,
    "amharic": _amharic,
    "tigrinya": _tigrinya,
    "russian": partial(_slavic, code="russian", country="RU"),
    "ukrainian": partial(_slavic, code="ukrainian", country="UA"),
    "burmese": _burmese,
    "hebrew": _hebrew,
    "west_african": _west_african,
    "spanish": _spanish,
    "somali": _somali,
    "dari_pashto": _dari_pashto,
}


def load(data: Path, codes: set[str] | None = None) -> list[Group]:
    """The groups of these codes (all where none is given), made from the public data and the typed lists."""
    return [make(data) for code, make in GROUPS.items() if not codes or code in codes]
