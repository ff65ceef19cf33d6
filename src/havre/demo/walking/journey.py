"""Who walks, and what do they carry from page to page?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from havre.demo.walking.browser import Browser, Lost, Page
from havre.demo.world import Story, story

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{3}\b")


@dataclass
class Journey:
    """The six people's browsers and what they have learnt so far."""

    address: str
    password: str
    story: Story = field(default_factory=story)
    people: dict[str, Browser] = field(default_factory=dict)
    screening: str = ""
    draft: str = ""
    case: str = ""
    request: str = ""
    match: str = ""
    answers: dict[str, str] = field(default_factory=dict)

    def as_(self, name: str) -> Browser:
        """The browser of a person, signed in."""
        if name not in self.people:
            browser = self.people[name] = Browser(self.address)
            page = browser.get("/sign-in/")
            page = browser.send(page, page.form("username", "password"), username=name, password=self.password)
            expect(page, 200)
            if page.path.startswith("/sign-in"):
                raise Lost(f"{name} cannot sign in. It says: {page.said()}")
        return self.people[name]


Step = Callable[[Journey], None]


def expect(page: Page, *statuses: int, at: str = "", says: str = "") -> Page:
    """The page, when it has one of these statuses, an address that holds `at` and text that holds `says`. Raises Lost."""
    if page.status not in statuses:
        raise Lost(f"{page.path} answered {page.status}, not {' or '.join(map(str, statuses))}. It says: {page.said()}")
    if at and not re.search(at, page.path):
        raise Lost(f"came to {page.path}, not to {at}. It says: {page.said()}")
    if says and says.lower() not in page.text.lower():
        raise Lost(f"{page.path} does not say “{says}”. It says: {page.said()}")
    return page


def code_in(text: str) -> str:
    """The first file code in a text. Raises Lost."""
    found = CODE.search(text)
    if not found:
        raise Lost(f"there is no code in: {text[:300]}")
    return found.group()


def _steps() -> list[tuple[str, Step]]:
    from havre.demo.walking import border, care, family, home, search
    return [*border.STEPS, *care.STEPS, *search.STEPS, *family.STEPS, *home.STEPS]


STEPS: list[tuple[str, Step]] = _steps()
