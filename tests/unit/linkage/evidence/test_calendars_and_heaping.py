"""One day in two calendars is one day; a day nobody chose says little."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from havre.linkage import Description, Evidence, Name, score
from havre.linkage.calendars import Calendar, day_of, days_of


@pytest.mark.parametrize(
    ("calendar", "written", "gregorian"),
    [
        (Calendar.ETHIOPIAN, (2000, 1, 1), "2007-09-12"),  # the Ethiopian millennium
        (Calendar.ETHIOPIAN, (2010, 4, 29), "2018-01-07"),  # Christmas
        (Calendar.ETHIOPIAN, (2015, 13, 6), "2023-09-11"),  # the sixth day of Pagume, a leap year
        (Calendar.HIJRI, (1400, 1, 1), "1979-11-21"),
        (Calendar.HIJRI, (1444, 9, 1), "2023-03-23"),  # first of Ramadan
        (Calendar.SOLAR_HIJRI, (1357, 11, 22), "1979-02-11"),
        (Calendar.SOLAR_HIJRI, (1399, 12, 30), "2021-03-20"),  # the last day of a leap year
        (Calendar.SOLAR_HIJRI, (1404, 1, 1), "2025-03-21"),
    ],
)
def test_known_days(calendar: Calendar, written: tuple[int, int, int], gregorian: str) -> None:
    assert date.fromordinal(day_of(calendar, *written)).isoformat() == gregorian


@pytest.mark.parametrize("calendar", list(Calendar))
def test_months_and_years_follow_one_another_without_a_gap(calendar: Calendar) -> None:
    months = 13 if calendar is Calendar.ETHIOPIAN else 12
    for year in range(1300, 1460):
        ends = [days_of(calendar, year, month) for month in range(1, months + 1)]
        assert all(a[1] == b[0] for a, b in pairwise(ends))
        assert (ends[0][0], ends[-1][1]) == days_of(calendar, year)


@pytest.mark.parametrize(("month", "day"), [(0, 1), (14, 1), (1, 32)])
def test_a_day_that_no_year_has_is_refused(month: int, day: int) -> None:
    with pytest.raises(ValueError, match="No date of the ethiopian calendar"):
        day_of(Calendar.ETHIOPIAN, 2009, month, day)


def _birth(left: Description, right: Description) -> Evidence:
    one, two = (next(e for e in score(*pair).evidence if e.field == "birth") for pair in ((left, right), (right, left)))
    assert (one.level, one.llr) == (two.level, two.llr)
    return one


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ({"birth_date": "1395-05-12"}, {"birth_date": "2016-08-02"}, "date_calendar"),  # Solar Hijri
        ({"birth_date": "1437-10-28"}, {"birth_date": "2016-08-02"}, "date_calendar"),  # Hijri, by the table
        ({"birth_date": "1395-05-12"}, {"birth_date": "1395-05-12"}, "date_same"),
        ({"birth_date": "1395"}, {"birth_date": "2016"}, "within"),
        ({"birth_date": "1395"}, {"age_min": 9.0, "recorded_on": "2026-01-10"}, "within"),
        ({"birth_date": "1395"}, {"age_min": 50.0, "recorded_on": "2026-01-10"}, "calendar"),  # 1975, if it is Hijri
        ({"birth_date": "1395-02-31"}, {"birth_date": "2016-05-20"}, "date_calendar"),  # a day February never has
        ({"birth_date": "1395-05-12"}, {"birth_date": "2010-01-20"}, "date_apart"),
        ({"birth_date": "2016-01-01"}, {"birth_date": "2016-01-01"}, "date_heaped"),
        ({"birth_date": "2016-07-01"}, {"birth_date": "2016-11-23"}, "within"),
        ({"birth_date": "2016-01-01"}, {"birth_date": "2009-11-23"}, "apart"),
        ({"age_min": 10.0, "recorded_on": "2026-01-10"}, {"birth_date": "2014-06"}, "within"),
        ({"age_min": 9.0, "recorded_on": "2026-01-10"}, {"birth_date": "2014-02"}, "off"),
    ],
)
def test_births_in_several_calendars_and_on_favourite_days(left: dict[str, object], right: dict[str, object], level: str) -> None:
    assert _birth(Description(**left), Description(**right)).level == level  # type: ignore[arg-type]


def test_an_ethiopian_year_is_thought_of_only_where_that_calendar_is_used() -> None:
    written, meant = {"birth_date": "2009"}, Description(birth_date="2016")
    assert _birth(Description(**written), meant).level == "apart"  # type: ignore[arg-type]
    for sign in ({"names": (Name("ሰላም"),)}, {"languages": ("ti",)}, {"origin": ("Ethiopia", "Tigray")}):
        assert _birth(Description(**written, **sign), meant).level == "calendar"  # type: ignore[arg-type]
    christmas = Description(birth_date="2010-04-29", languages=("am",))
    assert _birth(christmas, Description(birth_date="2018-01-07")).level == "date_calendar"


def test_a_heaped_date_says_less_than_a_chosen_one_and_another_calendar_less_than_the_same() -> None:
    chosen, heaped, calendar = (
        _birth(Description(birth_date=a), Description(birth_date=b)).llr
        for a, b in (("2016-03-04", "2016-03-04"), ("2016-01-01", "2016-01-01"), ("1395-05-12", "2016-08-02"))
    )
    assert chosen > calendar > heaped > 0


def test_a_round_age_says_less_than_another() -> None:
    born = Description(birth_date="2015-08")
    ten, eleven = (_birth(Description(age_min=age, recorded_on=day), born) for age, day in ((10.0, "2026-01-10"), (11.0, "2027-01-10")))
    assert ten.level == eleven.level == "within"
    assert 0 < ten.llr < eleven.llr
