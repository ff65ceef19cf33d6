"""Do the shell and the parts work for everyone: any width, either direction, keyboard alone, light and dark?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import harness
from tests.browser.serving import application

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The application in practice: the gallery needs no database."""
    with application() as address:
        yield address


@pytest.mark.parametrize("query", ["", "?errors"])
def test_no_part_fails_the_accessibility_rules(served: str, browser: Browser, query: str) -> None:
    assert harness.axe_everywhere(browser, f"{served}/parts/{query}") == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", harness.WIDTHS)
def test_no_part_scrolls_sideways(served: str, browser: Browser, width: int, direction: str) -> None:
    with harness.page_at(browser, width) as page:
        page.goto(harness.turned(f"{served}/parts/", direction))
        harness.open_menus(page)
        assert harness.sideways(page) == 0


def test_every_stop_of_the_keyboard_shows_and_nothing_covers_it(served: str, browser: Browser) -> None:
    for width in (360, 1280):
        with harness.page_at(browser, width) as page:
            page.goto(f"{served}/parts/?errors")
            stops = harness.tab_through(page)
            assert stops[0].name == "Skip to main content"
            assert len(stops) > 25
            assert [stop for stop in stops if not stop.visible] == []
            assert [stop for stop in stops if stop.covered] == []


def test_errors_take_the_focus_and_lead_to_their_question(served: str, browser: Browser) -> None:
    with harness.page_at(browser) as page:
        page.goto(f"{served}/parts/?errors")
        assert page.title().startswith("Error:")
        assert page.evaluate("document.activeElement.matches('.summary')")
        page.get_by_role("link", name="Write the reasons for the decision").click()
        assert harness.focus(page).id == "id_reasons"
        assert "Write the reasons" in page.locator("#id_reasons-error").inner_text()


def test_three_escapes_leave_for_a_page_that_says_nothing(served: str, browser: Browser) -> None:
    with harness.page_at(browser) as page:
        page.goto(f"{served}/parts/")
        page.locator("#id_reasons").fill("words that must not stay")
        for _ in range(3):
            page.keyboard.press("Escape")
        page.get_by_role("heading", name="Reading the sky").wait_for()
        assert page.url.endswith("/clouds")
        assert "avre" not in page.title() + page.locator("body").inner_text() + page.url
        page.go_back()
        assert "words that must not stay" not in page.evaluate("[...document.querySelectorAll('textarea')].map(t => t.value).join()")


def test_leaving_works_without_script(served: str, browser: Browser) -> None:
    with harness.page_at(browser, script=False) as page:
        page.goto(f"{served}/parts/")
        page.get_by_role("button", name="Leave now").click()
        assert page.url.endswith("/clouds")


def test_the_language_is_chosen_on_any_page_and_stays(served: str, browser: Browser) -> None:
    with harness.page_at(browser, 360) as page:
        page.goto(f"{served}/parts/")
        page.get_by_role("button", name="Français").click()
        assert page.evaluate("document.documentElement.lang") == "fr"
        assert page.get_by_role("button", name="Quitter vite").is_visible()
        assert harness.sideways(page) == 0


def test_what_is_typed_takes_the_place_of_does_not_know(served: str, browser: Browser) -> None:
    with harness.page_at(browser) as page:
        page.goto(f"{served}/parts/")
        page.locator("[name=father_aside]").first.check()
        page.locator("#id_father").fill("2024")
        assert page.locator("[name=father_aside]:checked").count() == 0


@pytest.mark.parametrize("path", ["/sign-in/", "/clouds", "/no-such-page"])
def test_pages_outside_the_door_are_accessible_in_french_too(served: str, browser: Browser, path: str) -> None:
    for width in (320, 1280):
        with harness.page_at(browser, width, language="fr") as page:
            page.goto(served + path)
            assert page.evaluate("document.documentElement.lang") == "fr"
            assert harness.axe(page) == []
            assert harness.sideways(page) == 0


def test_the_page_stays_within_its_budgets(served: str, browser: Browser) -> None:
    weight = harness.weigh(browser, f"{served}/parts/?errors")
    assert weight.requests == 5
    assert weight.broken() == []


def test_no_name_leaves_the_page(served: str, browser: Browser) -> None:
    with harness.page_at(browser) as page:
        page.goto(f"{served}/parts/")
        assert harness.names_outside(page, ["Selam", "Tesfay", "ሰላም", "Yusuf", "يوسف"]) == []
        assert {"Parts in title", "Parts in address"} <= set(harness.names_outside(page, ["Parts"]))
