"""Two small registers of invented families, the second with slips, other letters and missing values."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from havre.linkage.files import read_table

GIVEN = {
    "Amina": "أمينة", "Yusuf": "يوسف", "Hassan": "حسن", "Maryam": "مريم", "Omar": "عمر", "Zaynab": "زينب", "Khalid": "خالد",
    "Salma": "سلمى", "Ibrahim": "إبراهيم", "Layla": "ليلى", "Mahmoud": "محمود", "Nadia": "نادية", "Tariq": "طارق", "Huda": "هدى",
}  # fmt: skip
FURTHER = {
    "Mustafa": "مصطفى", "Abdulrahman": "عبد الرحمن", "Saleh": "صالح", "Jaber": "جابر", "Suleiman": "سليمان", "Darwish": "درويش",
    "Farouk": "فاروق", "Mansour": "منصور", "Qasim": "قاسم", "Rashid": "راشد", "Haddad": "حداد", "Karim": "كريم", "Nasser": "ناصر",
}  # fmt: skip
PLACES = ("Hasakah > Al-Malikiyah", "Hasakah > Ras al-Ayn", "Deir ez-Zor > Mayadin", "Aleppo > Manbij", "Aleppo > Azaz")
HEADERS = ("id", "full_name", "mother", "sex", "birth_date", "age_min", "age_max", "recorded_on", "origin", "siblings", "phones", "languages")


def _slip(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name))
    return name[:at] + name[at - 1] + name[at:]


def registers(folder: Path, families: int, seed: int = 5) -> tuple[Path, Path]:
    """Two CSV files of about two children a family; most of the first are in the second too."""
    rng = random.Random(seed)
    left: list[list[str]] = []
    right: list[list[str]] = []
    for family in range(families):
        father, grandfather, mother = *rng.sample(sorted(FURTHER), 2), rng.choice(sorted(GIVEN))
        given = rng.sample(sorted(GIVEN), rng.randint(1, 3))
        place = rng.choice(PLACES)
        for k, name in enumerate(given):
            year, number = rng.randint(2010, 2022), f"09{rng.randrange(10**8):08}"
            others = "; ".join(f"{o} ({rng.randint(2, 16)})" for o in given if o != name)
            key = f"{family}-{k}"
            left.append([
                f"a{key}", f"{name} {father} {grandfather}", mother, rng.choice(("female", "male")), f"{year}-{rng.randint(1, 12):02}-15",
                "", "", "2026-01-01", place, others, number if rng.random() < 0.2 else "", "ar",
            ])  # fmt: skip
            if rng.random() < 0.8:
                written = f"{GIVEN[name]} {FURTHER[father]}" if rng.random() < 0.5 else f"{_slip(name, rng)} {father} {grandfather}"
                age = 2026 - year + rng.choice((-1, 0, 0))
                right.append([
                    f"b{key}", written, rng.choice((mother, mother, mother, " ", "NA")), left[-1][3], "", str(age), str(age), "2026-01-01", place,
                    others if rng.random() < 0.5 else "", number if rng.random() < 0.2 else "", "ar; ku",
                ])  # fmt: skip
    rng.shuffle(right)
    paths = folder / "left.csv", folder / "right.csv"
    for path, rows in zip(paths, (left, right), strict=True):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([HEADERS, *rows])
    return paths


def together(folder: Path, left: Path, right: Path, seed: int = 7) -> Path:
    """The rows of two files in one CSV file, mixed."""
    tables = [read_table(path) for path in (left, right)]
    rows = [[row[k] or "" for k in range(len(HEADERS))] for t in tables for row in zip(*(t.column(name) for name in HEADERS), strict=True)]
    random.Random(seed).shuffle(rows)
    path = folder / "one.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, *rows])
    return path
