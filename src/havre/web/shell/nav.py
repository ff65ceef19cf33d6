"""Which places does each role see? Only its own: an analyst has no Find, a border officer has no list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from havre.core.actor import Role
from havre.core.words import N_


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the bar: a word, an icon, a url name, and the prefix of addresses that belong to it."""

    key: str
    words: str
    icon: str
    url: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Link:
    """A place as it is drawn."""

    words: str
    icon: str
    address: str
    here: bool


_CARE = frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER})
_TRACING = frozenset({Role.TRACING_OFFICER})
_FOCAL = frozenset({Role.FOCAL_POINT})

PLACES: Final = (
    Place("today", N_("Today"), "today", "today:today", _CARE | _TRACING | _FOCAL | {Role.ANALYST}),
    Place("screening", N_("First contact"), "plus", "screening:start", frozenset({Role.BORDER_OFFICER})),
    Place("cases", N_("Children"), "kids", "cases:list", _CARE),
    Place("tracing", N_("Tracing"), "trace", "tracing:list", _CARE | _TRACING),
    Place("exchange", N_("Files"), "file", "exchange:list", _CARE | _TRACING),
    Place("numbers", N_("Numbers"), "chart", "numbers:list", _CARE | _FOCAL | {Role.ANALYST}),
    Place("releases", N_("Releases"), "file", "releases:list", frozenset({Role.ANALYST, Role.MANAGER, Role.AUDITOR}) | _FOCAL),
    Place("panel", N_("Reading room"), "file", "tracing:panel", frozenset({Role.PANEL_MEMBER})),
)
FINDERS: Final = _CARE | _TRACING | _FOCAL


def places(role: str, path: str) -> list[Link]:
    """Give the places of a role that exist in this instance; the one that holds `path` is marked."""
    return list(_links(role, path))


def _links(role: str, path: str) -> Iterable[Link]:
    for place in PLACES:
        address = address_of(place.url) if role in place.roles else ""
        if address:
            yield Link(_(place.words), place.icon, address, path.startswith(address))


def address_of(name: str) -> str:
    """Give the address of a url name, or "" when this instance does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def neutral() -> str:
    """Give where Leave now goes: the instance's own choice, else the page about clouds."""
    return str(settings.HAVRE_LEAVE_TO) or address_of("shell:neutral")


def role_words(role: str) -> str:
    """Say a role in the reader's language."""
    words = {
        Role.CASEWORKER: _("caseworker"),
        Role.SUPERVISOR: _("supervisor"),
        Role.TRACING_OFFICER: _("family tracing"),
        Role.PANEL_MEMBER: _("panel member"),
        Role.BORDER_OFFICER: _("border post"),
        Role.ANALYST: _("analyst"),
        Role.MANAGER: _("manager"),
        Role.FOCAL_POINT: _("focal point"),
        Role.AUDITOR: _("auditor"),
        Role.ADMINISTRATOR: _("administrator"),
        Role.SYSTEM: _("system"),
    }
    return words.get(Role(role), role) if role in set(Role) else role
