"""Does a release come about in a browser, in both languages: planned by one, approved by another, read by everyone, and never of one child?"""

import pytest
from playwright.sync_api import Browser

from tests import live
from tests.browser import harness
from tests.browser.story.counted import months, within
from tests.browser.story.stage import PHONE, Stage, clean

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUBLISH = """
with acting(system_actor()):
    found = Release.objects.get(file__code=CODE)
actions.publish_release(wish(system_actor(), datetime.combine(found.release_on, datetime.min.time(), UTC).replace(hour=6)), release=found.pk)
print(json.dumps({}))
"""
TABLES = {"en": ("age@band", "sex"), "fr": ("status", "sex")}
ISOLATING = "by=nationality&by=place&by=age&by=exploitation&epsilon=100"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_plans_another_approves_and_everyone_reads(instance: live.Instance, browser: Browser, language: str) -> None:
    stage = Stage(instance.address, browser, language)
    first, last = (f"{year}-{month:02}" for year, month in (months()[0], months()[-1]))
    rows, columns = TABLES[language]
    try:
        leyla = stage.person("leyla")
        leyla.go("/releases/new/?population=children_registered")
        leyla.fill(first=first, last=last, line="public", epsilon="300", t0_0=rows, t0_1=columns)
        leyla.press("Look at it first")
        leyla.sees("What it would give", "Readable from")
        assert harness.axe(leyla.page) == []
        leyla.press("Keep the plan")
        code = leyla.path().split("/")[2]
        leyla.press("Hand it in")
        leyla.sees("Waits for a second person")
        assert not leyla.page.get_by_role("button", name=stage.say("Approve the release")).count(), "the author is offered to approve"
        clean(leyla)

        samir = stage.person("samir", PHONE, 780)
        samir.go("/today/")
        samir.sees("Decide on a planned release")
        clean(samir)
        samir.page.locator(f"main a[href*='{code}']").first.click()
        samir.page.wait_for_load_state()
        samir.sees("Before it goes out", "Readable from")
        clean(samir)
        samir.press("Approve the release")
        for _ in range(60):
            samir.page.reload()
            if stage.say("Measured, waits for its day") in samir.page.locator("main").inner_text():
                break
            samir.page.wait_for_timeout(1000)
        samir.sees("Measured, waits for its day")

        with harness.page_at(browser, 1280, language=language) as page:
            assert page.goto(f"{instance.address}/data/{code}/").status == 404, "shown before its day"
            within(instance, PUBLISH, CODE=code)
            page.goto(f"{instance.address}/data/")
            page.locator(f"main a[href*='{code}']").click()
            page.wait_for_load_state()
            said = page.locator("main").inner_text()
            assert page.locator("main .plot svg line[stroke-linecap=round]").count() >= 2, "no dots"
            assert page.locator("main .plot svg line.err").count() >= 6, "no intervals"
            assert not page.locator("main .plot .bar1").count(), "a bare bar"
            assert page.locator("main table.figures td").count() >= 10 and stage.say("too few to show") in said
            assert stage.say("How safe is this table") in said and stage.say("How to cite") in said
            with page.expect_download() as download:
                page.get_by_role("link", name=stage.say("Download the files")).click()
            assert download.value.suggested_filename.endswith(".zip")
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                for direction in ("ltr", "rtl"):
                    page.goto(harness.turned(f"{instance.address}/data/{code}/", direction))
                    assert harness.axe(page) == [] and harness.sideways(page) == 0, f"{width} {direction}"
    finally:
        stage.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_asking_for_one_child_is_refused_with_something_else(instance: live.Instance, browser: Browser, language: str) -> None:
    stage = Stage(instance.address, browser, language)
    month = f"{months()[2][0]}-{months()[2][1]:02}"
    try:
        leyla = stage.person("leyla")
        leyla.go(f"/releases/room/?population=children_registered&first={month}&last={month}&{ISOLATING}", status=409)
        leyla.sees("This table cannot be shown.", "You can:")
        clean(leyla)
        leyla.page.locator("main .note.stop a").first.click()
        leyla.page.wait_for_load_state()
        leyla.sees("Ask, and spend it")
    finally:
        stage.close()
