"""What does each kind of task say, why then, and where is it done, and what stands beside the tasks? Areas add theirs in their `words.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from havre.core.actor import Actor
from havre.web.parts.reasons import Register, Words

TASKS: Final = Register("task")
WHYS: Final = Register("reason for a time")


@dataclass(frozen=True, slots=True)
class Where:
    """The page where a task is done: a url name and which of code, task, about, file its address takes."""

    url: str
    params: tuple[str, ...] = ("code",)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said beside the tasks: `lead` (who, or when), what, the page it leads to ("" for none) and the code of its file."""

    lead: str
    words: str
    url: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; `more` is a link below them, as words and address. `aside`: beside the tasks, else below them."""

    id: str
    title: str
    lines: Sequence[Line]
    more: tuple[str, str] = ("", "")
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What an area adds to Today: what waits for someone else, sections, buttons under the greeting (words and address), and what to say
    when there is no task ("" for the usual)."""

    waiting: Sequence[Line] = ()
    sections: Sequence[Section] = ()
    acts: Sequence[tuple[str, str]] = ()
    idle: str = ""


BESIDE: Final[list[Callable[[Actor, datetime], Beside | None]]] = []
WHERES: Final[dict[str, Where]] = {}
PAGES: Final[dict[str, Where]] = {"case": Where("cases:case")}


def register(*, tasks: Mapping[str, Words] | None = None, whys: Mapping[str, Words] | None = None,
             wheres: Mapping[str, Where] | None = None, pages: Mapping[str, Where] | None = None,
             beside: Sequence[Callable[[Actor, datetime], Beside | None]] = ()) -> None:
    """Add kinds of tasks: their words by kind, the words of their reasons, where they are done, and by kind of file
    (`pages`) where a task is done that has no page of its own. `beside` says what else a person finds on Today; None for nothing."""
    TASKS.add(tasks or {})
    WHYS.add(whys or {})
    WHERES.update(wheres or {})
    PAGES.update(pages or {})
    BESIDE.extend(beside)


def address(kind: str, kind_of_file: str, *, code: str, task: UUID, about: UUID | None, file: UUID) -> str:
    """Where a task is done: its own page, else the page of its file, else Today."""
    values = {"code": code, "task": task, "about": about, "file": file}
    for where in (WHERES.get(kind), PAGES.get(kind_of_file)):
        if where is None or any(values[p] is None for p in where.params):
            continue
        try:
            return reverse(where.url, kwargs={p: values[p] for p in where.params})
        except NoReverseMatch:
            continue
    return reverse("today:today")
