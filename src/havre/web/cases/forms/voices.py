"""The questions about what the child says."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from havre.cases.given import ViewGiven
from havre.web.cases.forms import choices
from havre.web.parts.forms import HavreForm, OneOf, TextAnswer, Tick, yes_no


class ViewsForm(HavreForm):
    """What the child, or a caregiver, says about one matter."""

    whose = OneOf(label=_("Who speaks?"), choices=lambda: [("child", _("The child")), ("caregiver", _("The caregiver"))])
    topic = OneOf(label=_("What about?"), choices=choices.topics, open=True)
    mode = OneOf("views_mode", label=_("How did the child say it?"), open=True)
    words = TextAnswer(label=_("In the child’s own words, as far as possible"), long=True, rows=4, required=False)
    language = OneOf(label=_("In which language?"), choices=(), required=False)
    interpreter = yes_no(label=_("Was there an interpreter?"), required=False)
    alone = yes_no(label=_("Was the child alone with you?"), help_text=_("An interpreter does not count."))
    no_views_reason = TextAnswer(label=_("If there are no views: why not?"), long=True, rows=2, required=False)
    maturity_note = TextAnswer(label=_("How well does the child understand what it is about?"), long=True, rows=2, required=False)
    weight = OneOf("views_weight", label=_("What weight do the views have?"), required=False,
                   help_text=_("You can decide this later, when there is a decision."))
    decision_follows = yes_no(label=_("Does the decision follow what the child wants?"), required=False)
    why_not_followed = TextAnswer(label=_("If not: why not?"), long=True, rows=2, required=False)

    def __init__(self, *args: Any, languages: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices.spoken(languages)  # type: ignore[attr-defined]

    def given(self) -> ViewGiven:
        """The answers for the action."""
        data = self.cleaned_data
        return ViewGiven(
            topic=data["topic"], mode=data["mode"], whose=data["whose"], words=data["words"], language=data["language"],
            interpreter=data["interpreter"] == "yes", alone=data["alone"] == "yes", maturity_note=data["maturity_note"],
            no_views_reason=data["no_views_reason"], weight=data["weight"],
            decision_follows=choices.as_bool(data["decision_follows"]), why_not_followed=data["why_not_followed"])


class WeighForm(HavreForm):
    """The weight that views have in a decision."""

    weight = OneOf("views_weight", label=_("What weight do the views have?"))
    decision_follows = yes_no(label=_("Does the decision follow what the child wants?"), required=False)
    why_not_followed = TextAnswer(label=_("If not: why not?"), long=True, rows=2, required=False)


class ToldForm(HavreForm):
    """The child was told what was decided."""

    told = Tick(label=_("Telling the child"))
    understood = yes_no(label=_("Did the child understand?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].statement = _("I told the child what was decided and why.")  # type: ignore[attr-defined]
