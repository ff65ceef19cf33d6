"""Are countries, languages and scripts named in the reader's language and sorted as a reader expects?"""

import pytest

from havre.reference.countries import alpha3, countries, country_name, is_country
from havre.reference.languages import frequent_languages, language, language_name, languages
from havre.reference.order import bare, reading_order, search_text
from havre.reference.scripts import SCRIPTS, direction, script_name


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [("SD", "en", "Sudan"), ("SD", "fr", "Soudan"), ("ET", "fr", "Éthiopie"), ("ET", "es", "Etiopía")],
)
def test_a_country_is_named_in_the_readers_language(code: str, lang: str, name: str) -> None:
    assert country_name(code, lang) == name


def test_countries_are_sorted_without_regard_to_accents() -> None:
    names = [country.name for country in countries("fr")]
    assert names.index("Égypte") < names.index("Éthiopie") < names.index("Finlande")
    assert len(names) == len(set(names)) > 240


@pytest.mark.parametrize("code", ["XX", "sd", "", "SDN"])
def test_what_is_not_a_country_is_refused(code: str) -> None:
    assert not is_country(code)
    with pytest.raises(KeyError):
        country_name(code, "en")
    with pytest.raises(KeyError):
        alpha3(code)


def test_a_country_has_its_three_letter_code_for_exchange() -> None:
    assert alpha3("SD") == "SDN"


def test_the_languages_of_migration_come_first_and_each_once() -> None:
    codes = [each.code for each in languages("fr")]
    assert tuple(codes[: len(frequent_languages())]) == frequent_languages()
    assert len(codes) == len(set(codes))
    needed = "tir amh ara som orm swa hau fas prs pus urd ben rhg mya ukr rus kur tur fra eng spa por hat lin"
    assert set((needed + " ful wol bam sus").split()) <= set(frequent_languages())


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [
        ("tir", "fr", "tigrigna"),
        ("prs", "en", "Dari"),
        ("rhg", "es", "rohinyá"),
        ("nld", "fr", "néerlandais"),
        ("gez", "en", "Geez"),
    ],
)
def test_a_language_is_named_in_the_readers_language(code: str, lang: str, name: str) -> None:
    assert language_name(code, lang) == name


def test_a_language_brings_its_script_direction_and_tag() -> None:
    dari = language("prs", "fr")
    assert (dari.script, dari.direction, dari.tag, dari.endonym) == ("Arab", "rtl", "prs", "دری")
    assert (language("tir", "en").script, language("tir", "en").tag) == ("Ethi", "ti")
    assert language("srp", "en").script == "Cyrl"


def test_a_language_that_nobody_describes_still_has_a_name() -> None:
    assert language_name("abj", "fr") == "Aka-Bea"
    assert language("abj", "fr").script == "Zyyy"


def test_what_is_not_a_language_is_refused() -> None:
    with pytest.raises(KeyError):
        language_name("qqq", "en")


def test_every_script_of_the_short_list_can_be_offered() -> None:
    assert {each.script for each in languages("en")[: len(frequent_languages())]} <= set(SCRIPTS)
    for script in SCRIPTS:
        assert script_name(script, "fr")[0].isupper()


@pytest.mark.parametrize(
    ("script", "way"), [("Arab", "rtl"), ("Hebr", "rtl"), ("Latn", "ltr"), ("Ethi", "ltr")]
)
def test_a_script_runs_its_way(script: str, way: str) -> None:
    assert direction(script) == way


def test_bare_text_ignores_accents_capitals_and_vowel_marks() -> None:
    assert bare("Éthiopie") == "ethiopie"
    assert bare("مُحَمَّد") == bare("محمد")
    assert reading_order("Égypte") < reading_order("Finlande")
    assert search_text(["Wad Nuri", "wad nuri", "", "ود نوري"]) == "wad nuri | ود نوري"
