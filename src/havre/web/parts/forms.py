"""Which form does every screen start from, so that questions, asides and refusals look and work alike?

A question may offer "not asked / does not know / does not want to say". For a choice they are options of the
question itself; for anything typed they are a second field, `<name>_aside`, drawn below it: `cleaned_data[name]`
is then None or "", and `cleaned_data["<name>_aside"]` holds the code. What is typed wins over an aside.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from havre.core.problems import InputRefused, Problem
from havre.web.parts.questions import (
    AgeAnswer,
    DateAnswer,
    HeadsField,
    ManyOf,
    NumberAnswer,
    OneOf,
    Question,
    TextAnswer,
    Tick,
    aside_choices,
    code_choices,
    yes_no,
)
from havre.web.parts.reasons import problem_words

__all__ = [
    "AgeAnswer",
    "DateAnswer",
    "HavreForm",
    "ManyOf",
    "NumberAnswer",
    "OneOf",
    "TextAnswer",
    "Tick",
    "code_choices",
    "yes_no",
]


class HavreForm(forms.Form):
    """A form that knows its request id and the heads it was drawn from, and shows refusals in words.

    `rid` is made when the form is first drawn and comes back with each try, so that a repeated press has no second
    effect; a new one is made only when a fresh form is drawn after success. What was typed is drawn again after
    every refusal; nothing is kept in the browser.
    """

    use_required_attribute = False

    rid = forms.UUIDField(widget=forms.HiddenInput)
    seen = HeadsField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: Iterable[object] = (), **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.initial.setdefault("rid", uuid.uuid4())
        self.initial.setdefault("seen", ",".join(str(head) for head in seen))
        self._needed: set[str] = set()
        for name, field in list(self.fields.items()):
            if isinstance(field, Question) and field.asides and field.asides_apart:
                self._add_aside(name, field)

    def _add_aside(self, name: str, field: Question) -> None:
        if field.required:
            self._needed.add(name)
            field.required = False
        choices = [("", ""), *aside_choices(field.asides)]
        self.fields[f"{name}_aside"] = forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        """Let what is typed win over an aside; a needed question wants one of the two."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if not (isinstance(field, Question) and field.asides and field.asides_apart) or name in self.errors:
                continue
            if cleaned.get(name) not in (None, ""):
                cleaned[f"{name}_aside"] = ""
            elif name in self._needed and not cleaned.get(f"{name}_aside"):
                self.add_error(name, str(field.error_messages["required"]))
        return cleaned

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads this form was drawn from (after `is_valid`)."""
        return tuple(self.cleaned_data.get("seen", ()))

    def questions(self) -> list[forms.BoundField]:
        """Give every question in order, without hidden fields and without the asides drawn with them."""
        return [self[name] for name in self.fields if not self[name].is_hidden and not self._is_aside(name)]

    def _is_aside(self, name: str) -> bool:
        return name.endswith("_aside") and name.removesuffix("_aside") in self.fields

    def refuse(self, problem: Problem) -> None:
        """Show a problem raised by an action as errors of this form, at the field where it belongs."""
        if isinstance(problem, InputRefused):
            for name, sentences in problem.errors.items():
                for sentence in sentences:
                    self.add_error(name if name in self.fields else None, sentence)
        else:
            self.add_error(None, problem_words(problem))
