"""Do drawings and words of chance and evidence agree with the numbers?"""

import re

import pytest

from havre.web.parts.tags import figures
from havre.web.parts.tags.figures import Bar, Evidence


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.049, "Very unlikely"),
        (0.05, "Unlikely"),
        (0.25, "Open"),
        (0.6, "Likely"),
        (0.9, "Very likely"),
        (0.98, "Almost certain"),
    ],
)
def test_a_chance_is_said_on_the_fixed_scale(chance: float, words: str) -> None:
    assert figures.odds_words(chance) == words


def test_nothing_is_certain() -> None:
    assert figures.in_hundred(0.9999) == 99
    assert figures.in_hundred(0.0001) == 1


def test_the_dots_are_as_many_as_the_chance() -> None:
    drawn = figures.dots(0.93)
    assert drawn.count('class="y"') == 93
    assert drawn.count('class="n"') == 7
    assert "93 of 100" in drawn


def test_evidence_against_is_drawn_to_the_other_side_and_said() -> None:
    against, for_ = figures.weigh(-3.0), figures.weigh(3.0)
    assert 'class="against"' in against and 'class="for"' in for_
    start, width = map(float, re.findall(r'class="against" x="([\d.]+)" y="1" width="([\d.]+)"', against)[0])
    assert start + width == pytest.approx(100, abs=0.1)
    assert figures.weight_words(-3.0) == "Some, against."
    assert figures.factor_words(-3.0) == "8 times more usual by chance than in one family."


def test_one_side_only_says_nothing_yet() -> None:
    assert figures.weight_words(None) == "Nothing yet."
    assert 'class="for"' not in figures.weigh(None)


def test_a_weight_near_zero_is_neither() -> None:
    assert figures.weight_words(0.05) == "Neither for nor against."
    assert figures.factor_words(0.05) == ""


def test_the_strongest_evidence_stands_first_and_the_missing_last() -> None:
    rows = [Evidence("a", "", "", 1.0), Evidence("b", "", "", None), Evidence("c", "", "", -4.0)]
    shown = figures.evidence(rows)["rows"]
    assert isinstance(shown, list)
    assert [one["row"].label for one in shown] == ["c", "a", "b"]


def test_small_counts_are_not_drawn() -> None:
    shown = figures.plot([Bar("x", 612, 14), Bar("y", 7, few=True)])
    assert shown["step"] == "100"
    assert len(shown["ticks"]) == 8  # type: ignore[arg-type]


def test_a_small_prior_is_said_in_two_figures() -> None:
    assert figures.odds(0.5, prior=0.0000833)["one_in"] == "12,000"
