"""The form of first contact: the notice, fifteen questions that may all be skipped, and what was seen."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.access.models import Team
from havre.core.partialdates import AgeRange
from havre.identification import rules
from havre.reference import languages
from havre.web.parts.forms import AgeAnswer, HavreForm, ManyOf, OneOf, TextAnswer, Tick
from havre.web.parts.questions import Question
from havre.web.screening import words


class FirstContactForm(HavreForm):
    """Only the notice and the question of language are asked for; everything else may stay empty."""

    firewall_said = Tick(label=gettext_lazy("Did you say this?"))
    language = OneOf(label=gettext_lazy("Which language do you speak together?"), required=False,
                     choices=lambda: [(each.code, each.name) for each in map(_language, languages.frequent_languages())])
    understood = OneOf(label=gettext_lazy("Does the child understand you?"), choices=lambda: [(k, _(v)) for k, v in words.UNDERSTOOD.items()],
                       asks=("no",), open=True)

    def __init__(self, *args: Any, teams: Sequence[Team] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firewall_said"].statement = _("I said this, in words the child understands")  # type: ignore[attr-defined]
        self.fields["understood"].advice = format_html(  # type: ignore[attr-defined]
            "<p><b>{}</b> {}</p>", _("Do not go on with the questions."), _("Send what you saw. An interpreter will ask later."))
        for question in rules.QUESTIONS:
            self._add(question.code, _field(question))
        self._add("observations", ManyOf("screening_observation", label=_("What you saw"), required=False,
                                         help_text=_("Only what you saw yourself. Choose any.")))
        self._add("note", TextAnswer(label=_("What must child protection know before they come?"), required=False, long=True,
                                     max_length=rules.LONGEST_NOTE, help_text=_("Where the child is now and what the child needs. Not the story.")))
        if len(teams) > 1:
            self._add("team", OneOf(label=_("Who receives this?"), choices=[(str(t.pk), t.name) for t in teams], open=True))

    def _add(self, name: str, field: Question) -> None:
        self.fields[name] = field
        if field.asides and field.asides_apart:
            self._add_aside(name, field)

    @property
    def opening(self) -> list[Any]:
        """The questions before the fifteen."""
        return [self[name] for name in ("firewall_said", "understood", "language")]

    @property
    def fifteen(self) -> list[Any]:
        """The questions to the child, in order."""
        return [self[question.code] for question in rules.QUESTIONS]

    @property
    def closing(self) -> list[Any]:
        """What was seen, the note, and who receives when there is a choice."""
        return [self[name] for name in ("observations", "note", "team") if name in self.fields]

    def answers(self) -> dict[str, Any]:
        """What was answered, as `identification.rules` wants it."""
        out: dict[str, Any] = {}
        for question in rules.QUESTIONS:
            value = self.cleaned_data.get(question.code)
            if isinstance(value, AgeRange):
                value = {"low": value.low, "high": value.high}
            value = value or self.cleaned_data.get(f"{question.code}_aside")
            if value:
                out[question.code] = value
        return out


def _language(code: str) -> languages.Language:
    return languages.language(code, words.lang())


def _field(question: rules.Question) -> Question:
    """The field of one of the fifteen, with its words, its asides and its advice."""
    common: dict[str, Any] = {"label": words.question(question.code), "required": False, "asides": rules.ASIDES}
    hint = words.HINTS.get(question.code)
    if hint:
        common["help_text"] = _(hint)
    if question.kind is rules.Kind.AGE:
        return AgeAnswer(**common)
    if question.kind is rules.Kind.WORDS:
        return TextAnswer(max_length=rules.LONGEST_WORDS, **common)
    advice = words.ADVICE.get(question.code)
    if advice:
        common["advice"] = format_html("<p><b>{}</b> {}</p>", _(advice[0]), _(advice[1]))
    choices = [(value, words.option(question.code, value)) for value in question.options]
    kind = ManyOf if question.kind is rules.Kind.MANY else OneOf
    return kind(choices=choices, asks=question.calls, open=True, **common)
