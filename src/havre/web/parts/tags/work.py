"""How do tasks, the timeline, consent and two separate lanes of work look?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from havre.web.parts.reasons import day


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: when, what, for which child, and why then.

    `due` is the time or day ("11:30", "Wed 18"), `due_note` what follows it ("in 2 h 10 min"); `names` as for
    `person_name`; `reason` says why the time matters; `save` is "", "device", "server" or "backup".
    """

    title: str
    url: str
    due: str
    due_note: str = ""
    late: bool = False
    names: object = ()
    age: str = ""
    code: str = ""
    reason: str = ""
    risk: str = ""
    save: str = ""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks under one heading of time ("Before noon")."""

    heading: str
    tasks: tuple[Task, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `sealed` draws the closed square and never shows text of its own."""

    at: dt.datetime
    text: str
    by: str
    role: str = ""
    note: str = ""
    save: str = "server"
    key: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One purpose and what the child said to it: "yes", "no", "never" or "not_asked"."""

    purpose: str
    answer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One of two pieces of work that stay apart: its state is "done", "now" or "ahead"."""

    title: str
    state: str
    said: str
    by: str = ""


def timeline(entries: Iterable[Entry], title: str = "", id: str = "timeline", more: str = "", more_text: str = "") -> dict[str, object]:
    """Show what happened and who did it, newest first, grouped by day."""
    newest = sorted(entries, key=lambda entry: entry.at, reverse=True)
    days = [(_day(date), list(items)) for date, items in groupby(newest, key=lambda entry: _local(entry.at).date())]
    return {"days": days, "title": title, "id": id, "more": more, "more_text": more_text}


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _day(date: dt.date) -> str:
    words = f"{formats.date_format(date, 'l')} {day(date)}"
    return words[:1].upper() + words[1:]


def tasks(groups: Iterable[TaskGroup]) -> dict[str, object]:
    """Show what is due, grouped by when: time, verb, child, the reason for the time, risk."""
    return {"groups": [(group.id or f"tasks-{n}", group) for n, group in enumerate(groups, 1)]}


def consents(answers: Iterable[Answer], note: str = "") -> dict[str, object]:
    """Show what the child agreed to, purpose by purpose, with her reason."""
    words = {"yes": _("Yes"), "no": _("No"), "never": _("Never"), "not_asked": _("Not asked")}
    marks = {"yes": "met", "no": "high", "never": "", "not_asked": "soft"}
    rows = [(one, words[one.answer], marks[one.answer]) for one in answers]
    return {"rows": rows, "note": note}


def lanes(lanes: Iterable[Lane], join: str = "") -> dict[str, object]:
    """Show two lanes of work kept apart, and what joins them when both are done."""
    icons = {"done": ("yes", "met"), "now": ("clock", "mid"), "ahead": ("low", "low")}
    return {"lanes": [(lane, *icons[lane.state]) for lane in lanes], "join": join}
