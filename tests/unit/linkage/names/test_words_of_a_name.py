"""Names are split where they end, patronymics name the father, and what is no name is left out."""

from __future__ import annotations

import pytest

from havre.linkage.names.romanise import romanise
from havre.linkage.names.tokens import tokens


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Петренко Іван Сергійович", ("іван", "сергій", "петренко")),
        ("Николай Алексеевич Смирнов", ("николай", "алексей", "смирнов")),
        ("Петрова Анна Ивановна", ("анна", "иван", "петрова")),
        ("Ivanov Petr Sergeevich", ("petr", "sergey", "ivanov")),
        ("Roman Abramovich", ("roman", "abramovich")),
        ("Maria Elena Markovich", ("maria", "elena", "markovich")),
        ("García Márquez, Gabriel", ("gabriel", "garcia", "marquez")),
        ("Mohamed Ould Abdel Aziz", ("mohamed", "abdulaziz")),
        ("Ahmed bin Salem bin Ali", ("ahmed", "salem", "ali")),
        ("Hajiya A'isha Muhammadu", ("aisha", "muhammadu")),
        ("Fatema Begum", ("fatema",)),
        ("ဒေါ်ခင်ခင်", ("ခင်ခင်",)),
        ("আব্দুল করিম", ("আব্দুল্করিম",)),
        ("ኣቶ ተስፋይ", ("ተስፋይ",)),
    ],
)
def test_words_are_read_as_said(written: str, read: tuple[str, ...]) -> None:
    assert tokens(written) == read


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("राजकुमार", "rajkumar"), ("कृष्ण", "krishna"), ("सीता", "sita"), ("রহমান", "rahman"), ("আয়েশা", "ayesha"), ("প্রিয়া", "priya"),
        ("ευαγγελοσ", "evangelos"), ("χρηστοσ", "christos"), ("μπαμπησ", "babis"), ("ντινα", "dina"), ("אריאל", "aryal"), ("משה", "msha"),
        ("дзюба", "zyuba"), ("ښايسته", "shaysta"),
    ],
)  # fmt: skip
def test_scripts_are_read_by_their_orthography(native: str, latin: str) -> None:
    assert romanise(native) == latin
