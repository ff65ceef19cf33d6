"""What is asked about a pair: go on or not, the two interviews, the secret answers, is this the family?"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.tracing.inputs import LaneInput
from havre.tracing.rules import IDENTITY_CHECKS, RED_FLAGS, SECRET_QUESTIONS
from havre.web.parts.forms import HavreForm, ManyOf, OneOf, TextAnswer, yes_no
from havre.web.registration.choosing import LanguageAnswer, ListForm
from havre.web.tracing import words


class CandidateForm(HavreForm):
    """What should happen with a possible pair."""

    decision = OneOf(
        choices=lambda: [("shortlist", _("Go on: compare with the other side")), ("ask", _("Ask a supervisor first")), ("reject", _("Not this family"))],
        notes={"shortlist": lazy("I agree that this side is shown to the other. When both agree, both sides open."),
               "ask": lazy("Stays open, with your question."), "reject": lazy("The pair stays hidden unless facts change.")},
        label=lazy("What should happen next?"))
    reason = OneOf("match_reject_reason", label=lazy("If it is not this family: what does not fit?"), required=False, open=True)
    reasons = TextAnswer(label=lazy("Why? Which evidence decided it, and which did not fit?"), long=True,
                         help_text=lazy("Needed. Two sentences are enough. Others will rely on them."))


def yes_no_unsure(**kwargs: Any) -> OneOf:
    """Yes, no, or not sure."""
    return OneOf(choices=lambda: [("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure"))], **kwargs)


class LaneForm(ListForm):
    """One side heard on its own. The first side heard chooses the secret questions; the other is asked the same."""

    account = TextAnswer(label=lazy("What was told, in a few words"), long=True, required=False)
    language = LanguageAnswer(label=lazy("Language of the conversation"), required=False)
    interpreter = yes_no(label=lazy("Was an interpreter there?"))
    interpreter_sworn = yes_no(label=lazy("Did the interpreter promise to keep silent?"), required=False)
    red_flags = ManyOf(choices=lambda: [(code, words.words(words.RED_FLAGS, code)) for code in RED_FLAGS], label=lazy("Did anything worry you?"), required=False)

    def __init__(self, *args: Any, side: str, asked: Sequence[Mapping[str, str]] = (), supervisor: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side, self.asked = side, asked
        child = side == "child"
        self.fields["recognises"] = yes_no_unsure(label=_("Does the child know this person?") if child else _("Does the relative know this child?"))
        self.fields["wants"] = yes_no_unsure(
            label=_("Does the child want to live with this person?") if child else _("Does the relative want the child to live with them?"))
        if child:
            self.fields["alone"] = yes_no(label=_("Was the child alone with you?"))
        else:
            self.fields["identity_checked"] = OneOf(choices=[(c, _identity(c)) for c in IDENTITY_CHECKS], label=_("How was the relative’s identity checked?"))
        for key, label in self._questions():
            self.fields[f"fact_{key}"] = TextAnswer(label=label, required=False)
        if not asked:
            self.fields["own_question"] = TextAnswer(label=_("Your own question, if you asked one"), required=False)
        if supervisor:
            self.fields["accept_g45"] = TextAnswer(label=_("If the interpreter did not promise: why do you accept it?"), required=False)

    def _questions(self) -> list[tuple[str, str]]:
        if self.asked:
            return [(q["key"], q.get("text") or words.words(words.QUESTIONS, q["key"])) for q in self.asked]
        return [(key, words.words(words.QUESTIONS, key)) for key in SECRET_QUESTIONS]

    def secret(self) -> list[BoundField]:
        """The secret questions."""
        out = [self[f"fact_{key}"] for key, _label in self._questions() if key != "own_question"]
        own = [self[name] for name in ("own_question", "fact_own_question") if name in self.fields]
        return [*out, *own]

    def others(self) -> list[BoundField]:
        """The other questions, in the order of a conversation."""
        order = ("alone", "recognises", "wants", "identity_checked", "account", "red_flags", "language", "interpreter",
                 "interpreter_sworn", "accept_g45")
        return [self[name] for name in order if name in self.fields]

    def given(self) -> LaneInput:
        """The interview as the action takes it."""
        c = self.cleaned_data
        return LaneInput(
            answers={key: c.get(f"fact_{key}") or "" for key, _label in self._questions()}, own_question=c.get("own_question") or "",
            recognises=c["recognises"], wants=c["wants"], identity_checked=c.get("identity_checked") or "", language=c.get("language") or "",
            interpreter=c["interpreter"] == "yes", interpreter_sworn=c.get("interpreter_sworn") == "yes", alone=c.get("alone") == "yes",
            red_flags=tuple(c.get("red_flags") or ()), account=c.get("account") or "")


def _identity(code: str) -> str:
    return {"document": _("With a document"), "witness": _("By someone who knows them"), "not_checked": _("Not checked yet")}[code]


class FactsForm(HavreForm):
    """For each secret answer: did both say the same?"""

    def __init__(self, *args: Any, facts: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [pk for pk, _label in facts]
        for pk, label in facts:
            self.fields[f"fact_{pk.hex}"] = OneOf(
                choices=[("same", _("The same")), ("different", _("Different")), ("unsure", _("Not sure"))], label=label, required=False)

    def outcomes(self) -> dict[UUID, str]:
        """What was judged."""
        return {pk: said for pk in self.ids if (said := self.cleaned_data.get(f"fact_{pk.hex}"))}

    def clean(self) -> dict[str, Any]:
        """At least one answer is judged."""
        cleaned = super().clean()
        if not any(cleaned.get(f"fact_{pk.hex}") for pk in self.ids):
            self.add_error(None, _("Compare at least one answer."))
        return cleaned


class VerifyForm(HavreForm):
    """Is this the family?"""

    recommendation = OneOf("verification_recommendation", label=lazy("What do you recommend?"), open=True)
    reasons = TextAnswer(label=lazy("Your reasons"), long=True, help_text=lazy("What decided it, and what did not fit?"))


class RejectForm(HavreForm):
    """This is not the family, or it is not safe."""

    reason = OneOf("match_reject_reason", label=lazy("What does not fit?"), open=True)
    reasons = TextAnswer(label=lazy("Your reasons"), long=True)
