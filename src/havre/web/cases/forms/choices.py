"""Which answers are offered where they are not a code list?"""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from havre.reference import languages
from havre.web.cases.labels import reader
from havre.web.cases.words import NOTE_TOPICS, TOPICS

Choices = list[tuple[str, str]]


def topics() -> Choices:
    """What a view may be about."""
    return [(code, _(words)) for code, words in TOPICS.items()]


def note_topics() -> Choices:
    """What a sealed note may be about."""
    return [(code, _(words)) for code, words in NOTE_TOPICS.items()]


def spoken(first: Iterable[str] = ()) -> Choices:
    """Languages: those the child speaks first, then the frequent ones."""
    wanted = dict.fromkeys((*first, *languages.frequent_languages()))
    return [(code, languages.language_name(code, reader())) for code in wanted if languages.is_language(code)]


def people(rows: Iterable[tuple[UUID, str]]) -> Choices:
    """People by their working names."""
    return [(str(pk), name) for pk, name in rows]


def as_bool(answer: str) -> bool | None:
    """Yes, no, or nothing said."""
    return {"yes": True, "no": False}.get(answer)


def day_at(day: date | None, clock: str = "") -> datetime | None:
    """A day with a time of day such as "14:30" (noon when none is written), in the reader's zone."""
    if day is None:
        return None
    hour, _sep, minute = (clock or "12:00").partition(":")
    return datetime.combine(day, time(int(hour), int(minute or 0)), tzinfo=timezone.get_current_timezone())
