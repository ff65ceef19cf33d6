"""Is every term of the glossary said in three languages, once, with what to avoid?"""

from pathlib import Path

CONTEXT = Path(__file__).parents[3] / "CONTEXT.md"


def rows() -> list[list[str]]:
    lines = [line for line in CONTEXT.read_text("utf-8").splitlines() if line.startswith("| **")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_each_term_has_french_spanish_a_meaning_and_words_to_avoid() -> None:
    assert len(rows()) >= 90
    for row in rows():
        assert len(row) == 5, row
        assert all(row), row
        assert row[3].endswith("."), row


def test_no_term_is_explained_twice() -> None:
    terms = [row[0] for row in rows()]
    assert len(terms) == len(set(terms))


def test_no_term_is_among_its_own_words_to_avoid() -> None:
    for row in rows():
        assert row[0].strip("*") not in [word.strip() for word in row[4].split(",")]
