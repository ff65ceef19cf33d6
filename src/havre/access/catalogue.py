"""Every permission there is, gathered from the `permissions.py` of each package."""

from importlib import import_module
from importlib.util import find_spec

from havre.access.decide import Permission

PLACES = ("registration", "identification", "cases", "tracing", "exchange", "exchange.peers", "statistics", "web.account", "api", "web.shell")


def all_permissions() -> list[Permission]:
    """Every permission, by code. Raises ValueError when one code stands for two things."""
    found: dict[str, Permission] = {}
    for place in PLACES:
        if not find_spec(f"havre.{place}.permissions"):
            continue
        for value in vars(import_module(f"havre.{place}.permissions")).values():
            if not isinstance(value, Permission):
                continue
            if dict(found.setdefault(value.code, value).allowed) != dict(value.allowed):
                raise ValueError(f"two permissions are called {value.code}")
    return [found[code] for code in sorted(found)]
