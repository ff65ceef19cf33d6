"""Which spellings are one name in a language, and which names must be told apart?

The tables in `pairs/` are written so that a speaker can read and correct them: `same` or `other`, then the two names.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from havre.linkage.names.similarity import CLOSE, name_similarity

PAIRS = Path(__file__).parent / "pairs"


def _table(language: str) -> dict[str, list[tuple[str, str]]]:
    rows: dict[str, list[tuple[str, str]]] = {"same": [], "other": []}
    for line in (PAIRS / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, a, b = line.split("\t")
            rows[kind].append((a, b))
    return rows


LANGUAGES = sorted(path.stem for path in PAIRS.glob("*.tsv"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_spellings_of_one_name_are_close(language: str) -> None:
    rows = _table(language)["same"]
    assert len(rows) >= 15
    assert [(a, b, round(name_similarity(a, b), 2)) for a, b in rows if name_similarity(a, b) < CLOSE] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_names_are_not_close(language: str) -> None:
    rows = _table(language)["other"]
    assert len(rows) >= 7
    assert [(a, b, round(name_similarity(a, b), 2)) for a, b in rows if name_similarity(a, b) >= CLOSE] == []


def test_no_language_is_left_out() -> None:
    """Languages for which there are no name pairs to learn from stand in tables of their own."""
    assert {"tigrinya", "somali", "hausa", "swahili", "dari", "pashto", "rohingya"} <= set(LANGUAGES)
