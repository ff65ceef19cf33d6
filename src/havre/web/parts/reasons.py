"""Which words do codes have? Registers that each area fills in its own `words.py`; one lookup for each kind.

A reason, an event and a code of evidence are codes in the data; people read the words made here, in their
language. Titles of safeguards and sentences of problems come with the code itself (`core.gates`, `core.problems`).
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from havre.core.gates import GateResult
from havre.core.problems import Problem

log = logging.getLogger("havre.web.words")

Words: TypeAlias = str | Callable[[Mapping[str, object]], str]


@dataclass(slots=True)
class Register:
    """The words of one kind of code."""

    kind: str
    known: dict[str, Words] = field(default_factory=dict)

    def add(self, words: Mapping[str, Words]) -> None:
        """Add words; saying one code in two ways raises ValueError."""
        for code, said in words.items():
            if code in self.known and self.known[code] != said:
                raise ValueError(f"{self.kind} code {code!r} has words already")
            self.known[code] = said

    def say(self, code: str, params: Mapping[str, object] | None = None, default: str = "") -> str:
        """Say a code in the reader's language; an unknown code gives `default` and is written to the log."""
        said = self.known.get(str(code))
        if said is None:
            log.warning("no words for code", extra={"code": str(code)})
            return default or _("No words yet for “%(code)s”.") % {"code": code}
        if callable(said):
            return said(params or {})
        return fill(_(said), params or {})


REASONS: Final = Register("reason")
EVENTS: Final = Register("event")
EVIDENCE: Final = Register("evidence")


def register(
    *,
    reasons: Mapping[str, Words] | None = None,
    events: Mapping[str, Words] | None = None,
    evidence: Mapping[str, Words] | None = None,
) -> None:
    """Add an area's words; called when the area's `words.py` is read at start."""
    REASONS.add(reasons or {})
    EVENTS.add(events or {})
    EVIDENCE.add(evidence or {})


class _Named(dict[str, object]):
    def __missing__(self, key: str) -> object:
        return "…"


def fill(sentence: str, params: Mapping[str, object]) -> str:
    """Put parameters into a translated sentence; a missing one shows as an ellipsis."""
    return sentence % _Named({key: plain(value) for key, value in params.items()})


def reason_words(result: GateResult) -> str:
    """Say why a safeguard is not met."""
    return REASONS.say(result.reason, result.params, default=_("This safeguard is not met yet."))


def title_words(result: GateResult) -> str:
    """Say what a safeguard asks, in the reader's language."""
    return _(result.title)


def problem_words(problem: Problem) -> str:
    """Say what went wrong, in the reader's language."""
    return fill(_(problem.sentence), problem.params)


def plain(value: object) -> object:
    """Write a parameter for people: dates, times and numbers in the reader's language."""
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{day(local.date())}, {formats.time_format(local, 'H:i')}"
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return formats.number_format(value, use_l10n=True, force_grouping=True)
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(str(plain(item)) for item in value)
    return value


def day(value: dt.date, year: bool = True) -> str:
    """Write a day as "17 November 2026" (or without the year), in the reader's language."""
    return formats.date_format(value, "j F Y" if year else "j F")
