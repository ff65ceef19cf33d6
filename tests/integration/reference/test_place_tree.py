"""Does the tree of places become what the file says, and does it keep what old records name?"""

from importlib.resources import files

import pytest
from django.db import IntegrityError, transaction

from havre.reference import queries
from havre.reference.models import Place
from havre.reference.place_import import import_places
from havre.reference.places import PlaceFile, parse_places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_tree(db: None) -> None:
    """Each test starts without places, whatever a migration or a loader has put there."""
    for level in range(4, -1, -1):
        Place.objects.filter(level=level).delete()


def demo(**replaced: str) -> PlaceFile:
    text = files("havre.reference").joinpath("data/demo_places.csv").read_text("utf-8")
    for old, new in replaced.items():
        text = text.replace(old, new)
    return parse_places(text.encode())


def test_a_dry_run_says_what_would_happen_and_writes_nothing() -> None:
    report = import_places(demo(), dry_run=True)
    assert (len(report.created), report.written) == (210, False)
    assert not Place.objects.exists()


def test_places_are_written_with_their_parents_and_again_without_effect() -> None:
    assert len(import_places(demo()).created) == 210
    again = import_places(demo())
    assert (again.created, again.updated, again.retired, again.unchanged) == ((), (), (), 210)
    assert [place.pcode for place in queries.ancestors("SDX010101")] == [
        "SDX",
        "SDX01",
        "SDX0101",
        "SDX010101",
    ]


def test_a_changed_name_updates_the_place_and_its_search() -> None:
    import_places(demo())
    key = Place.objects.get(pcode="SDX010101").pk
    report = import_places(demo(**{"Wad Nuri": "Wad Lowza"}))
    assert report.updated == ("SDX010101",)
    assert Place.objects.get(pcode="SDX010101").pk == key
    assert [place.pcode for place in queries.search("lowza")] == ["SDX010101"]
    assert "SDX010101" not in [place.pcode for place in queries.search("wad nuri")]


def test_a_missing_place_is_retired_and_taken_up_again_when_it_comes_back() -> None:
    import_places(demo())
    report = import_places(demo(**{"SDX010101": "SDX019999"}))
    assert (report.created, report.retired) == (("SDX019999",), ("SDX010101",))
    gone = queries.place("SDX010101")
    assert gone is not None
    assert gone.retired
    assert gone.pcode not in [place.pcode for place in queries.children("SDX0101")]
    assert import_places(demo()).updated == ("SDX010101",)
    assert not Place.objects.get(pcode="SDX010101").retired


def test_a_file_of_higher_levels_leaves_the_lower_places_alone() -> None:
    import_places(demo())
    file = parse_places("ADM0_PCODE,ADM0_EN,ADM0_FR,ADM0_AR,ADM0_AM\nSDX,Sudan,Soudan,السودان,ሱዳን".encode())
    assert import_places(file).retired == ()
    assert Place.objects.filter(country="SD", retired=True).count() == 0


def test_a_file_for_one_country_leaves_the_others_alone() -> None:
    import_places(demo())
    import_places(parse_places(b"ADM0_PCODE,ADM0_EN,ADM1_PCODE,ADM1_EN\nSDX,Sudan,SDX07,South"))
    assert Place.objects.filter(country="ET", retired=True).count() == 0
    assert Place.objects.get(pcode="SDX01").retired


def test_a_file_with_a_fault_writes_nothing() -> None:
    report = import_places(demo(ETX0405="E?"))
    assert {error.code for error in report.errors} == {"bad_code"}
    assert not report.written
    assert not Place.objects.exists()


def test_places_are_found_by_any_name_in_any_script() -> None:
    import_places(demo())
    assert "SDX010101" in [place.pcode for place in queries.search("ود نوري")]
    assert [place.pcode for place in queries.search("sdx010101")] == ["SDX010101"]
    assert {place.country for place in queries.search("a", country="ET")} == {"ET"}
    assert queries.search("  ") == []
    assert len(queries.search("a", limit=3)) == 3


def test_a_place_is_told_from_near_to_far_in_the_readers_language() -> None:
    import_places(demo())
    assert queries.path_label("SDX010101", "fr") == "Wad Nuri, Wad Fanus, East Samrat, Soudan"
    assert queries.path_label("SDX010101", "ar").startswith("ود نوري")
    assert queries.path_label("nowhere", "en") == ""


def test_a_place_holds_everything_under_it() -> None:
    import_places(demo())
    assert queries.within("SDX01").count() == 1 + 5 + 20
    assert [place.pcode for place in queries.countries_with_places()] == ["ETX", "SDX"]
    assert queries.children("ETX").count() == 4


def test_the_database_refuses_a_place_without_a_parent_and_a_level_that_does_not_exist() -> None:
    for level in (2, 7):
        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.create(pcode="SDX99", name="Lost", level=level, country="SD")
