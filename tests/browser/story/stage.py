"""How do the people of the story stand before their screens? Each in a browser of their own, in the language under test.

A button or link is named by its English words, which the catalogue turns into the language under test; a field is
named by its `name`, which is the same in every language. Every step leaves a picture; a failure says which step it was
and where its picture lies.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from havre.cli.demo import PASSWORD
from havre.reference import codes
from havre.reference.countries import country_name
from havre.reference.languages import language_name
from tests.browser import harness

DESKTOP: Final = 1280
PHONE: Final = 360
PATIENCE: Final = 15_000
FORM: Final = "main form[method=post]"


@dataclass
class Person:
    """Someone who is signed in: what they can do with a keyboard, a pointer and their eyes."""

    username: str
    page: Page
    stage: "Stage"

    # ---- going and looking ----

    def go(self, path: str, status: int = 200) -> str:
        """Open an address of the application; say its path."""
        answer = self.page.goto(self.stage.address + path)
        assert answer is not None and answer.status == status, f"{path}: status {answer.status if answer else '?'}, not {status}"
        return self.arrived()

    def arrived(self) -> str:
        """What holds on every page: our language, nothing sideways, no name in title, address, history or storage."""
        if "/locked/" in self.page.url:
            self.page.locator("#password").fill(PASSWORD)
            self.page.get_by_role("main").get_by_role("button").first.click()
        page = self.page
        assert page.locator("html").get_attribute("lang") == self.stage.language
        assert harness.sideways(page) == 0, f"{self.path()} can be scrolled sideways"
        out = harness.names_outside(page, self.stage.names)
        assert not out, f"{self.path()}: {out}"
        return self.path()

    def path(self) -> str:
        """The path of the page one is on."""
        return self.page.url.removeprefix(self.stage.address).partition("#")[0]

    def sees(self, *words: str, **params: Any) -> None:
        """Assert that the main part of the page shows each of these sentences, in the language under test."""
        for one in words:
            wanted = self.stage.say(one, **params)
            expect(self.page.locator("main")).to_contain_text(wanted, timeout=PATIENCE, use_inner_text=True, ignore_case=True)

    def reads(self, *texts: str) -> None:
        """Assert that the main part of the page shows what somebody wrote: the same in every language."""
        for one in texts:
            expect(self.page.locator("main")).to_contain_text(one, timeout=PATIENCE)

    def complaints(self) -> str:
        """What the summary on top of the page says, for a failure message."""
        return " ".join(" ".join(self.page.locator("main .summary").all_inner_texts()).split())

    # ---- acting ----

    def follow(self, words: str) -> str:
        """Follow the first link with these words; say where it led."""
        self.page.locator("main").get_by_role("link", name=self.stage.say(words), exact=True).first.click()
        self.page.wait_for_load_state()
        return self.arrived()

    def press(self, words: str) -> str:
        """Press the button with these words; say where it led."""
        self.page.locator("main").get_by_role("button", name=self.stage.say(words), exact=True).first.click()
        self.page.wait_for_load_state()
        return self.arrived()

    def fill(self, within: str = FORM, **answers: Any) -> None:
        """Answer questions by their names: text, one option, several options, or True for a box to tick.

        An age is a pair. What starts with "@" is chosen, or typed, by its words as they stand and not by a code.
        """
        for name, value in answers.items():
            self._answer(within, name.replace("__", "-"), value)

    def _answer(self, within: str, name: str, value: Any) -> None:
        if isinstance(value, tuple):
            for n, part in enumerate(value):
                self._one(within, f"{name}_{n}").fill(str(part))
        elif value is True:
            self._one(within, name).check()
        elif isinstance(value, list):
            for code in value:
                self._one(within, name, f"[value={code!r}]").check()
        else:
            self._single(within, name, str(value))

    def _single(self, within: str, name: str, value: str) -> None:
        first = self._one(within, name)
        kind = first.evaluate("e => e.type")
        if kind == "select-one" and value.startswith("@"):
            options = first.locator("option").all_text_contents()
            first.select_option(label=value[1:] if value[1:] in options else next(o for o in options if value[1:] in o))
        elif kind == "select-one":
            first.select_option(value)
        elif kind in ("radio", "checkbox") and value.startswith("@"):
            self.page.locator(f'{within} label.opt:has([name="{name}"])', has_text=value[1:]).locator("input").first.check()
        elif kind in ("radio", "checkbox"):
            self._one(within, name, f"[value={value!r}]").check()
        else:
            first.fill(value.removeprefix("@"))

    def _one(self, within: str, name: str, more: str = "") -> Any:
        found = self.page.locator(f'{within} [name="{name}"]{more}').first
        assert found.count(), f"{self.path()} has no question {name}{more}"
        return found

    # ---- being refused ----

    def refused(self, name: str, reason: str, *, gate: str = "", said: bool = False, **params: Any) -> None:
        """Assert that the page says no, shows the reason, and (for a safeguard) names it; remember the refusal.

        `said`: the reason is in the language under test already.
        """
        summary = self.page.locator("main .summary[role=alert]")
        expect(summary).to_be_visible(timeout=PATIENCE)
        where = summary.locator(f'[data-gate="{gate}"]') if gate else summary
        expect(where.first).to_contain_text(reason if said else self.stage.say(reason, **params), timeout=PATIENCE)
        if gate:
            self.sees("This cannot be done yet")
        self.stage.note_refusal(name, where.first.inner_text())
        self.stage.picture(self, f"refused-{name}")

    def nothing_here(self, path: str) -> str:
        """Assert that an address answers as one that does not exist, word for word; give what the page says."""
        self.go(path, status=404)
        self.sees("There is nothing here that you can open")
        said = self.page.locator("main").inner_html()
        self.go("/case/2222-222/", status=404)
        assert self.page.locator("main").inner_html() == said, f"{path} tells that it exists"
        return said


@dataclass
class Stage:
    """The running application, the language under test, and everyone who has signed in so far."""

    address: str
    browser: Browser
    language: str
    names: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    stack: ExitStack = field(default_factory=ExitStack)
    at: str = "start"
    number: int = 0

    def say(self, words: str, **params: Any) -> str:
        """The words of a message in the language under test."""
        with translation.override(self.language):
            said = translation.gettext(words)
        return said % params if params else said

    def say_n(self, one: str, many: str, n: int) -> str:
        """The words of a message that counts, in the language under test."""
        with translation.override(self.language):
            return translation.ngettext(one, many, n) % {"n": n}

    def country(self, code: str) -> str:
        """A country by its name, as people type or choose it."""
        return f"@{country_name(code, self.language)}"

    def spoken(self, code: str) -> str:
        """A language by its name, as people type or choose it."""
        return f"@{language_name(code, self.language)}"

    def label(self, list_name: str, code: str) -> str:
        """The label of a code in the language under test."""
        return codes.label(list_name, code, self.language)

    def person(self, username: str, width: int = DESKTOP, height: int = 900) -> Person:
        """Someone before a screen of this width, signed in (once; then the same browser again)."""
        key = f"{username}-{width}"
        if key not in self.people:
            sign_in(self.stranger(username, width, height))
        return self.people[key]

    def stranger(self, username: str, width: int = DESKTOP, height: int = 900) -> Person:
        """Someone before a fresh screen, not signed in yet."""
        page = self.stack.enter_context(harness.page_at(self.browser, width, height=height, language=self.language))
        page.set_default_timeout(PATIENCE)
        page.context.add_cookies([{"name": "havre_language", "value": self.language, "url": self.address}])
        self.people[f"{username}-{width}"] = someone = Person(username, page, self)
        return someone

    def note_refusal(self, name: str, reason: str) -> None:
        """Remember a refusal with the reason that the page gave."""
        assert reason.strip()
        self.refusals[name] = " ".join(reason.split())

    def picture(self, person: Person, name: str) -> Path:
        """Take a picture of what someone sees now."""
        size = person.page.viewport_size
        width = size["width"] if size else 0
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower())
        return harness.picture(person.page, f"story-{self.language}-{self.number:02}-{slug}-{width}")

    def look(self, person: Person, name: str, *, again: bool = False) -> None:
        """A main page: a picture, accessibility in both directions, and the page turned right to left.

        The page is turned in place, so that what was typed stays; `again` asks the application for it turned. Both
        directions are checked in English; in the other languages where the application is asked, which is weighed too.
        """
        page, here = person.page, person.page.url.partition("#")[0]
        self.picture(person, name)
        self.wrong += [f"{name}: {found}" for found in harness.axe(page)]
        if self.language != "en" and not again:
            return
        if again:
            page.goto(harness.turned(here, "rtl"))
            assert page.locator("html").get_attribute("dir") == "rtl"
            self.picture(person, f"{name}-rtl")
        else:
            page.evaluate("document.documentElement.dir = 'rtl'")
        self.wrong += [f"{name}, right to left: {found}" for found in harness.axe(page)]
        if harness.sideways(page):
            self.wrong.append(f"{name}, right to left: can be scrolled sideways")
        if again:
            self.wrong += [f"{name} is too heavy: {over}" for over in harness.weigh(self.browser, here, page).broken()]
        else:
            page.evaluate("document.documentElement.dir = 'ltr'")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step of the story: named when it fails, with a picture of every open screen."""
        self.at, self.number = name, self.number + 1
        try:
            yield
        except Exception as error:
            taken = [self.picture(p, f"failed-{p.username}") for p in self.people.values()]
            where = "\n".join(f"  {p.username}: {p.path()} {p.complaints()}" for p in self.people.values())
            raise AssertionError(f"step {self.number}, {name} ({self.language}): {error}\n{where}\npictures: {[str(t) for t in taken]}") from error

    def close(self) -> None:
        """Close every browser window."""
        self.stack.close()


def sign_in(person: Person) -> None:
    """Come in through the door."""
    page = person.page
    page.goto(f"{person.stage.address}/sign-in/")
    page.locator("main [name=username]").fill(person.username)
    page.locator("main [name=password]").fill(PASSWORD)
    person.press("Sign in")
    assert "/sign-in/" not in page.url, f"{person.username} cannot sign in: {page.locator('main').inner_text()}"


def clean(person: Person) -> None:
    """No accessibility violation on this page, from left to right and from right to left."""
    here = person.page.url
    for direction in ("ltr", "rtl"):
        person.page.goto(harness.turned(here, direction))
        assert harness.axe(person.page) == [], f"{here} {direction}"
        assert harness.sideways(person.page) == 0
    person.page.goto(here)
