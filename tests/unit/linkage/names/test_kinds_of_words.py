"""What each word of a written name is, as far as the writing says."""

from __future__ import annotations

import pytest

from havre.linkage.names.kinds import Kind, kinds


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Dr Ahmed bin Salem bin Ali", "dr:honorific ahmed:given bin:particle salem:father bin:particle ali:grandfather"),
        ("محمد ولد عبد العزيز", "محمد:given ولد:particle عبدالعزيز:father"),
        ("Nur al-Din Hassan", "nureddin:given hassan:further"),
        ("Omar Abu Bakr", "omar:given abubakr:nickname"),
        ("Петренко Іван Сергійович", "іван:given сергій:father петренко:family"),
        ("Oleksandr (Sasha) Kovalenko", "oleksandr:given kovalenko:family sasha:nickname"),
        ("Ahmed van der Berg", "ahmed:given van:particle der:particle berg:family"),
        ("Abebe Kebede", "abebe:given kebede:further"),
        ("Sheikh", "sheikh:given"),
    ],
)
def test_words_are_told_by_kind(written: str, read: str) -> None:
    assert " ".join(f"{word}:{kind}" for word, kind in kinds(written)) == read


def test_a_name_without_letters_has_no_words() -> None:
    assert kinds("—") == ()
    assert Kind.GIVEN not in [kind for _, kind in kinds("(Sasha)")]
