"""How do the small marks look: icon, risk, tier, save mark, code, note of a save place?"""

from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from havre.web.parts.icons import ICONS

_WANTED = "_havre_icons"
_BARS = ("M1 11h4v4h-4z", "M7 7h4v8h-4z", "M13 3h4v12h-4z")
_LIT = {"device": 1, "server": 2, "backup": 3}
_RISKS = {"high": ("high", "high"), "medium": ("mid", "mid"), "low": ("low", "low"), "none": ("low", "low")}


def icon(context: Context, name: str, extra: str = "", flip: bool = False) -> SafeString:
    """Draw an icon; on a full page its shape is written once, in the sprite at the end of the body."""
    classes = " ".join(part for part in ("i", extra, "flip" if flip else "") if part)
    shape = ICONS[name]
    request = getattr(context, "request", None)
    if isinstance(request, HttpRequest) and not getattr(request, "htmx", False):
        wanted: set[str] = request.__dict__.setdefault(_WANTED, set())
        wanted.add(name)
        return format_html('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', classes, name)
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        classes,
        mark_safe(shape),  # noqa: S308
    )


def sprite(context: Context) -> SafeString:
    """Write the shapes of the icons that this page asked for, and no others."""
    request = getattr(context, "request", None)
    wanted: set[str] = getattr(request, _WANTED, set())
    symbols = format_html_join(
        "",
        '<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>',
        ((name, mark_safe(ICONS[name])) for name in sorted(wanted)),  # noqa: S308
    )
    return format_html('<svg hidden aria-hidden="true">{}</svg>', symbols)


def risk_words(level: str) -> str:
    """Say a risk level in words."""
    words = {
        "high": _("High risk"),
        "medium": _("Medium risk"),
        "low": _("Low risk"),
        "none": _("No risk found"),
    }
    return words.get(level, _("Risk not assessed yet"))


def risk(context: Context, level: str, element: str = "span") -> SafeString:
    """Mark a risk level with a word and a shape; an empty level says that it is not assessed yet."""
    classes, shape = _RISKS.get(level or "", ("low", "ask"))
    tag = "p" if element == "p" else "span"
    return format_html('<{} class="tag {}">{}{}</{}>', tag, classes, icon(context, shape), risk_words(level or ""), tag)


def tier(context: Context, kind: str, words: str = "", element: str = "span") -> SafeString:
    """Badge of tier B ("identity") or tier C ("sealed"), with its word."""
    sealed = kind in ("sealed", "C")
    word = words or (_("Sealed") if sealed else _("Identity"))
    tag = "p" if element == "p" else "span"
    return format_html(
        '<{} class="tier {}">{}{}</{}>',
        tag,
        "sealed" if sealed else "identity",
        icon(context, "seal" if sealed else "id"),
        word,
        tag,
    )


def save_mark(place: str, words: str = "") -> SafeString:
    """Say where something is saved: "device", "server" or "backup". Only ever what is true."""
    lit = _LIT[place]
    names = {"device": _("on this device"), "server": _("on server"), "backup": _("in backup")}
    bars = format_html_join(
        "",
        '<path{} d="{}"/>',
        ((mark_safe(' class="on"') if n < lit else "", bar) for n, bar in enumerate(_BARS)),
    )
    return format_html(
        '<span class="save s{}"><svg viewBox="0 0 18 16" aria-hidden="true">{}</svg>{}</span>',
        lit,
        bars,
        words or names[place],
    )


def code(value: object) -> SafeString:
    """Write a human code (case, request, receipt) so that it reads left to right in every script."""
    return format_html('<span class="code" translate="no">{}</span>', value) if value else mark_safe("")
