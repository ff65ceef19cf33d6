"""A code list knows its codes, their words and their order."""

import pytest

from havre.core.codes import Code, CodeList

CARE = CodeList(
    "care_type",
    [
        Code("care_type", "family", {"en": "Family", "fr": "Famille"}),
        Code("care_type", "kinship", {"en": "Relatives", "fr": "Proches"}, parent="family"),
        Code("care_type", "orphanage", {"en": "Orphanage"}, retired=True),
    ],
)


def test_a_retired_code_is_known_but_not_offered() -> None:
    assert "orphanage" in CARE and "castle" not in CARE and len(CARE) == 3
    assert CARE.codes() == ("family", "kinship")
    assert CARE.codes(retired=True) == ("family", "kinship", "orphanage")
    assert CARE.get("orphanage").retired


def test_labels_fall_back_to_the_base_language_then_to_english() -> None:
    assert CARE.label("family", "fr-CA") == CARE.label("family", "fr") == "Famille"
    assert CARE.label("family", "ar") == "Family" and CARE.label("orphanage", "fr") == "Orphanage"


def test_an_unknown_code_shows_itself_and_cannot_be_fetched() -> None:
    assert CARE.label("castle", "en") == "castle"
    with pytest.raises(KeyError):
        CARE.get("castle")


def test_children_are_found_under_their_parent() -> None:
    assert CARE.children("family") == ("kinship",) and CARE.children(None) == ("family",)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (Code("other", "a", {"en": "A"}), "belongs to other"),
        (Code("care_type", "family", {"en": "A"}), "written twice"),
        (Code("care_type", "a", {"fr": "A"}), "no English label"),
        (Code("care_type", "a", {"en": "A"}, parent="zoo"), "no such parent: zoo"),
    ],
)
def test_an_unsound_list_is_refused(code: Code, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        CodeList("care_type", [*CARE, code])
