"""After a part of the page changes, where is the keyboard, and what was said aloud?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import harness
from tests.browser.serving import application

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TRIGGERS = """() => {
  const holder = document.createElement('section');
  holder.innerHTML = `<h2 id="list-heading">List</h2>
    <button id="view" hx-get="/fake/view" hx-target="#place">view</button>
    <button id="errors" hx-post="/fake/errors" hx-target="#place">errors</button>
    <button id="same" hx-get="/fake/same" hx-target="#place">same</button>
    <div id="place"></div>
    <ul><li data-row id="one"><button id="first" hx-post="/fake/gone" hx-target="closest li" hx-swap="delete">go</button></li>
    <li data-row id="two"><button id="second" hx-post="/fake/gone" hx-target="closest li" hx-swap="delete">go</button></li></ul>`;
  document.querySelector('main').append(holder);
  htmx.process(holder);
}"""


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The application in practice."""
    with application() as address:
        yield address


def answer(route: Route) -> None:
    """Answer as a view would."""
    name = route.request.url.rsplit("/", 1)[-1]
    bodies = {
        "view": '<div data-view><h2 id="new">A new view</h2></div>',
        "errors": '<div class="summary" role="alert" tabindex="-1" id="summary">Look again</div>',
        "same": "<p>changed</p>",
        "gone": "",
    }
    headers = {"HX-Trigger": '{"say": {"value": "Recorded."}}'} if name == "same" else {}
    route.fulfill(status=422 if name == "errors" else 200, content_type="text/html", body=bodies[name], headers=headers)


@pytest.fixture
def page(served: str, browser: Browser) -> Iterator[Page]:
    """The gallery with a few controls that ask for fragments."""
    with harness.page_at(browser) as page:
        page.route("**/fake/*", answer)
        page.goto(f"{served}/parts/")
        page.evaluate(TRIGGERS)
        yield page


def press(page: Page, selector: str) -> None:
    page.locator(selector).focus()
    page.keyboard.press("Enter")


def wait_for_focus(page: Page, id: str) -> None:
    expect(page.locator(f"#{id}")).to_be_focused()


def test_a_new_view_moves_the_focus_to_its_heading(page: Page) -> None:
    press(page, "#view")
    wait_for_focus(page, "new")


def test_errors_take_the_focus_even_with_status_422(page: Page) -> None:
    press(page, "#errors")
    wait_for_focus(page, "summary")


def test_a_changed_part_leaves_the_focus_and_says_what_happened(page: Page) -> None:
    press(page, "#same")
    page.get_by_text("changed").wait_for()
    expect(page.locator("#live")).to_have_text("Recorded.")
    assert harness.focus(page).id == "same"


def test_a_removed_row_gives_the_focus_to_the_next_and_the_last_to_the_heading(page: Page) -> None:
    press(page, "#first")
    wait_for_focus(page, "second")
    press(page, "#second")
    wait_for_focus(page, "list-heading")


def test_the_list_of_keys_opens_and_can_be_switched_off(page: Page) -> None:
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.locator("#keys-off").check()
    page.get_by_role("button", name="Close").click()
    page.locator("h1").click()
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()


def test_a_question_mark_typed_in_a_field_stays_there(page: Page) -> None:
    page.locator("#id_reasons").focus()
    page.keyboard.type("why?")
    assert page.locator("#id_reasons").input_value() == "why?"
    assert not page.locator("#keys").is_visible()
