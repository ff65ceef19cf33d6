"""What the files of browser tests share: a browser, and a demonstration with something to count."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from havre.cli.messages import compile_all
from tests import live
from tests.browser import harness
from tests.browser.story.counted import CHILDREN, months, within


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for each file."""
    with harness.chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def instance() -> Iterator[live.Instance]:
    """A small demonstration with many children registered in the last months."""
    compile_all()
    with live.running(persons=40, children=12, requests=4, seconds=400) as running:
        within(running, CHILDREN, MONTHS=months())
        yield running
