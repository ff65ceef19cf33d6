"""Names as people write them: which are one name, and which are not."""

from __future__ import annotations

import pytest

from havre.linkage.names.similarity import CLOSE, STRONG, name_similarity
from havre.linkage.names.sounds import skeleton
from havre.linkage.names.tokens import tokens

ONE_NAME = {
    "Arabic and Latin": [
        ("محمد", "Mohammed"), ("محمد", "Muhammad"), ("فاطمة", "Fatima"), ("عبد الرحمن", "Abdulrahman"),
        ("يوسف", "Youssef"), ("حسين", "Hussein"), ("خديجة", "Khadija"), ("زينب", "Zeinab"), ("نور الدين", "Nur al-Din"),
        ("عائشة", "Aisha"), ("عبد الله", "Abdallah"), ("قيس", "Qais"), ("ذبيح الله", "Zabihullah"),
    ],
    "Arabic with itself": [
        ("أحمد", "احمد"), ("فاطمة", "فاطمه"), ("علي", "على"), ("مُحَمَّـد", "محمد"), ("عبد الرحمن", "عبدالرحمن"),
        ("إبراهيم", "ابراهيم"), ("الرشيد", "رشيد"), ("هدى", "هدي"), ("رؤى", "روي"),
    ],
    "Persian, Urdu and Pashto letters": [
        ("گلناز", "Gulnaz"), ("شکریه", "Shukria"), ("علی", "علي"), ("کریم", "كريم"), ("غلام", "Ghulam"), ("رویا", "Roya"),
        ("پروین", "Parwin"),
    ],
    "Amharic and Tigrinya": [
        ("ሀይሌ", "Haile"), ("ሀይሌ", "ኃይሌ"), ("ሰላም", "ሠላም"), ("ፀሐይ", "ጸሃይ"), ("አበበ", "Abebe"), ("ዳዊት", "Dawit"),
        ("ተስፋይ", "Tesfay"), ("መቅደስ", "Mekdes"), ("ዮርዳኖስ", "Yordanos"), ("ራህዋ", "Rahwa"), ("ገብረ ማርያም", "Gebremariam"),
    ],
    "Ukrainian and Russian": [
        ("Олена", "Olena"), ("Олександр", "Oleksandr"), ("Дарина", "Daryna"), ("Кирило", "Kyrylo"), ("Юлія", "Yulia"),
        ("Тетяна", "Tetiana"), ("Сергій", "Serhii"),
    ],
    "Burmese": [("ထွန်း", "Htun"), ("အောင်ကျော်", "Aung Kyaw"), ("မြင့်", "Myint"), ("သန်း", "Than")],
    "three scripts": [("محمد", "መሐመድ"), ("سلام", "ሰላም"), ("تسفاي", "ተስፋይ"), ("داويت", "ዳዊት"), ("Олена", "اولينا")],
    "Latin spellings": [
        ("Mohammed", "Muhammad"), ("Abdul Rahman", "Abdulrahman"), ("Abd al-Rahman", "Abderrahmane"),
        ("Al-Rashid", "Al Rashid"), ("Alrashid", "Rashid"), ("Usama", "Osama"), ("Qasim", "Kassem"), ("Cheikh", "Sheikh"),
        ("Jean-Pierre", "Jean Pierre"), ("O'Neil", "ONeil"), ("Zoë", "Zoe"), ("Djamel", "Jamal"), ("Maxamed", "Mohamed"),
        ("Cabdi", "Abdi"), ("Ma\u200bria", "Maria"),
    ],
}  # fmt: skip

PRIMERO_MISSES = [
    ("Abdulrahman", "Abdul Rahman"), ("Al-Rashid", "Al Rashid"), ("Khadija", "Hadija"), ("Ibrahim", "Brahim"),
    ("Yusuf", "Joseph"), ("محمد", "Mohammed"), ("أحمد", "احمد"), ("فاطمة", "فاطمه"), ("علي", "على"), ("ሀይሌ", "ኃይሌ"),
    ("ሰላም", "ሠላም"),
]  # fmt: skip

TWO_NAMES = [
    ("Abebe", "Abeba"), ("አበበ", "አበባ"), ("አበበ", "Abeba"), ("Gebre", "Gebru"), ("Jean", "John"), ("Ahmed", "Hamid"),
    ("احمد", "Hamid"), ("محمد", "Mahmoud"), ("محمد", "محمود"), ("حسن", "حسين"), ("حسن", "Hussein"), ("Amin", "Amina"),
    ("Karim", "Karima"), ("Olena", "Alina"), ("Selam", "Salim"), ("Omar", "Amir"), ("Sara", "Samira"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), [pair for pairs in ONE_NAME.values() for pair in pairs])
def test_one_name_in_two_spellings_is_strongly_alike(a: str, b: str) -> None:
    assert name_similarity(a, b) >= STRONG


@pytest.mark.parametrize(("a", "b"), PRIMERO_MISSES)
def test_pairs_missed_by_phonetic_search_elsewhere_are_found(a: str, b: str) -> None:
    assert name_similarity(a, b) >= CLOSE


@pytest.mark.parametrize(("a", "b"), TWO_NAMES)
def test_two_names_that_look_alike_are_not_close(a: str, b: str) -> None:
    assert name_similarity(a, b) < CLOSE
    assert name_similarity(a, a) == name_similarity(b, b) == 1.0


@pytest.mark.parametrize(
    ("a", "b"), [("محمد", "Mohammed"), ("ሀይሌ", "Haile"), ("Олена", "Olena"), ("يوسف", "Yusuf"), ("عبد الرحمن", "Abdul Rahman")]
)
def test_consonant_skeletons_agree_across_scripts(a: str, b: str) -> None:
    assert skeleton(tokens(a)[0]) == skeleton(tokens(b)[0])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Abdul Rahman Ali", ("abdulrahman", "ali")),
        ("عبد الرحمن علي", ("عبدالرحمن", "علي")),
        ("Dr Ahmed bin Salem", ("ahmed", "salem")),
        ("Ato Haile Selassie Gebre Mariam", ("haileselassie", "gebremariam")),
        ("Abu Bakr", ("abubakr",)),
        ("U Thein Sein", ("thein", "sein")),
        ("al", ("al",)),
        ("", ()),
        ("—", ()),
    ],
)
def test_names_are_split_where_names_end(written: str, read: tuple[str, ...]) -> None:
    assert tokens(written) == read
