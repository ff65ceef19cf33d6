"""How does one fill in a page without a browser? Pages are read, forms are found by a field they have, and sent as they stand
with what is typed into them."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any

TIMEOUT = 60
SILENT = frozenset({"submit", "button", "image", "reset", "file"})


class Lost(Exception):
    """The page is not what the walk expects; the sentence says what was missing and what was there."""


@dataclass
class Form:
    """One form: where it goes, the values it stands with, and what may be chosen."""

    action: str = ""
    method: str = "get"
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    multipart: bool = False
    id: str = ""

    def names(self) -> set[str]:
        """Every field one may type in or choose."""
        return set(self.values) | set(self.choices)


class Reader(HTMLParser):
    """Gathers forms, links and words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._open: Form | None = None
        self._select: tuple[str, Form, bool] | None = None
        self._chosen = False
        self._textarea: tuple[str, Form] | None = None
        self._link: str | None = None
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {k: v or "" for k, v in attrs}
        if tag in {"script", "style", "template"}:
            self._skip += 1
        elif tag == "form":
            self._open = Form(at.get("action", ""), at.get("method", "get").lower(), id=at.get("id", ""),
                              multipart=at.get("enctype", "").startswith("multipart"))
            self.forms.append(self._open)
        elif tag == "a":
            self._link = at.get("href")
            if self._link:
                self.links.append((self._link, ""))
        elif tag in {"input", "select", "textarea", "button", "option"}:
            self._control(tag, at)

    def _control(self, tag: str, at: dict[str, str]) -> None:
        form = next((f for f in self.forms if f.id and f.id == at["form"]), None) if at.get("form") else self._open
        if tag == "option":
            self._option(at)
        elif form is None or not at.get("name") or "disabled" in at:
            return
        elif tag == "input":
            _input(form, at)
        elif tag == "button":
            form.buttons.append((at["name"], at.get("value", "")))
        elif tag == "select":
            self._select, self._chosen = (at["name"], form, "multiple" in at), False
            form.choices.setdefault(at["name"], [])
        else:
            self._textarea = (at["name"], form)
            form.values.setdefault(at["name"], []).append("")

    def _option(self, at: dict[str, str]) -> None:
        if self._select is None:
            return
        name, form, many = self._select
        form.choices[name].append(at.get("value", ""))
        if "selected" in at:
            if not many:
                form.values[name] = []
            form.values.setdefault(name, []).append(at.get("value", ""))
            self._chosen = True
        elif not many and not self._chosen and name not in form.values:
            form.values[name] = [at.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "template"}:
            self._skip = max(0, self._skip - 1)
        elif tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea is not None:
            name, form = self._textarea
            form.values[name][-1] = form.values[name][-1].removeprefix("\n")
            self._textarea = None
        elif tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        if self._textarea is not None:
            name, form = self._textarea
            form.values[name][-1] += data
            return
        if self._link and self.links:
            self.links[-1] = (self.links[-1][0], f"{self.links[-1][1]} {data.strip()}".strip())
        if data.strip():
            self.words.append(data.strip())


def _input(form: Form, at: dict[str, str]) -> None:
    kind, name, value = at.get("type", "text").lower(), at["name"], at.get("value", "")
    if kind in {"radio", "checkbox"}:
        form.choices.setdefault(name, []).append(value or "on")
        if "checked" in at:
            form.values.setdefault(name, []).append(value or "on")
    elif kind in {"submit", "image"}:
        form.buttons.append((name, value))
    elif kind not in SILENT:
        form.values.setdefault(name, []).append(value)


@dataclass
class Page:
    """An answer of the server, read."""

    status: int
    url: str
    text: str
    html: str
    forms: list[Form]
    links: list[tuple[str, str]]
    headers: dict[str, str]

    @property
    def path(self) -> str:
        """The address without the server."""
        return urllib.parse.urlsplit(self.url).path

    def form(self, *fields: str, action: str = "") -> Form:
        """The form that has these fields (and whose address ends so). Raises Lost."""
        for form in self.forms:
            if set(fields) <= form.names() | {n for n, _ in form.buttons} and (form.action or self.path).split("?")[0].endswith(action):
                return form
        there = "; ".join(f"{f.action or '(here)'}: {', '.join(sorted(f.names()))}" for f in self.forms)
        raise Lost(f"{self.path} ({self.status}) has no form with {', '.join(fields) or action}. It has: {there[:900]}. It says: {self.said()}")

    def link(self, part: str) -> str:
        """The first link whose address or words hold `part`. Raises Lost."""
        for address, words in self.links:
            if part in address or part in words:
                return address
        raise Lost(f"{self.path} ({self.status}) has no link with “{part}”. It says: {self.said()}")

    def said(self) -> str:
        """The beginning of the words of the page's main part."""
        _, _, main = self.text.rpartition("‹main›")
        return main[:700]


class Browser:
    """One person's browser: cookies of their own."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.times: list[tuple[str, float]] = []

    def get(self, path: str) -> Page:
        """Open a page, redirects followed."""
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.address + "/", path)))  # noqa: S310  (our own server)

    def follow(self, page: Page, part: str) -> Page:
        """Follow a link of a page."""
        return self.get(urllib.parse.urljoin(page.url, page.link(part)))

    def send(self, page: Page, form: Form, button: tuple[str, str] | None = None, **typed: Any) -> Page:
        """Send a form with what is typed (`None` leaves a field out). Raises Lost for a field or choice that is not there."""
        values = {name: list(held) for name, held in form.values.items()}
        for name, value in typed.items():
            given = [str(v) for v in (value if isinstance(value, list | tuple) else [value])] if value is not None else []
            if name not in form.names():
                raise Lost(f"{page.path} has no field “{name}”. It has: {', '.join(sorted(form.names()))}")
            wrong = [v for v in given if name in form.choices and v not in form.choices[name]]
            if wrong:
                raise Lost(f"{page.path}: “{name}” cannot be {wrong}; one of {form.choices[name][:40]}")
            values[name] = given
        pairs = [(name, value) for name, held in values.items() for value in held]
        pairs += [button] if button else []
        url = urllib.parse.urljoin(page.url, form.action or page.url)
        if form.method != "post":
            return self.get(f"{url.split('?')[0]}?{urllib.parse.urlencode(pairs)}")
        data = urllib.parse.urlencode(pairs).encode()
        kind = "application/x-www-form-urlencoded"
        if form.multipart:
            data, kind = _multipart(pairs)
        headers = {"Content-Type": kind, "Referer": page.url, "Origin": self.address}
        return self._ask(urllib.request.Request(url, data=data, headers=headers))  # noqa: S310  (our own server)

    def _ask(self, request: urllib.request.Request) -> Page:
        try:
            with self.opener.open(request, timeout=TIMEOUT) as answer:
                return _read(answer.status, answer.url, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            return _read(error.code, error.url, error.read(), error.headers)
        except urllib.error.URLError as error:
            raise Lost(f"{request.full_url} cannot be reached: {error.reason}") from error


def _read(status: int, url: str, body: bytes, headers: Message) -> Page:
    html = body.decode("utf-8", "replace")
    reader = Reader()
    reader.feed(html.replace("<main", "‹main›<main", 1))
    return Page(status, url, " ".join(reader.words), html, reader.forms, reader.links, {k.lower(): v for k, v in headers.items()})


def _multipart(pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    mark = "havre-walk-7d1c2f9a"
    parts = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs)
    return f"{parts}--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
