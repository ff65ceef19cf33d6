"""The day on which most tests of releases happen, and the children they count."""

from datetime import date

import pytest
import time_machine

from tests.integration.statistics.releases.children import entered
from tests.integration.statistics.releases.test_a_release_goes_out_once import NOW


@pytest.fixture
def that_day():
    """It is the fifth of October 2026."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def children(people):
    """Nine hundred girls and boys of every age, entered from January to September 2026."""
    return entered(people, [{"sex": ("female", "male")[n % 2], "age": n % 18, "month": date(2026, 1 + n % 9, 1)} for n in range(900)])
