"""Which addresses are there, and what guards each? Read from the URL table itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from havre.access.decide import Permission


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its pattern, name, the permission that guards it, or why it is open."""

    pattern: str
    name: str
    view: Any
    permission: Permission | None
    open_to_all: bool

    @property
    def guard(self) -> str:
        """The permission's code, `open` for pages without sign-in, or `NOTHING`."""
        return self.permission.code if self.permission else "open" if self.open_to_all else "NOTHING"


def all_routes() -> list[Route]:
    """Every address in the order of the table."""
    return list(_routes(get_resolver().url_patterns, "", ""))


def _routes(patterns: Any, prefix: str, space: str) -> Iterator[Route]:
    for item in patterns:
        if isinstance(item, URLResolver):
            name = f"{space}{item.namespace}:" if item.namespace else space
            yield from _routes(item.url_patterns, prefix + str(item.pattern), name)
        elif isinstance(item, URLPattern):
            view = item.callback
            yield Route(f"/{prefix}{item.pattern}", f"{space}{item.name or ''}", view, getattr(view, "permission", None),
                        bool(getattr(view, "open_to_all", False)))
