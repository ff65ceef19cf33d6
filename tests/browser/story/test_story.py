"""Does the whole story hold, from first contact to a closed case, in both languages, with every refusal said by name?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from havre.cli.messages import compile_all
from tests import live
from tests.browser import harness
from tests.browser.story.play import ACTS
from tests.browser.story.stage import Stage
from tests.browser.story.told import Tale

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REFUSED = frozenset({
    "wrong role", "same person approves", "child's views missing", "one-sided verification", "secret fact wrong",
    "alert-listed receiver", "closure with open tracing", "outsider guessing an address",
})


@pytest.fixture(scope="module")
def instance() -> Iterator[live.Instance]:
    """A demonstration of its own, small, with its job worker."""
    compile_all()
    with live.running(persons=60, children=24, requests=10) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for this file."""
    with harness.chromium() as chromium:
        yield chromium


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_story_is_lived_and_every_unsafe_step_refused(instance: live.Instance, browser: Browser, language: str) -> None:
    stage, tale = Stage(instance.address, browser, language), Tale()
    try:
        for act in ACTS:
            act(stage, tale)
    finally:
        stage.close()
    assert set(stage.refusals) >= REFUSED
    assert all(stage.refusals.values())
    assert stage.wrong == []
