"""Do the pages of tracing work for everyone: narrow and wide, light and dark, in either direction, without sideways scroll?

The pages are drawn by the application as people see them, then shown to Chromium from memory.
"""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from havre.access.models import File
from havre.access.queries import scoped
from havre.infra.acting import acting
from havre.tracing import actions, matching
from havre.tracing.models import Candidate
from tests.browser import harness
from tests.integration.tracing.pairing import CHILD_LANE, go_on, hear_both, matched, ready

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]

STATIC = Path(matching.__file__).parents[1] / "web" / "static"
HOST = "http://havre.test"


def drawn(client, *places) -> dict[str, str]:
    pages = {}
    for name, *args in places:
        address = reverse(name, args=args)
        answer = client.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        pages[address] = answer.content.decode()
    return pages


def look(pages: dict[str, str]) -> list[str]:
    """Show each page at 320, 360 and 1280 px, both directions, light and dark; give what is wrong."""
    wrong: list[str] = []

    def answer(route) -> None:
        path = urlsplit(route.request.url).path
        if path in pages:
            body = pages[path] if "rtl" not in route.request.url else pages[path].replace('dir="ltr"', 'dir="rtl"', 1)
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        else:
            found = STATIC / path.removeprefix("/static/")
            route.fulfill(body=found.read_bytes(), content_type=mimetypes.guess_type(found.name)[0] or "text/plain") if found.is_file() else route.abort()

    with harness.chromium() as browser:
        for width, scheme, turn in ((320, "light", ""), (360, "dark", "?rtl"), (1280, "light", ""), (1280, "dark", "?rtl")):
            with harness.page_at(browser, width, scheme) as page:
                page.route("**/*", answer)
                for path in pages:
                    page.goto(f"{HOST}{path}{turn}")
                    harness.open_menus(page)
                    over = harness.sideways(page)
                    wrong += [f"{path} {width}: {over} px sideways"] if over else []
                    wrong += [f"{path} {width} {scheme}{turn}: {one}" for one in harness.axe(page)] if width != 320 else []
    return wrong


def test_every_page_passes_the_accessibility_rules_at_any_width_in_both_directions(people, intent, sign_in_as) -> None:
    match, plan = ready(people, intent)
    actions.approve_reunification(intent(people.supervisor), reunification=plan.pk, reasons="In place.")
    with acting(people.caseworker):
        candidate = scoped(Candidate, people.caseworker).get()
        case = scoped(File, people.caseworker).get(kind="case").code
    code = match.file.code
    pages = drawn(sign_in_as(people.users["caseworker"]), ("tracing:list",), ("tracing:new",), ("tracing:child", case), ("tracing:wishes", case),
                  ("tracing:candidate", candidate.pk), ("tracing:match", code), ("tracing:facts", code), ("tracing:sign", code),
                  ("tracing:household", code))
    pages |= drawn(sign_in_as(people.users["panel_member"]), ("tracing:panel",), ("tracing:decision", code))
    pages |= drawn(sign_in_as(people.users["supervisor"]), ("tracing:alerts",), ("tracing:alert_new",))
    assert look(pages) == []


def test_the_pages_before_a_decision_too(people, intent, sign_in_as) -> None:
    pair = matched(people, intent)
    with acting(people.tracing_officer):
        request = scoped(File, people.tracing_officer).get(pk=pair.request.file_id).code
    officer = sign_in_as(people.users["tracing_officer"])
    pages = drawn(officer, ("tracing:candidate", pair.adult_side.pk), ("tracing:request", request))
    match = go_on(people, intent, pair)
    pages |= drawn(officer, ("tracing:interview_adult", match.file.code))
    match = hear_both(people, intent, match, CHILD_LANE)
    pages |= drawn(sign_in_as(people.users["caseworker"]), ("tracing:facts", match.file.code), ("tracing:match", match.file.code))
    assert look(pages) == []
