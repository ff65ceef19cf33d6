"""Which days does a code mean, and which days come before?"""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havre.statistics.counting.period import EARLIEST, Period, offered, read_period

TODAY = date(2026, 11, 22)
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(("code", "first", "last", "before"), [
    ("30d", date(2026, 10, 24), date(2026, 11, 22), date(2026, 9, 24)),
    ("1d", date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 21)),
    ("2026-03", date(2026, 3, 1), date(2026, 3, 31), date(2026, 2, 1)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), date(2024, 1, 1)),
    ("2026-12", date(2026, 12, 1), date(2026, 12, 31), date(2026, 11, 1)),
    ("2026-q1", date(2026, 1, 1), date(2026, 3, 31), date(2025, 10, 1)),
    ("2026-q4", date(2026, 10, 1), date(2026, 12, 31), date(2026, 7, 1)),
    ("2026", date(2026, 1, 1), date(2026, 12, 31), date(2025, 1, 1)),
    ("2026-01-05_2026-01-07", date(2026, 1, 5), date(2026, 1, 7), date(2026, 1, 2)),
])
def test_a_code_means_its_days_and_those_before(code: str, first: date, last: date, before: date) -> None:
    period = read_period(code, TODAY)
    assert (period.first, period.last, period.previous().first) == (first, last, before)
    assert period.previous().last == first - timedelta(days=1)


@pytest.mark.parametrize("code", ["", "0d", "3661d", "30", "2026-13", "2026-00", "2026-q5", "1999", "2026-02-30_2026-03-01",
                                  "2026-03-02_2026-03-01", "2000-01-01_2026-01-01", "٣٠d", "30d ", "2026-10\n"])
def test_anything_else_is_refused(code: str) -> None:
    with pytest.raises(ValueError):
        read_period(code, TODAY)


@calmly
@given(st.dates(EARLIEST + timedelta(days=4000), date(2100, 1, 1)), st.sampled_from(["7d", "30d", "90d"]), st.integers(2, 10))
def test_periods_follow_one_another_without_a_gap(today: date, code: str, count: int) -> None:
    periods = read_period(code, today).back(count)
    assert len(periods) == count and periods[-1].last == today
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(periods))


@calmly
@given(st.dates(date(2004, 1, 1), date(2100, 1, 1)))
def test_what_is_offered_can_be_read_again_and_whole_periods_are_over(today: date) -> None:
    for code, period in offered(today):
        assert read_period(code, today) == period
        assert period.kind == "days" or (period.last < today and read_period(period.code, today) == period)


def test_a_period_of_days_is_named_by_its_days() -> None:
    assert Period(date(2026, 1, 5), date(2026, 1, 7)).code == "2026-01-05_2026-01-07"
