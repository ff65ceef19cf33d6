"""What does each kind of task say, why then, and where is it done? Areas add their own kinds in their `words.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from havre.web.parts.reasons import Register, Words

TASKS: Final = Register("task")
WHYS: Final = Register("reason for a time")


@dataclass(frozen=True, slots=True)
class Where:
    """The page where a task is done: a url name and which of code, task, about, file its address takes."""

    url: str
    params: tuple[str, ...] = ("code",)


WHERES: Final[dict[str, Where]] = {}
PAGES: Final[dict[str, Where]] = {"case": Where("cases:case")}


def register(*, tasks: Mapping[str, Words] | None = None, whys: Mapping[str, Words] | None = None,
             wheres: Mapping[str, Where] | None = None, pages: Mapping[str, Where] | None = None) -> None:
    """Add kinds of tasks: their words by kind, the words of their reasons, where they are done, and by kind of file
    (`pages`) where a task is done that has no page of its own."""
    TASKS.add(tasks or {})
    WHYS.add(whys or {})
    WHERES.update(wheres or {})
    PAGES.update(pages or {})


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
