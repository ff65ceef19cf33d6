"""How do a name, the facts of a case and the child's own words look?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.web.parts import names as naming


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a chain: its word, a date or other word below, and "done", "now" or "ahead"."""

    label: str
    when: str = ""
    state: str = "ahead"


def person_name(names: object, lang: str = "", short: bool = False, also: bool = True) -> SafeString:
    """Write a name as `bdi` with its language; the reader's script second and lighter.

    `short` is for lists: given name and initial. No name at all says so in words.
    """
    reader = lang or get_language() or "en"
    shown = naming.listed(names, reader) if short else naming.pair(names, reader)
    if not shown:
        return format_html('<span class="soft">{}</span>', _("Name not known"))
    first = _bdi(shown[0])
    if len(shown) == 1 or not also:
        return first
    return format_html('{} <span class="also">{}</span>', first, _bdi(shown[1]))


def _bdi(name: naming.Shown) -> SafeString:
    if name.lang:
        return format_html('<bdi lang="{}">{}</bdi>', name.lang, name.text)
    return format_html("<bdi>{}</bdi>", name.text)


def rows_of(rows: object) -> list[tuple[object, object]]:
    """Read rows given as a mapping, as (label, value) pairs or as objects with `label` and `value`."""
    if not rows:
        return []
    if isinstance(rows, Mapping):
        return list(rows.items())
    assert isinstance(rows, Iterable)
    return [(row[0], row[1]) if isinstance(row, tuple | list) else (getattr(row, "label", ""), getattr(row, "value", "")) for row in rows]


def facts(rows: object) -> SafeString:
    """Write the facts under a case's name, side by side."""
    return _definitions("facts", rows)


def pairs(rows: object) -> SafeString:
    """Write label and value pairs, one under the other, with hairlines."""
    return _definitions("pairs", rows)


def _definitions(name: str, rows: object) -> SafeString:
    items = rows_of(rows)
    if not items:
        return mark_safe("")
    body = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", items)
    return format_html('<dl class="{}">{}</dl>', name, body)


def chain(stages: Iterable[Stage], label: str = "") -> SafeString:
    """Draw where a case is: stages done, the one now, those ahead; the state is in words too."""
    marks = {"done": mark_safe(' class="done"'), "now": mark_safe(' aria-current="step"')}
    said = {"done": _("done"), "now": _("now")}
    items = format_html_join(
        "",
        "<li{}>{}<br>{}</li>",
        (
            (
                marks.get(stage.state, ""),
                stage.label,
                stage.when or format_html('<span class="vh">{}</span>', said.get(stage.state, _("not yet"))),
            )
            for stage in stages
        ),
    )
    return format_html('<ol class="chain" aria-label="{}">{}</ol>', label or _("Where the case is"), items)


def voice(content: str, quote: str, lang: str = "", label: str = "", element: str = "section") -> SafeString:
    """Show the child's own words on sand; the content says when, how, who was there, weight, told back."""
    tag = "div" if element == "div" else "section"
    attr = format_html(' lang="{}"', lang) if lang else mark_safe("")
    return format_html(
        '<{} class="voice" aria-label="{}"><blockquote{} dir="auto"><p>{}</p></blockquote><div class="soft small">{}</div></{}>',
        tag,
        label or _("The child’s own words"),
        attr,
        quote,
        mark_safe(content),  # noqa: S308 - already rendered and escaped by the template engine
        tag,
    )
