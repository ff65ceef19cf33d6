"""What is asked about the adult, the home, the authority, the border and the panel?"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as lazy

from havre.web.parts.forms import DateAnswer, HavreForm, ManyOf, OneOf, TextAnswer, Tick, yes_no
from havre.web.registration.choosing import CountryAnswer, ListForm
from havre.web.tracing.forms.matches import yes_no_unsure
from havre.web.tracing.words import alert_kinds


class HouseholdForm(HavreForm):
    """A visit to the home."""

    assessed_on = DateAnswer(label=lazy("When was the home seen?"), exact=True)
    willing = yes_no_unsure(label=lazy("Does the adult want to care for the child?"))
    able = yes_no_unsure(label=lazy("Is the adult able to?"))
    alternate = yes_no(label=lazy("If not: was somebody else in the home assessed who is?"), required=False)
    safe = yes_no_unsure(label=lazy("Is the home safe for this child?"))
    home = TextAnswer(label=lazy("Where is it?"), required=False)
    summary = TextAnswer(label=lazy("What did you see, and who else lives there?"), long=True)


class ClearanceForm(HavreForm):
    """What the authority said."""

    state = OneOf("clearance_status", only=("requested", "granted", "refused"), label=lazy("What did the authority say?"))
    authority = TextAnswer(label=lazy("Which authority?"))
    reference = TextAnswer(label=lazy("Number of the decision"), required=False)
    decided_on = DateAnswer(label=lazy("On which day?"), exact=True, required=False)
    valid_until = DateAnswer(label=lazy("Until when does it hold?"), exact=True, required=False)


class BorderForm(ListForm):
    """Is crossing the border safe for the child?"""

    country = CountryAnswer(label=lazy("Into which country?"))
    result = OneOf("refoulement_result", label=lazy("What did you find?"))
    grounds = ManyOf("refoulement_ground", label=lazy("Which danger, if there is one?"), required=False)
    reasons = TextAnswer(label=lazy("What do you rest this on?"), long=True)
    valid_until = DateAnswer(label=lazy("Until when does it hold?"), exact=True)


class AskForm(HavreForm):
    """A question to a panel member."""

    panel_member = OneOf(choices=(), label=lazy("Whom do you ask?"))
    question = TextAnswer(label=lazy("Your question, with what speaks for and against"), long=True, rows=5)

    def __init__(self, *args: Any, members: Sequence[tuple[UUID, str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["panel_member"].choices = [(str(pk), f"{name}, {agency}") for pk, name, agency in members]  # type: ignore[attr-defined]


class DecisionForm(HavreForm):
    """The panel member's decision."""

    outcome = OneOf("verification_recommendation", label=lazy("What is best for this child?"), open=True)
    reasons = TextAnswer(label=lazy("The reasons, so that the child can be told"), long=True, rows=5)
    dissent = TextAnswer(label=lazy("What speaks against it, or who saw it otherwise"), long=True, required=False)
    no_conflict = Tick(label=lazy("Nothing ties me to this child, this family or these workers"), required=False)


class AlertForm(HavreForm):
    """Someone for the alert list."""

    alert = OneOf(choices=alert_kinds, label=lazy("Why is this person on the list?"))
    names = TextAnswer(label=lazy("Names, one on each line, in any script"), long=True)
    numbers = TextAnswer(label=lazy("Phone or document numbers, one on each line"), long=True, rows=2, required=False)
    reasons = TextAnswer(label=lazy("What is known, and from whom?"), long=True, help_text=lazy("Sealed: only your team reads it. Others learn no more than that there is a hit."))
    source = TextAnswer(label=lazy("Source or file"), required=False)
    ends_on = DateAnswer(label=lazy("Until when?"), exact=True, required=False)

    def lines(self, name: str) -> list[str]:
        """What was typed, line by line."""
        return [line.strip() for line in (self.cleaned_data.get(name) or "").splitlines() if line.strip()]

