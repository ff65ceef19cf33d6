"""Which pages are asked for, as whom, and how long did the server say they took?"""

import random
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from havre.demo.bulk import PASSWORD, SIGN_IN
from havre.demo.loading.many import description_values
from havre.demo.walking.browser import Browser, Lost, Page
from havre.demo.walking.journey import CODE, expect
from havre.demo.world import BulkQuery

SPENT = re.compile(r"app;dur=([\d.]+)")
Times = dict[str, list[tuple[float, float]]]


class Measured:
    """Times of pages: what the server says it spent, and what passed outside, in milliseconds."""

    def __init__(self) -> None:
        self.times: Times = {}
        self.slowdown: list[float] = []

    def take(self, name: str, ask: Callable[[], Page]) -> Page:
        """Ask for a page and keep how long it took under a name."""
        began = time.perf_counter()
        page = ask()
        passed = 1000 * (time.perf_counter() - began)
        said = SPENT.search(page.headers.get("server-timing", ""))
        if page.status >= 500 or said is None:
            raise Lost(f"{name}: {page.path} answered {page.status}. It says: {page.said()}")
        self.times.setdefault(name, []).append((float(said.group(1)), passed))
        return page

    def server(self, name: str) -> list[float]:
        """What the server spent."""
        return [spent for spent, _ in self.times.get(name, [])]

    def outside(self, name: str) -> list[float]:
        """What passed outside."""
        return [passed for _, passed in self.times.get(name, [])]


class Steady(Browser):
    """A browser that does not follow redirects, so that the time of a save is the save's alone."""

    def __init__(self, address: str, follows: Browser) -> None:
        import urllib.request
        super().__init__(address)

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_: Any) -> None:
                return None
        handlers = [h for h in follows.opener.handlers if isinstance(h, urllib.request.HTTPCookieProcessor)]
        self.opener = urllib.request.build_opener(Stay(), *handlers)


def signed_in(address: str, role: str) -> Browser:
    """A browser of one of the people of the bulk world."""
    browser = Browser(address)
    page = browser.get("/sign-in/")
    page = expect(browser.send(page, page.form("username", "password"), username=SIGN_IN[role], password=PASSWORD), 200)
    if page.path.startswith("/sign-in"):
        raise Lost(f"{role} cannot sign in: {page.said()}")
    return browser


def reads(measured: Measured, worker: Browser, supervisor: Browser, codes: list[str], times: int, rng: random.Random) -> None:
    """Lists, Today and case pages, mixed as a morning mixes them."""
    for _ in range(times):
        measured.take("today", lambda: expect(worker.get("/today/"), 200))
        measured.take("case list", lambda: expect(worker.get("/case/"), 200))
        measured.take("case list of a supervisor", lambda: expect(supervisor.get("/case/"), 200))
        measured.take("today of a supervisor", lambda: expect(supervisor.get("/today/"), 200))
        for code in rng.sample(codes, 3):
            measured.take("case page", lambda code=code: expect(worker.get(f"/case/{code}/"), 200))  # type: ignore[misc]


def numbers(measured: Measured, manager: Browser, times: int) -> None:
    """Numbers over every case of an agency: one in two breakdowns over six years, one by its deadlines, and the board."""
    for _ in range(times):
        measured.take("a number of an agency", lambda: expect(manager.get("/numbers/active_caseload/?by=age&across=sex&period=365d"), 200))
        measured.take("a number of an agency", lambda: expect(manager.get("/numbers/assessed_in_time/?by=risk&period=90d"), 200))
        measured.take("board of an agency", lambda: expect(manager.get("/numbers/"), 200))


def saves(measured: Measured, worker: Browser, codes: list[str], address: str) -> None:
    """A visit written down for each case."""
    steady, today = Steady(address, worker), date.today()
    for code in codes:
        page = expect(worker.get(f"/case/{code}/visit/"), 200)
        form = page.form("result", "seen_and_heard")
        page = measured.take("save", lambda page=page, form=form: steady.send(  # type: ignore[misc]
            page, form, result="reached", kind="in_care", channel="home_planned", with_whom=["child"], child_seen="yes", place_safe="yes",
            happened_on=f"{today.day} {today.month} {today.year}", seen_and_heard="Goes to school and eats well."))
        if page.status not in (302, 303):
            raise Lost(f"the visit to {code} was not kept: {page.status} {page.said()}")


def searches(measured: Measured, worker: Browser, queries: list[BulkQuery], address: str) -> None:
    """The search before create, over every person of every agency."""
    page = expect(worker.get("/register/"), 200)
    page = expect(worker.send(page, page.form("rid", action="/register/")), 200)
    found = CODE.search(page.path)
    assert found is not None  # the address just held it
    steady = Steady(address, worker)
    for query in queries:
        page = expect(worker.get(f"/register/{found.group()}/search/"), 200)
        form = page.form("names-0-value", "father")
        typed = dict(_typed(query))
        answer = measured.take("tracing query", lambda page=page, form=form, typed=typed: steady.send(page, form, **typed))  # type: ignore[misc]
        if answer.status not in (302, 303):
            raise Lost(f"a search was refused: {answer.status} {answer.said()}")


def _typed(query: BulkQuery) -> Iterator[tuple[str, Any]]:
    values, kin = description_values(query)
    yield "names-0-value", query.value
    yield "father", query.father
    yield "mother", next((v["names"][0]["value"] for relation, v in kin if relation == "mother"), "")
    yield "siblings", ", ".join(query.siblings)
    if query.sex != "unknown":
        yield "sex", query.sex
    yield "age_0", query.age_min
    yield "age_1", query.age_max
    yield "phone", query.phone
    origin = values["origin"]
    if len(origin) > 1 and len(origin[0]) == 2:
        yield "origin_country", origin[0]
        yield "origin_place", ", ".join(reversed(origin[1:]))
