"""What was just done, said once on the next page.

The sentence rests in the session until then, so it carries no name, place or reason: codes and verbs only.
"""

from dataclasses import dataclass

from django.http import HttpRequest

_KEY = "said"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, where the work is saved, and an address for undo when there is one."""

    sentence: str
    save: str = "server"
    link: str = ""
    link_words: str = ""


def say(request: HttpRequest, sentence: str, save: str = "server", link: str = "", link_words: str = "") -> None:
    """Say one sentence on the next page that is drawn, with its save mark and at most one link."""
    request.session[_KEY] = [sentence, save, link, link_words]


def take(request: HttpRequest) -> Said | None:
    """Take the sentence that waits, so that it shows once."""
    session = getattr(request, "session", None)
    waiting = session.pop(_KEY, None) if session is not None and _KEY in session else None
    return Said(*waiting) if waiting else None
