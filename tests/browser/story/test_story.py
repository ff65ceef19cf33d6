"""Does the whole story hold, from first contact to a closed case, in both languages, with every refusal said by name?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from havre.cli.messages import compile_all
from tests import live
from tests.browser import harness
from tests.browser.story import keyboard
from tests.browser.story.border import assert_empty
from tests.browser.story.play import ACTS
from tests.browser.story.stage import PHONE, Stage
from tests.browser.story.told import TEAM, Tale, day

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REFUSED = frozenset({
    "wrong role", "same person approves", "child's views missing", "one-sided verification", "secret fact wrong",
    "alert-listed receiver", "closure with open tracing", "outsider guessing an address",
})


@pytest.fixture(scope="module", params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    """The language under test."""
    return str(request.param)


@pytest.fixture(scope="module")
def instance(language: str) -> Iterator[live.Instance]:
    """A demonstration of its own for each language, small, with its job worker."""
    compile_all()
    with live.running(persons=60, children=24, requests=10) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for this file."""
    with harness.chromium() as chromium:
        yield chromium


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


def test_first_contact_needs_no_pointer(instance: live.Instance, browser: Browser, language: str) -> None:
    stage = Stage(instance.address, browser, language)
    try:
        bashir = stage.stranger("bashir", PHONE, 780)
        page = bashir.page
        keyboard.sign_in(stage, bashir)
        keyboard.tick(page, "firewall_said")
        keyboard.choose(page, "understood", "yes")
        keyboard.type_in(page, "age_birthday_0", "9")
        keyboard.choose(page, "who_with", "alone")
        keyboard.tick(page, "hurt_ill_hungry", "ill")
        keyboard.choose(page, "sleep_tonight", "nowhere")
        keyboard.type_in(page, "note", "A girl by the gate, feverish.")
        keyboard.choose(page, "team", page.locator("main label.opt", has_text=TEAM).locator("input").get_attribute("value") or "")
        keyboard.press(page, "main form[method=post] button.btn")
        page.wait_for_url("**/receipt/")
        bashir.sees("Sent to child protection")
        page.go_back()
        assert bashir.path() == "/first-contact/"
        assert_empty(bashir)
    finally:
        stage.close()


def test_a_visit_is_recorded_without_a_pointer(instance: live.Instance, browser: Browser, language: str) -> None:
    stage = Stage(instance.address, browser, language)
    try:
        claire = stage.stranger("claire")
        page = claire.page
        keyboard.sign_in(stage, claire)
        keyboard.press(page, "nav a[href='/case/']")
        page.wait_for_url("**/case/")
        keyboard.press(page, "#rows a")
        page.wait_for_url("**/case/*-*/")
        keyboard.press(page, "main details summary")
        keyboard.press(page, "main a[href$='/visit/']")
        page.wait_for_url("**/visit/")
        keyboard.choose(page, "result", "reached")
        keyboard.choose(page, "kind", "in_care")
        keyboard.choose(page, "channel", "home_planned")
        keyboard.tick(page, "with_whom", "child")
        keyboard.type_in(page, "happened_on", day())
        keyboard.choose(page, "child_seen", "yes")
        keyboard.type_in(page, "seen_and_heard", "Rested, and glad about school.")
        keyboard.press(page, "main form[method=post] button.btn")
        claire.sees("Contact recorded.")
    finally:
        stage.close()
