"""How common is each name? Estimates shares from public lists of popular names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from havre.linkage.names.sounds import skeleton
from havre.linkage.names.tokens import tokens

TOP_SHARE = 0.025  # of people of one sex who bear the most popular forename of their country
FADE = 0.65  # share falls with rank ** FADE
KEPT = 6000
HIGHEST = 0.03  # no name is taken to be more usual: a register mixes peoples


def _forenames(path: Path) -> Iterator[tuple[str, str, float]]:
    """(country, name, share of all people) by popularity rank within country and sex."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = row["Romanized Name"] or row["Localized Name"]
            rank = int(row["Index"] or 1)
            yield row["Country"], name, 0.5 * TOP_SHARE / rank**FADE


def _surnames(path: Path) -> Iterator[tuple[str, str, float]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = row["Romanized Name"] or row["Localized Name"]
            share = float(row["Percent"]) if row["Percent"] else 0.01 / int(row["Rank"] or 1) ** FADE
            yield row["Country"], name, share


def _mined(path: Path, label: str) -> Iterator[tuple[str, str, float]]:
    """Names by the number of Wikidata labels that carry them."""
    rows = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]
    total = sum(float(row[2]) for row in rows)
    for row in rows:
        if float(row[2]) >= 4:
            yield label, row[0], float(row[2]) / total


def shares(data: Path) -> dict[str, float]:
    """Estimated share of people by skeleton of a name: the mean of the two countries where it is most usual."""
    seen: dict[str, dict[str, float]] = {}
    sources = (
        _forenames(data / "popular_forenames.csv"),
        _surnames(data / "popular_surnames.csv"),
        _mined(data / "arabic_latin.tsv", "mined-ar"),
        _mined(data / "russian_latin.tsv", "mined-ru"),
    )
    for source in sources:
        for country, name, share in source:
            for token in tokens(name):
                key = skeleton(token)
                if key:
                    by_country = seen.setdefault(key, {})
                    by_country[country] = by_country.get(country, 0.0) + share
    out = {key: min(HIGHEST, sum(sorted(by.values())[-2:]) / 2) for key, by in seen.items()}
    return dict(sorted(out.items(), key=lambda item: (-item[1], item[0]))[:KEPT])


def write_table(data: Path, path: Path) -> None:
    """Write `skeleton<TAB>share`, most common first."""
    lines = ["# share of people by consonant skeleton of a name"]
    lines += [f"{key}\t{share:.6f}" for key, share in shares(data).items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
