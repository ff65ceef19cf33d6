"""What does every page need to know: language, direction, who is here, which places, what was just said?"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from havre.web.shell import nav, said


@dataclass(frozen=True, slots=True)
class Person:
    """The person who is signed in, as the account menu shows them."""

    name: str
    role: str
    agency: str


class Shell:
    """Read by `base.html`; each answer is made only when the page asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._person = getattr(request, "person", None)
        actor = getattr(request, "actor", None)
        self._role = actor.role.value if actor is not None else ""

    @property
    def practice(self) -> bool:
        """Whether every person here is invented."""
        return bool(getattr(settings, "HAVRE_PRACTICE", False))

    @property
    def lang(self) -> str:
        """The language of the page."""
        return get_language() or "en"

    @property
    def dir(self) -> str:
        """The direction of the page; `?dir=rtl` turns it round in practice, to see any page that way."""
        if self.practice and self._request.GET.get("dir") == "rtl":
            return "rtl"
        return "rtl" if get_language_bidi() else "ltr"

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages one may choose, each in its own name."""
        return list(settings.LANGUAGES)

    @cached_property
    def me(self) -> Person | None:
        """Who is signed in, or None; a locked session shows nobody."""
        person = self._person
        if person is None or not self._role:
            return None
        return Person(person.name, nav.role_words(self._role), person.agency.name)

    @property
    def places(self) -> list[nav.Link]:
        """The places this person sees."""
        return nav.places(self._role, self._request.path)

    @property
    def find(self) -> str:
        """The address that Find posts to; "" for roles that have no Find."""
        return nav.address_of("registration:find") if self._role in nav.FINDERS else ""

    @property
    def start(self) -> str:
        """The first place of this person."""
        first = self.places[:1]
        return first[0].address if first else ""

    @cached_property
    def said(self) -> said.Said | None:
        """What was just done; taken once."""
        return said.take(self._request)

    @property
    def sessions(self) -> str:
        """The address of one's own sessions."""
        return nav.address_of("account:sessions")

    @property
    def sign_out(self) -> str:
        """The address that signing out posts to."""
        return nav.address_of("account:sign_out")

    @property
    def neutral(self) -> str:
        """Where Leave now goes: the instance's own choice, else the page about clouds."""
        return nav.neutral()

    @property
    def leave(self) -> str:
        """The address that Leave now posts to."""
        return nav.address_of("shell:leave")

    @property
    def language(self) -> str:
        """The address that choosing a language posts to."""
        return nav.address_of("shell:language")

    @property
    def here(self) -> str:
        """This page's path, to come back to after choosing a language."""
        return self._request.path


def shell(request: HttpRequest) -> dict[str, object]:
    """Give templates `shell`."""
    return {"shell": Shell(request)}
