"""Where is an unmet safeguard mended? Fix codes of the gates and the screens they lead to.

Each area adds its own in `words.py`: `fixes.register({"record_views": Fix(N_("Record her views"), "cases:views")})`.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

log = logging.getLogger("havre.web.words")


@dataclass(frozen=True, slots=True)
class Fix:
    """A link: its words (an English msgid), a url name, the url's parameter names and a fragment.

    The parameters are taken from what the page gives the safeguards tag, then from the gate's own params.
    """

    words: str
    url: str
    params: tuple[str, ...] = ()
    anchor: str = ""


FIXES: Final[dict[str, Fix]] = {}


def register(fixes: Mapping[str, Fix]) -> None:
    """Add an area's fixes; one code leading to two places raises ValueError."""
    for code, fix in fixes.items():
        if FIXES.get(code, fix) != fix:
            raise ValueError(f"fix code {code!r} has a place already")
        FIXES[code] = fix


def link(code: str, params: Mapping[str, object]) -> tuple[str, str] | None:
    """Give (address, words) of the place that mends, or None when there is none to go to."""
    fix = FIXES.get(code) if code else None
    if fix is None:
        return None
    try:
        address = reverse(fix.url, kwargs={name: params[name] for name in fix.params})
    except (NoReverseMatch, KeyError):
        log.warning("fix has no place", extra={"code": code})
        return None
    return address + (f"#{fix.anchor}" if fix.anchor else ""), _(fix.words)
