"""Does an author hear what became of a plan, with the keyboard alone, in both languages: sent back, changed, approved, read?"""

import pytest
from playwright.sync_api import Browser

from tests import live
from tests.browser.story import keyboard
from tests.browser.story.counted import months
from tests.browser.story.stage import PHONE, Person, Stage, clean

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WISH = "Fewer tables, please."


def come_in(stage: Stage, name: str, width: int = 1280) -> Person:
    """Someone who signs in with the keyboard."""
    someone = stage.stranger(name, width)
    keyboard.sign_in(stage, someone)
    return someone


def press(person: Person, selector: str) -> None:
    """Press a button or follow a link, and wait for the page it leads to."""
    keyboard.reach(person.page, selector)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")


def open_task(person: Person, code: str) -> None:
    """From Today to the plan, with Tab and Enter."""
    person.go("/today/")
    press(person, f"main a[href*='{code}']")
    assert person.path() == f"/releases/{code}/"


@pytest.mark.parametrize(("language", "by"), [("en", "risk"), ("fr", "group")])
def test_a_plan_comes_back_is_changed_approved_and_read(instance: live.Instance, browser: Browser, language: str, by: str) -> None:
    stage = Stage(instance.address, browser, language)
    first, last = (f"{year}-{month:02}" for year, month in (months()[0], months()[-1]))
    try:
        leyla = come_in(stage, "leyla")
        assert leyla.path() == "/today/", "an analyst begins on Today"
        leyla.sees("Nothing to do.", "Ask a question", "What epsilon is left in %(year)s", year=months()[-1][0])
        clean(leyla)
        leyla.go("/releases/new/?population=children_registered")
        leyla.fill(first=first, last=last, line="public", epsilon="300", t0_0=by)
        press(leyla, "main button[name=keep]")
        code = leyla.path().split("/")[2]
        press(leyla, "main form[action$='/submit/step/'] button")
        leyla.sees("Waits for a second person")
        leyla.go("/today/")
        leyla.reads(code)

        samir = come_in(stage, "samir", PHONE)
        open_task(samir, code)
        clean(samir)
        keyboard.type_in(samir.page, "reason", WISH)
        press(samir, "main form[action$='/return/step/'] button")
        samir.sees("Sent back.")
        samir.go("/today/")
        assert code not in samir.page.locator("main").inner_text()

        leyla.go("/today/")
        leyla.sees("Change a plan that came back, and hand it in again")
        assert WISH not in leyla.page.content()
        clean(leyla)
        open_task(leyla, code)
        leyla.reads(WISH)
        press(leyla, f"main a[href$='/{code}/change/']")
        press(leyla, "main button[name=keep]")
        press(leyla, "main form[action$='/submit/step/'] button")
        leyla.sees("Handed in. A second person decides.")

        open_task(samir, code)
        press(samir, "main form[action$='/approve/step/'] button")
        samir.sees("Approved. It is measured now and published on its day.")

        leyla.go("/today/")
        leyla.sees("Your plan was approved", "What goes out next")
        clean(leyla)
        open_task(leyla, code)
        clean(leyla)
        press(leyla, "main form[action$='/read/step/'] button")
        leyla.sees("Noted that you have read it.")
        leyla.go("/today/")
        assert stage.say("Your plan was approved") not in leyla.page.locator("main").inner_text()
        leyla.reads(code)
    finally:
        stage.close()
