"""Is a file of places read faithfully, and is every fault in it said with its row?"""

from collections import Counter
from importlib.resources import files

import pytest

from havre.reference.places import PlaceFile, parse_places

HEADER = "ADM0_PCODE,ADM0_EN,ADM1_PCODE,ADM1_EN,ADM1_FR,ADM2_PCODE,ADM2_EN"
GOOD = "SDX,Sudan,SDX01,East,Est,SDX0101,Wad Fanus"


def read(*rows: str, header: str = HEADER, country: str | None = None) -> PlaceFile:
    return parse_places("\n".join((header, *rows)).encode(), country=country)


def faults(*rows: str, header: str = HEADER) -> list[tuple[int, str]]:
    return [(error.row, error.code) for error in read(*rows, header=header).errors]


def test_a_row_gives_the_place_and_all_those_above_it() -> None:
    file = read(GOOD)
    assert file.errors == ()
    assert [(place.pcode, place.level, place.parent) for place in file.places] == [
        ("SDX", 0, None),
        ("SDX01", 1, "SDX"),
        ("SDX0101", 2, "SDX01"),
    ]
    assert dict(file.places[1].names) == {"en": "East", "fr": "Est"}
    assert {place.country for place in file.places} == {"SD"}
    assert file.levels == {0, 1, 2}


def test_places_named_by_many_rows_come_once() -> None:
    file = read(GOOD, "SDX,Sudan,SDX01,East,Est,SDX0102,Umm Salwan")
    assert [place.pcode for place in file.places] == ["SDX", "SDX01", "SDX0101", "SDX0102"]


def test_a_row_may_stop_at_a_higher_level() -> None:
    assert [place.pcode for place in read("SDX,Sudan,SDX01,East,Est,,").places] == ["SDX", "SDX01"]


def test_tags_blank_rows_byte_order_mark_and_line_ends_do_not_matter() -> None:
    tags = "#country+code,#country+name,#adm1+code,#adm1+name,#adm1+name+i_fr,#adm2+code,#adm2+name"
    content = "\r\n".join((HEADER, tags, "", GOOD, ",,,,,,")).encode("utf-8-sig")
    assert parse_places(content).places == read(GOOD).places
    assert parse_places(content).errors == ()


@pytest.mark.parametrize(
    "header",
    [
        "admin0Pcode,admin0Name_en,admin1Pcode,admin1Name_en,admin1Name_fr,admin2Pcode,admin2Name_en",
        "adm0_pcode,adm0_en,adm1_pcode,adm1_en,adm1_fr,adm2_pcode,adm2_en",
    ],
)
def test_other_spellings_of_the_columns_are_known(header: str) -> None:
    assert read(GOOD, header=header).places == read(GOOD).places


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_separators_are_known(delimiter: str) -> None:
    rows = [row.replace(",", delimiter) for row in (HEADER, GOOD)]
    assert read(rows[1], header=rows[0]).places == read(GOOD).places


def test_columns_that_are_not_places_are_left_aside() -> None:
    header = HEADER + ",ADM2_REF,ADM2_TYPE,validOn,Shape_Area"
    assert read(GOOD + ",Wad,city,2026-01-01,0.4", header=header).places == read(GOOD).places


def test_a_point_belongs_to_the_lowest_place() -> None:
    file = read(GOOD + ",14.5,35.25", header=HEADER + ",center_lat,center_lon")
    assert [(place.latitude, place.longitude) for place in file.places] == [(None, None)] * 2 + [
        (14.5, 35.25)
    ]


def test_the_country_can_be_given_when_codes_do_not_begin_with_it() -> None:
    assert {place.country for place in read(GOOD.replace("SDX", "XQ"), country="SD").places} == {"SD"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("SDX,Sudan,SDX01,East,Est", "wrong_width"),
        ("SDX,Sudan,,East,Est,SDX0101,Wad Fanus", "gap"),
        (",Sudan,,East,Est,,Wad Fanus", "no_code"),
        ("SDX,Sudan,SDX01,East,Est,,Wad Fanus", "name_without_code"),
        ("SDX,Sudan,SDX01,East,Est,SDX0101,", "no_name"),
        ("SDX,Sudan,SDX01,East,Est,SDX 0101,Wad Fanus", "bad_code"),
        ("SDX,Sudan,SDX01,East,Est,SDX0123456789012345678,Wad Fanus", "bad_code"),
        ("QQX,Nowhere,QQX01,East,Est,QQX0101,Wad Fanus", "unknown_country"),
        ("SDX,Sudan,SDX01,East,Est,SDX0101,Wad Banus", "two_names"),
        ("SDX,Sudan,SDX02,West,Ouest,SDX0101,Wad Fanus", "two_parents"),
        (f"SDX,Sudan,SDX01,East,Est,SDX0109,{'x' * 201}", "long_name"),
    ],
)
def test_a_faulty_row_is_named_with_its_number(row: str, code: str) -> None:
    assert faults(GOOD, row) == [(3, code)]


@pytest.mark.parametrize("point", ["north,35", "95,35", "14,190"])
def test_a_point_that_is_not_on_earth_is_a_fault(point: str) -> None:
    assert faults(f"{GOOD},{point}", header=HEADER + ",lat,lon") == [(2, "bad_point")]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("name,code", "no_country_column"),
        ("ADM0_PCODE,ADM0_EN,ADM2_PCODE,ADM2_EN", "missing_column"),
        ("ADM0_PCODE,ADM0_EN,ADM1_PCODE", "missing_column"),
    ],
)
def test_a_header_that_cannot_be_used_is_a_fault_of_the_first_row(header: str, code: str) -> None:
    assert faults(GOOD, header=header) == [(1, code)]


def test_files_that_hold_nothing_or_are_not_text_are_faults() -> None:
    assert parse_places(b"").errors[0].code == "empty"
    assert parse_places(HEADER.encode()).errors[0].code == "no_places"
    assert parse_places("ADM0_PCODE,ADM0_FR\nETX,Éthiopie".encode("latin-1")).errors[0].code == "not_utf8"


def test_the_places_of_the_demonstration_are_sound_and_marked_as_invented() -> None:
    content = files("havre.reference").joinpath("data/demo_places.csv").read_bytes()
    file = parse_places(content)
    assert file.errors == ()
    counts = Counter((place.country, place.level) for place in file.places)
    for country in ("SD", "ET"):
        assert [counts[country, level] for level in range(4)] == [1, 4, 20, 80]
    assert all(place.pcode.startswith(("SDX", "ETX")) for place in file.places)
    local = {"SD": "ar", "ET": "am"}
    assert all(place.names["en"] and place.names[local[place.country]] for place in file.places)
    assert "Wad Nuri" in {place.name for place in file.places}
