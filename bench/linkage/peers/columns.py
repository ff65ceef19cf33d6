"""A register as other systems like to read it: names as written and in Latin letters, phonetic keys, years of birth, places by level.

Default systems get the columns as written. Strong ones get Havre's romanisation, consonant keys and spans of birth as well,
so that what is compared is the model and the engine and not the romaniser.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("given", "father", "grandfather", "mother", "family")
YEAR: Final = 365.2425


def _day(text: str) -> float:
    return 1 + date.fromisoformat(text).toordinal() / YEAR


def span(birth_date: str | None, least: int | None, most: int | None, recorded: str) -> tuple[float | None, float | None]:
    """First and last possible moment of birth, in years; None where nothing is told."""
    if birth_date and len(birth_date) == 10:
        return _day(birth_date), _day(birth_date)
    if birth_date:
        return _day(f"{birth_date[:4]}-01-01"), _day(f"{birth_date[:4]}-12-31")
    if least is None or most is None:
        return None, None
    return _day(recorded) - most - 1, _day(recorded) - least


class Speller:
    """Latin letters and consonant keys of written names, each distinct name once."""

    def __init__(self) -> None:
        self.known: dict[str | None, tuple[str | None, str | None]] = {None: (None, None)}

    def __call__(self, names: Iterable[str | None]) -> tuple[list[str | None], list[str | None]]:
        from havre.linkage.names.romanise import romanise
        from havre.linkage.names.sounds import skeleton
        from havre.linkage.names.tokens import tokens

        latin, keys = [], []
        for name in names:
            if name not in self.known:
                parts = tokens(name or "")
                self.known[name] = (" ".join(romanise(part) for part in parts).lower() or None, skeleton("".join(parts)) or None)
            latin.append(self.known[name][0])
            keys.append(self.known[name][1])
        return latin, keys


def widened(columns: dict[str, list[Any]], source: str) -> dict[str, list[Any]]:
    """The columns with those that peers compare beside them."""
    spell, out = Speller(), dict(columns)
    out["unique_id"] = columns["id"]
    out["source_dataset"] = [f"{source}_side"] * len(columns["id"])
    for name in NAMES:
        out[f"{name}_latin"], out[f"{name}_key"] = spell(columns[name])
    spans = [span(*row) for row in zip(columns["birth_date"], columns["age_min"], columns["age_max"], columns["recorded_on"], strict=True)]
    out["born_first"], out["born_last"] = [s[0] for s in spans], [s[1] for s in spans]
    out["born_year"] = [None if s[0] is None or s[1] is None else int((s[0] + s[1]) / 2) for s in spans]
    out["born_on"] = [d if d and len(d) == 10 else None for d in columns["birth_date"]]
    places = [(text or "").split(" > ") for text in columns["origin"]]
    out["region"] = [p[1] if len(p) > 1 else None for p in places]
    out["village"] = [p[2] if len(p) > 2 else None for p in places]
    out["village_latin"], out["village_key"] = spell(out["village"])
    named = [[text.partition(" (")[0] for text in (cell or "").split("; ") if text] for cell in columns["siblings"]]
    out["sibling_keys"] = [[k for k in spell(names)[1] if k] or None for names in named]
    out["whole"] = [" ".join(filter(None, row)) for row in zip(*(columns[n] for n in ("given", "father", "grandfather", "family")), strict=True)]
    out["whole_latin"] = [" ".join(filter(None, row)) for row in zip(*(out[f"{n}_latin"] for n in ("given", "father", "grandfather", "family")), strict=True)]
    return out


def prepare(source: Path, target: Path, name: str) -> None:
    """Write `source` widened to `target`, once."""
    if target.is_file():
        return
    import pyarrow as pa
    from pyarrow import parquet

    table = widened(parquet.read_table(source).to_pydict(), name)
    parquet.write_table(pa.table(table), target)
