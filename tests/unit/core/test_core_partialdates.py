"""What is known of a date is kept as it is known, and doubt about age favours the child."""

from datetime import date

import pytest

from havre.core.partialdates import AgeRange, PartialDate, age_range, is_child, parse_typed_date

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2015-02", date(2015, 2, 1), date(2015, 2, 28)),
        ("2016-02-29", date(2016, 2, 29), date(2016, 2, 29)),
        ("~2015", date(2014, 1, 1), date(2016, 12, 31)),
        ("~2015-01", date(2014, 12, 1), date(2015, 2, 28)),
        ("~2015-12", date(2015, 11, 1), date(2016, 1, 31)),
        ("~2015-03-01", date(2015, 2, 28), date(2015, 3, 2)),
        ("~0001", date(1, 1, 1), date(2, 12, 31)),
        ("~0001-01", date(1, 1, 1), date(1, 2, 28)),
        ("~0001-01-01", date(1, 1, 1), date(1, 1, 2)),
        ("~9999", date(9998, 1, 1), date(9999, 12, 31)),
        ("~9999-12-31", date(9999, 12, 30), date(9999, 12, 31)),
    ],
)
def test_a_partial_date_spans_what_it_can_have_been(text: str, earliest: date, latest: date) -> None:
    known = PartialDate.parse(text)
    assert (known.earliest(), known.latest(), str(known)) == (earliest, latest, text)


@pytest.mark.parametrize("text", ["", "15", "2015-3", "2015-13", "2015-02-30", "2015-", "0000", "~~2015", "2015-03-11Z"])
def test_an_impossible_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_a_day_needs_its_month_and_zero_is_no_month() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2015, None, 3)
    with pytest.raises(ValueError):
        PartialDate(2015, 0)


def test_a_full_date_becomes_a_partial_one() -> None:
    assert str(PartialDate.of(TODAY)) == "2026-11-17"


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("3 11 2026", "2026-11-03"),
        ("3/11/2026", "2026-11-03"),
        ("03.11.2026", "2026-11-03"),
        (" 3 - 11 - 2026 ", "2026-11-03"),
        ("11 2026", "2026-11"),
        ("11/2026", "2026-11"),
        ("2026", "2026"),
        ("~2026", "~2026"),
        ("~ 11 2026", "~2026-11"),
        ("2026-11-03", "2026-11-03"),
        ("2026-11", "2026-11"),
        ("٣/١١/٢٠٢٦", "2026-11-03"),
    ],
)
def test_a_typed_date_is_read_day_first(typed: str, known: str) -> None:
    assert str(parse_typed_date(typed)) == known


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "for example 3 11 2026"),
        ("yesterday", "for example 3 11 2026"),
        ("1 2 3 2026", "for example 3 11 2026"),
        ("3 11 26", "four digits"),
        ("26", "four digits"),
        ("3 111 2026", "one or two digits"),
        ("31 2 2026", "does not exist"),
        ("13 2026", "does not exist"),
        ("0 11 2026", "does not exist"),
        ("²026", "for example 3 11 2026"),
    ],
)
def test_a_date_that_cannot_be_read_says_why(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_typed_date(typed)


@pytest.mark.parametrize(
    ("birth", "low", "high"),
    [
        ("2017-11-17", 9, 9),
        ("2017-11-18", 8, 8),
        ("2017", 8, 9),
        ("2017-11", 8, 9),
        ("~2017", 7, 10),
        ("2027", 0, 0),
    ],
)
def test_age_comes_from_the_birth_date_when_there_is_one(birth: str, low: int, high: int) -> None:
    assert age_range(PartialDate.parse(birth), 30, 40, TODAY, TODAY) == AgeRange(low, high)


@pytest.mark.parametrize(
    ("age_min", "age_max", "recorded", "low", "high"),
    [
        (8, 10, TODAY, 8, 10),
        (8, 10, date(2026, 11, 13), 8, 10),
        (8, 10, date(2025, 11, 17), 9, 11),
        (8, 10, date(2026, 2, 1), 8, 11),
        (9, None, TODAY, 9, 9),
        (None, 20, TODAY, 0, 20),
        (None, 20, date(2024, 11, 17), 0, 22),
        (12, 10, TODAY, 10, 12),
        (8, 10, date(2027, 11, 17), 8, 10),
    ],
)
def test_a_recorded_age_grows(age_min: int | None, age_max: int | None, recorded: date, low: int, high: int) -> None:
    assert age_range(None, age_min, age_max, recorded, TODAY) == AgeRange(low, high)


def test_nothing_known_is_no_age() -> None:
    assert age_range(None, None, None, TODAY, TODAY) is None


@pytest.mark.parametrize(
    ("ages", "child"),
    [
        (None, True),
        (AgeRange(17, 17), True),
        (AgeRange(16, 19), True),
        (AgeRange(17, 25), True),
        (AgeRange(18, 19), False),
    ],
)
def test_whoever_may_be_a_child_is_treated_as_one(ages: AgeRange | None, child: bool) -> None:
    assert is_child(ages) is child


def test_majority_is_the_country_s() -> None:
    assert is_child(AgeRange(18, 19), limit=21)


@pytest.mark.parametrize(("low", "high"), [(-1, 3), (5, 4)])
def test_an_impossible_range_is_refused(low: int, high: int) -> None:
    with pytest.raises(ValueError, match="age range"):
        AgeRange(low, high)
