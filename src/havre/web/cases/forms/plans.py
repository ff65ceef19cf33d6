"""The questions of a plan, and of the person who decides on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from havre.cases.given import ActionGiven
from havre.cases.planning import PlanGiven
from havre.core.gates import GateResult, Severity
from havre.web.cases.forms import choices
from havre.web.cases.labels import label
from havre.web.parts import reasons
from havre.web.parts.forms import DateAnswer, HavreForm, OneOf, TextAnswer, yes_no

SPARE = 2


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The questions of one action; `concern` says in words what it answers ("" for a spare line)."""

    number: int
    concern: str
    goal: BoundField
    service: BoundField
    owner: BoundField
    due_on: BoundField


class PlanForm(HavreForm):
    """A plan: one line for each open concern and some to spare."""

    goal = TextAnswer(label=_("What should be true for the child in the end?"), long=True, rows=2, required=False)
    weight = OneOf("views_weight", label=_("What weight do these views have in the plan?"), required=False)
    decision_follows = yes_no(label=_("Does the plan follow what the child wants?"), required=False)
    why_not_followed = TextAnswer(label=_("If not: why not?"), long=True, rows=2, required=False)
    child_agrees = yes_no(label=_("Does the child agree?"), required=False)
    child_note = TextAnswer(label=_("What would the child do differently?"), long=True, rows=2, required=False)
    caregiver_part = yes_no(label=_("Did a caregiver take part?"), required=False)
    caregiver_note = TextAnswer(label=_("If not: why not?"), long=True, rows=2, required=False)
    review_at = DateAnswer(label=_("When do you look at the plan again?"), exact=True, required=False)

    def __init__(self, *args: Any, kind: str, concerns: Iterable[str], people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.concerns = [*concerns, *[""] * (SPARE if kind == "case" else SPARE + 1)]
        who = choices.people(people)
        for n, _concern in enumerate(self.concerns, 1):
            self.fields[f"goal_{n}"] = TextAnswer(label=_("What should it achieve?"), required=False)
            self.fields[f"service_{n}"] = OneOf("service_type", label=_("Which help?"), required=False)
            self.fields[f"owner_{n}"] = OneOf(label=_("Who sees to it?"), choices=who, required=False)
            self.fields[f"due_{n}"] = DateAnswer(label=_("Until when?"), exact=True, required=False)

    def lines(self) -> list[PlanLine]:
        """The lines as they are drawn."""
        return [PlanLine(n, label("protection_concern", c), *(self[f"{part}_{n}"] for part in ("goal", "service", "owner", "due")))
                for n, c in enumerate(self.concerns, 1)]

    def clean(self) -> dict[str, Any]:
        """A line that is begun needs its kind of help."""
        data = super().clean()
        for n, _concern in enumerate(self.concerns, 1):
            begun = any(data.get(f"{part}_{n}") for part in ("goal", "owner", "due"))
            if begun and not data.get(f"service_{n}"):
                self.add_error(f"service_{n}", str(_("Choose the kind of help.")))
        return data

    def given(self) -> PlanGiven:
        """The answers for the action."""
        data = self.cleaned_data
        actions = tuple(
            ActionGiven(service_type=data[f"service_{n}"], goal=data[f"goal_{n}"], concern=concern, due_on=data[f"due_{n}"],
                        owner=UUID(data[f"owner_{n}"]) if data[f"owner_{n}"] else None)
            for n, concern in enumerate(self.concerns, 1) if data[f"service_{n}"])
        return PlanGiven(goal=data["goal"], actions=actions, kind=self.kind, child_agrees=choices.as_bool(data["child_agrees"]),
                         child_note=data["child_note"], caregiver_part=choices.as_bool(data["caregiver_part"]),
                         caregiver_note=data["caregiver_note"], review_at=data["review_at"], weight=data["weight"],
                         decision_follows=choices.as_bool(data["decision_follows"]), why_not_followed=data["why_not_followed"])


class DecideForm(HavreForm):
    """The answer of the second person."""

    decision = OneOf(label=_("Your decision"), choices=lambda: [("approve", _("Approve")), ("return", _("Give back with a reason"))])
    reason = TextAnswer(label=_("Reason"), long=True, rows=3, required=False, help_text=_("Needed when you give it back."))

    def __init__(self, *args: Any, results: Iterable[GateResult] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_accept = [r for r in results if not r.ok and r.severity is Severity.ACCEPTABLE]
        for result in self.may_accept:
            self.fields[f"accept_{result.id}"] = TextAnswer(
                label=_("Why may it go on without this: %(title)s?") % {"title": reasons.title_words(result)}, long=True, rows=2,
                required=False, help_text=reasons.reason_words(result))

    def accept_fields(self) -> list[BoundField]:
        """One question for each safeguard that a supervisor may accept."""
        return [self[f"accept_{r.id}"] for r in self.may_accept]

    def accepted(self) -> dict[str, str]:
        """The written reasons by safeguard."""
        return {r.id: self.cleaned_data[f"accept_{r.id}"] for r in self.may_accept if self.cleaned_data[f"accept_{r.id}"].strip()}
