"""Where in the invented world are its places? Countries, and in each three administrative levels with
invented P-codes.

The places of the two demo countries come from the reference data (`demo_places.csv`), so that P-codes
agree with the rest of the system; the places of origin of children passing through come from the table
kept here.
"""

import csv
from functools import cache
from importlib.resources import files

from havre.demo.world.model import Place

HOME_COUNTRIES = ("SD", "ET")


@cache
def places() -> dict[str, Place]:
    """Every place by P-code, countries (level 0, such as `SDX`) before what lies in them."""
    found: dict[str, Place] = {}
    for code, level, name, local_name, parent in [*_reference_rows(), *_own_rows()]:
        path = (found[parent].path if parent else ()) + (code,)
        found[code] = Place(code, level, name, local_name, code[:2], path)
    return found


@cache
def villages(country: str) -> tuple[Place, ...]:
    """The level-3 places of a country, in code order."""
    return tuple(p for p in places().values() if p.country == country and p.level == 3)


def near(place: Place) -> tuple[Place, ...]:
    """The other villages of the same district."""
    return tuple(p for p in villages(place.country) if p.path[:3] == place.path[:3] and p != place)


def _own_rows() -> list[tuple[str, int, str, str, str]]:
    text = (files("havre.demo.world") / "data" / "places.tsv").read_text(encoding="utf-8")
    split = [line.split("\t") for line in text.splitlines()[1:]]
    rows = [(code, int(level), name, local, parent) for code, level, name, local, parent in split]
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _reference_rows() -> list[tuple[str, int, str, str, str]]:
    text = (files("havre") / "reference" / "data" / "demo_places.csv").read_text(encoding="utf-8-sig")
    rows: dict[str, tuple[str, int, str, str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["ADM0_PCODE"].startswith("#"):
            continue
        parent = ""
        for level in range(4):
            code = row[f"ADM{level}_PCODE"]
            name = row[f"ADM{level}_EN"]
            local = row.get(f"ADM{level}_AR") or row.get(f"ADM{level}_AM") or name
            rows[code] = (code, level, name, local, parent)
            parent = code
    return sorted(rows.values(), key=lambda row: (row[1], row[0]))
