"""What can be done without a pointer? Everything here is done with Tab, Space, arrows, Enter and letters alone."""

from playwright.sync_api import Page

from havre.cli.demo import PASSWORD
from tests.browser import harness
from tests.browser.story.stage import Person, Stage

MOST = 250


def sign_in(stage: Stage, person: Person) -> None:
    """Come in through the door with the keyboard."""
    page = person.page
    page.goto(f"{stage.address}/sign-in/")
    for name, words in (("username", person.username), ("password", PASSWORD)):
        reach(page, f"[name={name}]")
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def reach(page: Page, selector: str, most: int = MOST) -> None:
    """Press Tab until the element has the focus; it must show there, and nothing may lie over it."""
    if not page.evaluate("s => document.activeElement.matches(s)", selector):
        harness.tab_to(page, selector, most)
    here = harness.focus(page)
    assert here.visible, f"the focus does not show on {selector}"
    assert not here.covered, f"something lies over {selector}"


def type_in(page: Page, name: str, words: str) -> None:
    """Reach a field by its name and type."""
    reach(page, f"main [name='{name}']")
    page.keyboard.type(words)


def tick(page: Page, name: str, value: str = "") -> None:
    """Reach a box and tick it with Space."""
    reach(page, f"main [name='{name}']" + (f"[value='{value}']" if value else ""))
    page.keyboard.press("Space")


def choose(page: Page, name: str, value: str) -> None:
    """Reach a group of options and go to one with the arrows."""
    reach(page, f"main [name='{name}']")
    page.keyboard.press("Space")
    for _ in range(30):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {value} of {name}")


def press(page: Page, selector: str) -> None:
    """Reach a button or link and press Enter."""
    reach(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
