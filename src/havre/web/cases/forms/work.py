"""The questions about a visit, a finished task, a pause, and the end of a case."""

import re
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from havre.cases.given import ClosureGiven, FollowUpGiven
from havre.web.cases.forms import choices
from havre.web.parts.forms import DateAnswer, HavreForm, ManyOf, OneOf, TextAnswer, yes_no


class FollowUpForm(HavreForm):
    """A visit or another contact."""

    result = OneOf("follow_up_result", label=_("Did it work?"))
    kind = OneOf("follow_up_type", label=_("What was it for?"), only=("in_care", "service", "assessment", "after_reunification",
                                                                      "after_return", "post_closure"))
    channel = OneOf("follow_up_channel", label=_("How?"), open=True)
    with_whom = ManyOf("follow_up_with", label=_("With whom?"), required=False)
    happened_on = DateAnswer(label=_("On which day?"), exact=True)
    happened_at = TextAnswer(label=_("At what time?"), brief=True, required=False, help_text=_("For example 14:30"))
    child_seen = yes_no(label=_("Did you see the child?"), required=False)
    child_alone = yes_no(label=_("Alone?"), required=False)
    place_safe = yes_no(label=_("Is it safe where the child is?"), required=False, asides=("does_not_know",))
    seen_and_heard = TextAnswer(label=_("What did you see and hear?"), long=True, rows=4, required=False)
    plan_action = OneOf(label=_("Which part of the plan was it about?"), choices=(), required=False)
    plan_action_status = OneOf("plan_action_status", label=_("How far is that part?"), required=False)
    risk_changed = yes_no(label=_("Has the risk changed?"), required=False)
    next_on = DateAnswer(label=_("When is the next contact?"), exact=True, required=False,
                         help_text=_("When you leave this empty, the time follows the risk."))

    def __init__(self, *args: Any, actions: choices.Choices = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["plan_action"].choices = list(actions)  # type: ignore[attr-defined]

    def clean_happened_at(self) -> str:
        """A time of day, or nothing."""
        typed = str(self.cleaned_data["happened_at"]).strip().replace(".", ":").replace("h", ":")
        if typed and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", typed):
            self.add_error("happened_at", str(_("Write a time, for example 14:30.")))
        return typed

    def given(self) -> FollowUpGiven:
        """The answers for the action. Without a time of day, noon is meant, or now when it was today."""
        data = self.cleaned_data
        at = choices.day_at(data["happened_on"], data["happened_at"])
        now = timezone.now()
        if at is None or (not data["happened_at"] and timezone.localdate() == data["happened_on"]):
            at = now
        return FollowUpGiven(
            kind=data["kind"], channel=data["channel"], result=data["result"], with_whom=tuple(data["with_whom"]),
            seen_and_heard=data["seen_and_heard"], happened_at=at, child_seen=data["child_seen"] == "yes",
            child_alone=data["child_alone"] == "yes", place_safe=choices.as_bool(data["place_safe"]),
            risk_changed=data["risk_changed"] == "yes", next_at=choices.day_at(data["next_on"]),
            plan_action=UUID(data["plan_action"]) if data["plan_action"] else None, plan_action_status=data["plan_action_status"])


class OutcomeForm(HavreForm):
    """What was done."""

    outcome = TextAnswer(label=_("What was done, and how did it go?"), long=True, rows=3)


class HoldForm(HavreForm):
    """A pause."""

    until = DateAnswer(label=_("Until which day?"), exact=True)
    reason = TextAnswer(label=_("Why?"), long=True, rows=2)


class CloseForm(HavreForm):
    """A wish to close a case."""

    reason = OneOf("closure_reason", label=_("Why can the case be closed?"), open=True)
    summary = TextAnswer(label=_("How do things stand for the child?"), long=True, rows=4, required=False)
    agreed_with_child = yes_no(label=_("Does the child agree?"), required=False)
    agreed_with_caregiver = yes_no(label=_("Does the caregiver agree?"), required=False)
    why_not_agreed = TextAnswer(label=_("If someone does not agree: why not?"), long=True, rows=2, required=False)
    child_told = yes_no(label=_("Does the child know whom to call later?"), required=False)
    age_proof = yes_no(label=_("When the child has turned 18: is there proof of age?"), required=False)
    contact_on = DateAnswer(label=_("When do you contact the child again?"), exact=True, required=False,
                            help_text=_("About three months after closing."))
    address_after = TextAnswer(label=_("Where does the child live then?"), required=False)

    def given(self) -> ClosureGiven:
        """The answers for the action."""
        data = self.cleaned_data
        return ClosureGiven(
            reason=data["reason"], summary=data["summary"], agreed_with_child=choices.as_bool(data["agreed_with_child"]),
            agreed_with_caregiver=choices.as_bool(data["agreed_with_caregiver"]), why_not_agreed=data["why_not_agreed"],
            child_told_whom_to_contact=data["child_told"] == "yes", age_proof=data["age_proof"] == "yes",
            contact_on=data["contact_on"], address_after=data["address_after"])


class ReopenForm(HavreForm):
    """A closed case opens again."""

    reason = OneOf("reopen_reason", label=_("Why does the case open again?"))
    note = TextAnswer(label=_("What happened?"), long=True, rows=3)
    risk_level = OneOf("risk_level", only=("high", "medium", "low"), label=_("How high is the risk until you know more?"))
