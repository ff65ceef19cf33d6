"""How do sections, messages, empty places and long work look? Block tags around the page's own words."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_NOTES = {"": "note", "stop": "note stop", "care": "note care", "good": "note good"}


def _inner(content: str) -> SafeString:
    return mark_safe(content)  # noqa: S308 - rendered, and escaped, by the template engine


def section(content: str, heading: str, id: str, kind: str = "") -> SafeString:
    """A rule, a heading, content. `kind` is an extra class such as "line"."""
    return format_html(
        '<section class="{}" aria-labelledby="{}"><h2 id="{}" tabindex="-1">{}</h2>{}</section>',
        f"sec {kind}".strip(),
        id,
        id,
        heading,
        _inner(content),
    )


def note(content: str, kind: str = "", role: str = "") -> SafeString:
    """A message in the flow: "" (neutral), "good", "care" or "stop"; it stays until the page changes."""
    said = format_html(' role="{}"', role) if role else ""
    return format_html('<div class="{}"{}>{}</div>', _NOTES[kind], said, _inner(content))


def toast(content: str) -> SafeString:
    """What was just done, in one sentence, with its undo when there is one."""
    return format_html('<div class="toast" role="status">{}</div>', _inner(content))


def empty_state(content: str) -> SafeString:
    """What would be here, when, and one thing to do."""
    return format_html('<div class="empty">{}</div>', _inner(content))


def decide(content: str, heading: str, id: str = "decide") -> SafeString:
    """The frame that means "decide here". The page puts its form inside."""
    return format_html(
        '<section class="decide" aria-labelledby="{}"><h2 id="{}" tabindex="-1">{}</h2>{}</section>',
        id,
        id,
        heading,
        _inner(content),
    )


def scroll(content: str, label: str) -> SafeString:
    """A region that may scroll sideways, for wide tables only; reachable with the keyboard."""
    return format_html('<div class="scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, _inner(content))


def progress(label: str, done: int, total: int, said: str = "", id: str = "progress") -> dict[str, object]:
    """Long work: what is being done, how much of it, and that one may leave."""
    share = round(100 * done / total) if total else 0
    return {"label": label, "done": done, "total": total or 1, "share": share, "said": said, "id": id}
