"""Do patterns, what changed, and figures of places read well in a browser; does a question that is worked on tell so, and show its answer?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from havre.cli.demo import PASSWORD
from havre.cli.messages import compile_all
from tests import live
from tests.browser import harness
from tests.browser.story.counted import months, within
from tests.browser.story.stage import PATIENCE, PHONE, Stage, clean

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAITS = """
from django.db import connection, transaction
with transaction.atomic():  # the job is gone before the worker can see it: the question waits until somebody answers it
    leyla = someone("leyla")
    with acting(leyla):
        plan = question(leyla, population="children_registered", period=Period(date(*FIRST, 1), date(*LAST, 1)), by=[BY], epsilon=100)
        actions.ask(wish(leyla, datetime.now(UTC)), plan=plan)
    connection.cursor().execute("delete from procrastinate_jobs where task_name = 'statistics.answer' and status = 'todo'")
print(json.dumps({}))
"""
ANSWER = """
with acting(system_actor()):
    waiting = list(Question.objects.filter(outcome="waiting").values_list("pk", flat=True))
for each in waiting:
    actions.answer_question(wish(system_actor(), datetime.now(UTC)), question=each)
print(json.dumps({}))
"""
BY = {"en": ("trafficking", "risk"), "fr": ("child_marriage", "group")}


@pytest.fixture(scope="module")
def instance() -> Iterator[live.Instance]:
    """The smallest demonstration: its patterns come from an invented register."""
    compile_all()
    with live.running(persons=40, children=12, requests=4, seconds=400) as running:
        yield running


@pytest.mark.parametrize("language", ["en", "fr"])
def test_patterns_say_something_and_change_and_stand_beside_figures_of_places(instance: live.Instance, browser: Browser, language: str) -> None:
    stage = Stage(instance.address, browser, language)
    try:
        leyla = stage.person("leyla")
        leyla.go("/releases/")
        leyla.follow("Patterns of vulnerability: what goes with what")
        leyla.sees("Goes with it more often", "Goes with it less often", "Cannot tell")
        assert leyla.page.locator("main .plot svg line[stroke-linecap=round]").count() >= 7, "a factor without its dot"
        assert stage.say("Too few to tell") not in leyla.page.locator("main .plot").first.inner_text()
        clean(leyla)
        leyla.follow("What changed since the release before?")
        leyla.sees("More than before", "Less than before")
        assert leyla.page.locator("main table.figures tbody tr").count() >= 10
        clean(leyla)
        leyla.follow("Where and when is it noted?")
        leyla.go("/numbers/patterns/where/?factor=risk_community&by=last_seen@2")
        leyla.sees("What is known of these places")
        leyla.reads("East Samrat", "Invented for practice")
        clean(leyla)
        phone = stage.person("leyla", PHONE, 780)
        phone.go("/numbers/patterns/where/?factor=risk_community&by=last_seen@2")
        clean(phone)
        phone.follow("Figures of places: see what is loaded, or take in a file")
        phone.reads("Invented for practice")
        clean(phone)
        phone.page.locator("#id_file, [name=file]").first.set_input_files({"name": "f.csv", "mimeType": "text/csv", "buffer": b"pcode,value\nSDX01,1\n"})
        phone.press("Take it in")
        phone.sees("The first row must name the columns pcode, indicator, value, source, date.")
        assert harness.axe(phone.page) == []
    finally:
        stage.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_question_that_is_worked_on_tells_so_and_shows_its_answer(instance: live.Instance, browser: Browser, language: str) -> None:
    stage = Stage(instance.address, browser, language)
    first, last = months()[0], months()[-1]
    try:
        leyla = stage.person("leyla")
        within(instance, WAITS, FIRST=first, LAST=last, BY=BY[language][0])
        leyla.go("/releases/room/")
        leyla.sees("Being worked on")
        leyla.page.locator("main #earlier a, main ul.stack a[href*='/releases/room/']").first.click()
        leyla.page.wait_for_load_state()
        leyla.sees("Being worked on", "You may leave this page: the answer is kept under your questions, and paid for once.")
        clean(leyla)
        address = leyla.page.url
        within(instance, ANSWER)
        show = leyla.page.get_by_role("link", name=stage.say("Show the answer"))
        expect(show).to_be_visible(timeout=PATIENCE)
        expect(leyla.page.locator("#live")).to_have_text(stage.say("Your question is answered."), timeout=PATIENCE)
        show.click()
        leyla.page.wait_for_load_state()
        assert leyla.page.url == address and leyla.page.locator("main table.figures td").count() >= 3
        clean(leyla)
    finally:
        stage.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_script_the_page_of_a_question_refreshes_by_itself(instance: live.Instance, browser: Browser, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale=language)
    context.add_cookies([{"name": "havre_language", "value": language, "url": instance.address}])
    page = context.new_page()
    try:
        page.goto(instance.address + "/sign-in/")
        page.locator("[name=username]").fill("leyla")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        within(instance, WAITS, FIRST=months()[0], LAST=months()[-1], BY=BY[language][1])
        page.goto(instance.address + "/releases/room/")
        page.locator("main ul.stack a[href*='/releases/room/']").first.click()
        assert page.locator("main table.figures").count() == 0
        within(instance, ANSWER)
        expect(page.locator("main table.figures").first).to_be_visible(timeout=PATIENCE)
    finally:
        context.close()
