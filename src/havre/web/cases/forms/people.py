"""The questions about who works on a case, and who reads a sealed note."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from havre.web.cases.forms import choices
from havre.web.parts.forms import DateAnswer, HavreForm, ManyOf, OneOf, TextAnswer

Rows = Iterable[tuple[UUID, str]]


class AssignForm(HavreForm):
    """Give the case to another worker."""

    owner = OneOf(label=_("Who takes over?"), choices=())

    def __init__(self, *args: Any, people: Rows = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = choices.people(people)  # type: ignore[attr-defined]


class ShareForm(HavreForm):
    """Let someone read the case for a purpose and a time."""

    principal = OneOf(label=_("With whom?"), choices=())
    purpose = TextAnswer(label=_("What for?"))
    until = DateAnswer(label=_("Until which day?"), exact=True)

    def __init__(self, *args: Any, people: Rows = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"].choices = choices.people(people)  # type: ignore[attr-defined]


class BarForm(HavreForm):
    """Keep someone out: a conflict of interest."""

    user = OneOf(label=_("Who?"), choices=())
    reason = TextAnswer(label=_("Why?"), long=True, rows=2)

    def __init__(self, *args: Any, people: Rows = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = choices.people(people)  # type: ignore[attr-defined]


class NoteForm(HavreForm):
    """A note for named people."""

    topic = OneOf(label=_("What is it about?"), choices=choices.note_topics)
    words = TextAnswer(label=_("Your note"), long=True, rows=6)
    readers = ManyOf(label=_("Who else may read it?"), choices=(), required=False, help_text=_("You can always read it yourself."))

    def __init__(self, *args: Any, people: Rows = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = choices.people(people)  # type: ignore[attr-defined]
