"""How is a page tried in a real browser: pictures, accessibility, keyboard, weight, and names where none may be?

Every check takes a Playwright page; `chromium()` gives a browser, `page_at()` a page of one size, scheme and language.
"""

import gzip
import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

HERE: Final = Path(__file__).resolve().parent
AXE: Final = HERE / "vendor" / "axe.min.js"
PICTURES: Final = HERE / "screenshots"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS: Final = (320, 360, 768, 1280)
SCHEMES: Final = ("light", "dark")

MAX_TRANSFER, MAX_REQUESTS, MAX_ELEMENTS = 60_000, 6, 1_200
MAX_STYLE, MAX_STYLE_PACKED, MAX_SCRIPT_PACKED = 32_000, 9_000, 30_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a headless browser: the system's Chromium, else the one that Playwright brought."""
    with sync_playwright() as play:
        path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
        browser = play.chromium.launch(executable_path=path, args=list(FLAGS), headless=True)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_at(
    browser: Browser,
    width: int = 1280,
    scheme: str = "light",
    *,
    height: int = 800,
    language: str = "en",
    forced_colours: bool = False,
    script: bool = True,
) -> Iterator[Page]:
    """Give a fresh page (own cookies) that fails on script errors and on refusals of the content policy."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if forced_colours else "none",
        locale=language,
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if _is_fault(said.text) else None)
    try:
        yield page
    finally:
        context.close()
    assert not faults, f"the browser complained: {faults}"


def _is_fault(text: str) -> bool:
    return "Content Security Policy" in text or "Refused to" in text


def picture(page: Page, name: str) -> Path:
    """Take a picture of the whole page under tests/browser/screenshots (not kept in the repository)."""
    PICTURES.mkdir(exist_ok=True)
    target = PICTURES / f"{name}.png"
    page.screenshot(path=str(target), full_page=True)
    return target


def pictures(browser: Browser, url: str, name: str) -> list[Path]:
    """Take one page at 320, 360, 768 and 1280 px, light and dark, left to right and right to left."""
    taken: list[Path] = []
    for width in WIDTHS:
        for scheme in SCHEMES:
            for direction in ("ltr", "rtl"):
                with page_at(browser, width, scheme) as page:
                    page.goto(turned(url, direction))
                    taken.append(picture(page, f"{name}-{width}-{scheme}-{direction}"))
    return taken


def turned(url: str, direction: str) -> str:
    """Give the address of a page turned right to left (works in practice only)."""
    if direction == "ltr":
        return url
    return f"{url}{'&' if '?' in url else '?'}dir=rtl"


def open_menus(page: Page) -> None:
    """Unfold every `details`, so that what they hold is checked too."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def axe(page: Page) -> list[str]:
    """List accessibility violations (axe-core, WCAG 2.2 AA and best practice): rule, help, first elements."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {
        "runOnly": {
            "type": "tag",
            "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        },
        "resultTypes": ["violations"],
    }
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [_violation(one) for one in found["violations"]]


def _violation(one: dict[str, Any]) -> str:
    nodes = "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"][:4])
    detail = one["nodes"][0].get("failureSummary", "").replace("\n", " ")
    return f"{one['id']}: {one['help']} [{nodes}] {detail}"


def axe_everywhere(browser: Browser, url: str, widths: Iterable[int] = (360, 1280)) -> list[str]:
    """Check one page at two widths, light and dark, both directions, menus open; list violations with where."""
    wrong: list[str] = []
    for width in widths:
        for scheme in SCHEMES:
            for direction in ("ltr", "rtl"):
                with page_at(browser, width, scheme) as page:
                    page.goto(turned(url, direction))
                    open_menus(page)
                    wrong += [f"{width} {scheme} {direction}: {found}" for found in axe(page)]
    return wrong


def sideways(page: Page) -> int:
    """Give how many pixels the page can be scrolled sideways (0 is right)."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@dataclass(frozen=True, slots=True)
class Focus:
    """Where the keyboard is."""

    tag: str
    name: str
    id: str
    visible: bool
    covered: bool


_FOCUS = """() => {
  const el = document.activeElement, box = el.getBoundingClientRect(), style = getComputedStyle(el);
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 10);
  const top = document.elementFromPoint(x, y);
  const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    || style.boxShadow !== 'none' || style.backgroundColor === getComputedStyle(document.body).getPropertyValue('--lamp');
  return {tag: el.tagName, id: el.id, name: (el.getAttribute('aria-label') || el.innerText || el.name || '').trim().slice(0, 60),
    visible: shown, covered: !!top && !el.contains(top) && !top.contains(el) && !(el.labels && [...el.labels].some(l => l.contains(top)))};
}"""


def focus(page: Page) -> Focus:
    """Tell which element has the focus, whether that shows, and whether something lies over it."""
    return Focus(**page.evaluate(_FOCUS))


def tab_through(page: Page, most: int = 200) -> list[Focus]:
    """Press Tab from the top of the page until the focus leaves it; list the stops in order."""
    stops: list[Focus] = []
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); scrollTo(0, 0)")
    for _ in range(most):
        page.keyboard.press("Tab")
        here = focus(page)
        if here.tag == "BODY":
            break
        stops.append(here)
    return stops


def tab_to(page: Page, selector: str, most: int = 200) -> Focus:
    """Press Tab until the element has the focus; AssertionError when the keyboard cannot reach it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return focus(page)
    raise AssertionError(f"the keyboard does not reach {selector}")


@dataclass(slots=True)
class Weight:
    """What one first load of a page costs. Sizes in bytes; packed = as gzip would send it, sent = as it came."""

    requests: int = 0
    sent: int = 0
    packed: int = 0
    style: int = 0
    style_packed: int = 0
    script_packed: int = 0
    elements: int = 0
    outside: list[str] = field(default_factory=list)

    def broken(self) -> list[str]:
        """List the budgets that this page breaks."""
        limits = (
            ("requests", self.requests, MAX_REQUESTS),
            ("all, as sent", self.sent, MAX_TRANSFER),
            ("style", self.style, MAX_STYLE),
            ("style, packed", self.style_packed, MAX_STYLE_PACKED),
            ("script, packed", self.script_packed, MAX_SCRIPT_PACKED),
            ("elements", self.elements, MAX_ELEMENTS),
        )
        over = [f"{what}: {value} > {limit}" for what, value, limit in limits if value > limit]
        return over + [f"asked another place: {url}" for url in self.outside]


def weigh(browser: Browser, url: str, page: Page | None = None) -> Weight:
    """Load a page with an empty cache and measure it; give `page` to keep a sign-in."""
    if page is not None:
        return _weigh(page, url)
    with page_at(browser) as fresh:
        return _weigh(fresh, url)


def _weigh(page: Page, url: str) -> Weight:
    weight = Weight()
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(url, wait_until="load")
    page.remove_listener("response", note)
    home = urlsplit(url).netloc
    for answer in answers:
        if answer.url.startswith("data:") or answer.status in range(300, 400):
            continue
        if urlsplit(answer.url).netloc != home:
            weight.outside.append(answer.url)
            continue
        body = answer.body()
        packed = len(gzip.compress(body, 6))
        weight.requests += 1
        weight.packed += packed
        weight.sent += answer.request.sizes()["responseBodySize"]
        kind = answer.headers.get("content-type", "")
        if "css" in kind:
            weight.style += len(body)
            weight.style_packed += packed
        elif "javascript" in kind:
            weight.script_packed += packed
    weight.elements = int(page.evaluate("document.querySelectorAll('*').length"))
    return weight


def names_outside(page: Page, names: Iterable[str]) -> list[str]:
    """List names that show where none may: title, address, history state, browser storage, cookies."""
    storage = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")
    cookies = json.dumps(page.context.cookies(), ensure_ascii=False)
    places = {
        "title": page.title(),
        "address": unquote(page.url),
        "storage": str(storage),
        "cookies": cookies,
    }
    return [f"{name} in {place}" for name in names for place, text in places.items() if _holds(text, name)]


def _holds(text: str, name: str) -> bool:
    bare = _bare(name)
    return bool(bare) and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", _bare(text)) is not None


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
