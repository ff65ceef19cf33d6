"""Does the cross-walk speak only of codes that exist, and does it translate both ways?"""

from havre.reference import codes
from havre.reference.crosswalk import STANDARDS, VERSION, crosswalk, from_standard, to_standard

CONCEPTS = [
    "alone_child",
    "separated_child",
    "tracing_need",
    "reunification_need",
    "trafficking",
    "exploitation",
    "control",
    "population",
    "care",
    "disability",
    "best_interests",
    "education",
    "service",
    "closure",
    "specific_need",
    "gender",
]


def test_every_row_speaks_of_a_list_and_a_code_that_exist() -> None:
    for row in crosswalk():
        book = codes.load(row.list)
        assert row.code is None or row.code in book, row
        assert row.code is None or row.value, row
        assert row.standard in STANDARDS
        assert 1 <= row.since <= VERSION


def test_no_row_is_written_twice_and_every_concept_is_there() -> None:
    keys = [(row.list, row.code, row.standard, row.field, row.value) for row in crosswalk()]
    assert len(keys) == len(set(keys))
    assert {row.concept for row in crosswalk()} == set(CONCEPTS)


def test_codes_go_to_a_standard_and_come_back() -> None:
    (there,) = to_standard("exploitation_type", "forced_begging", "htcds_2")
    assert (there.field, there.value) == ("vic_TypeOfExploitation", "ForcedBegging")
    assert [row.code for row in from_standard("htcds_2", "ForcedBegging")] == ["forced_begging"]
    assert to_standard("exploitation_type", "forced_criminality", "htcds_2") == ()


def test_codes_not_read_in_their_standard_say_so() -> None:
    unread = {row.value for row in crosswalk() if not row.verified}
    assert {"SC-UC", "SC-SC"} <= unread
    assert "FU-TR" not in unread


def test_every_branch_of_work_has_its_section_of_the_industry_standard() -> None:
    sections = [to_standard("industry", code, "isic_4")[0].value for code in codes.load("industry").codes()]
    assert sections == list("ABCDEFGHIJKLMNOPQRSTU")
