"""Partial dates keep what is known, and the true age is never outside the range told."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from havre.core.partialdates import PartialDate, age_range, is_child, parse_typed_date

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
MODERN = st.dates(date(1950, 1, 1), date(2050, 12, 31))
TODAY = date(2026, 11, 17)


def years(born: date, today: date) -> int:
    """Birthdays had, counted one by one."""
    had = 0
    while (today.year > born.year + had + 1) or (
        today.year == born.year + had + 1 and (today.month, today.day) >= (born.month, born.day)
    ):
        had += 1
    return had


@st.composite
def partial(draw: st.DrawFn, days: st.SearchStrategy[date] = DAYS) -> tuple[date, PartialDate]:
    """A day and something true that is known of it."""
    day = draw(days)
    known = draw(st.integers(1, 3))
    month, last = day.month if known > 1 else None, day.day if known > 2 else None
    return day, PartialDate(day.year, month, last, draw(st.booleans()))


@given(partial())
def test_the_text_reads_back(pair: tuple[date, PartialDate]) -> None:
    assert PartialDate.parse(str(pair[1])) == pair[1]


@given(partial())
def test_the_day_lies_within_what_is_known_of_it(pair: tuple[date, PartialDate]) -> None:
    day, known = pair
    assert known.earliest() <= day <= known.latest()
    assert not known.circa or known.earliest() < day or day in (date.min, known.earliest())


@given(partial())
def test_about_is_wider_than_exact(pair: tuple[date, PartialDate]) -> None:
    known = pair[1]
    exact = PartialDate(known.year, known.month, known.day)
    about = PartialDate(known.year, known.month, known.day, circa=True)
    assert about.earliest() <= exact.earliest() <= exact.latest() <= about.latest()


@given(partial(), st.sampled_from([" ", "/", ".", "-", " / "]))
def test_what_is_typed_day_first_is_what_was_meant(pair: tuple[date, PartialDate], between: str) -> None:
    known = pair[1]
    parts = [f"{p:02d}" for p in (known.day, known.month) if p is not None] + [f"{known.year:04d}"]
    assert parse_typed_date(("~" if known.circa else "") + between.join(parts)) == known


@given(st.text(max_size=12))
def test_any_typed_text_gives_a_date_or_a_plain_sentence(text: str) -> None:
    try:
        assert str(parse_typed_date(text))
    except ValueError as refused:
        assert str(refused).endswith(".")


@given(partial(MODERN), MODERN)
def test_the_true_age_lies_in_the_range_from_a_birth_date(
    pair: tuple[date, PartialDate], today: date
) -> None:
    born, known = pair
    assume(born <= today)
    ages = age_range(known, None, None, today, today)
    assert ages is not None and ages.low <= years(born, today) <= ages.high


@given(MODERN, MODERN, st.integers(0, 5), st.integers(0, 5), st.integers(0, 40 * 365))
def test_a_true_child_is_always_treated_as_one(
    born: date, seen: date, under: int, over: int, after: int
) -> None:
    assume(born <= seen)
    then, today = years(born, seen), seen + timedelta(days=after)
    ages = age_range(None, max(then - under, 0), then + over, seen, today)
    assert ages is not None
    if years(born, today) < 18:
        assert is_child(ages)
    assert ages.low <= years(born, today) <= ages.high + 1
