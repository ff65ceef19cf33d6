"""Which names does a reader see, and in which order?"""

from havre.web.parts.names import Shown, listed, pair, readings, script_of, shortened

SELAM = [
    {"value": "ሰላም ተስፋይ", "kind": "full", "script": "Ethi"},
    {"value": "Selam Tesfay", "kind": "full", "script": "Latn"},
    {"value": "سلام تسفاي", "kind": "full", "script": "Arab"},
]


def test_a_name_stands_as_written_and_then_in_the_readers_script() -> None:
    assert pair(SELAM, "en") == (Shown("ሰላም ተስፋይ", "ti"), Shown("Selam Tesfay", ""))
    assert pair(SELAM, "ar") == (Shown("ሰላም ተስፋይ", "ti"), Shown("سلام تسفاي", "ar"))


def test_a_reader_of_the_same_script_sees_one_name() -> None:
    assert pair(SELAM, "ti") == (Shown("ሰላም ተስፋይ", "ti"),)
    assert pair("Aïssatou Baldé", "fr") == (Shown("Aïssatou Baldé", ""),)


def test_no_name_in_the_readers_script_leaves_the_written_one() -> None:
    assert pair([("Артем", "uk")], "fr") == (Shown("Артем", "uk"),)


def test_parts_of_one_script_are_put_together_in_order() -> None:
    parts = [{"value": "Doe", "kind": "family"}, {"value": "Jo", "kind": "given"}, {"value": "JJ", "kind": "nickname"}]
    assert readings(parts) == (Shown("Jo Doe", ""),)


def test_a_nickname_stands_in_only_alone() -> None:
    assert readings([{"value": "Bird", "kind": "nickname"}]) == (Shown("Bird", ""),)
    assert readings([*SELAM, {"value": "Bird", "kind": "nickname"}])[-1].text != "Bird"


def test_no_name_at_all_gives_nothing() -> None:
    assert pair([], "en") == pair(None, "en") == pair([{"value": " "}], "en") == ()


def test_lists_show_a_given_name_and_an_initial() -> None:
    assert listed(SELAM, "en") == (Shown("ሰላም", "ti"), Shown("Selam T.", ""))
    assert shortened("Yusuf al-Khalidi") == "Yusuf K."
    assert shortened("Madonna") == "Madonna"


def test_the_script_is_that_of_the_first_letter() -> None:
    assert script_of("«Олена»") == "CYRILLIC"
    assert script_of("123") == ""


def test_another_spelling_shows_for_a_reader_of_its_script_when_there_is_no_other() -> None:
    names = [{"value": "ሰላም ተስፋይ", "kind": "full"}, {"value": "Selam Tesfay", "kind": "other_spelling"}]
    assert [one.text for one in pair(names, "en")] == ["ሰላም ተስፋይ", "Selam Tesfay"]
    assert [one.text for one in pair([*names, {"value": "Selam Tesfai", "kind": "full"}], "en")][1] == "Selam Tesfai"
