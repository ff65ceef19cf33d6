"""What does the child want, and may something be made public?"""

from typing import Any, Final

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.tracing.inputs import WishInput
from havre.web.parts.forms import HavreForm, ManyOf, OneOf, TextAnswer, Tick, yes_no
from havre.web.registration.choosing import LanguageAnswer, ListForm

SOUGHT: Final = 4


class WishesForm(ListForm):
    """The child's own words about looking for the family and going home."""

    words = TextAnswer(label=lazy("What the child says, in the child’s own words"), long=True, required=False,
                       help_text=lazy("Or what was drawn, played or shown. Write it as it was said."))
    tracing = OneOf("tracing_wish", label=lazy("Does the child want us to look for the family?"))
    reunification = OneOf("reunification_wish", label=lazy("Does the child want to live with the family again?"))
    why = TextAnswer(label=lazy("The child’s reasons"), long=True, rows=2, required=False, help_text=lazy("Needed when the answer is no or not sure. It stays sealed."))
    alone = yes_no(label=lazy("Was the child alone with you?"))
    present = ManyOf(choices=lambda: [("interpreter", _("Interpreter")), ("guardian", _("Guardian")), ("caregiver", _("Caregiver")),
                                      ("sibling", _("Brother or sister")), ("other", _("Someone else"))],
                     label=lazy("Who else was there?"), required=False)
    language = LanguageAnswer(label=lazy("Language of the conversation"), required=False)
    interpreter_sworn = yes_no(label=lazy("If an interpreter was there: was silence promised?"), required=False)
    told_back = Tick(label=lazy("What I wrote was told back to the child, and she agreed"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, SOUGHT + 1):
            self.fields[f"who_{n}"] = TextAnswer(label=_("Person %(n)s the child wants to find") % {"n": n}, required=False)
            self.fields[f"relation_{n}"] = OneOf("relationship_type", label=_("Who is this to the child?"), required=False)
            self.fields[f"where_{n}"] = TextAnswer(label=_("Last address or phone"), required=False)

    def before(self) -> list[BoundField]:
        """The questions about the wish."""
        return [self[n] for n in ("words", "tracing", "reunification", "why")]

    def sought(self) -> list[list[BoundField]]:
        """The people the child wants to find, in the child's order."""
        return [[self[f"{part}_{n}"] for part in ("who", "relation", "where")] for n in range(1, SOUGHT + 1)]

    def after(self) -> list[BoundField]:
        """The questions about the conversation."""
        return [self[n] for n in ("alone", "present", "language", "interpreter_sworn", "told_back")]

    def given(self) -> WishInput:
        """The wish as the action takes it."""
        c = self.cleaned_data
        sought = [{"name": c.get(f"who_{n}") or "", "relation": c.get(f"relation_{n}") or "", "where": c.get(f"where_{n}") or ""}
                  for n in range(1, SOUGHT + 1)]
        return WishInput(tracing=c["tracing"], reunification=c["reunification"], words=c.get("words") or "", why=c.get("why") or "",
                         persons_sought=sought, alone=c["alone"] == "yes", present=c.get("present") or [], language=c.get("language") or "",
                         interpreter="interpreter" in (c.get("present") or []), interpreter_sworn=c.get("interpreter_sworn") == "yes",
                         told_back=bool(c.get("told_back")))


class PublishForm(HavreForm):
    """A wish to make a photo or a name public."""

    what = OneOf(choices=lambda: [("photo", _("Photo")), ("name", _("Name"))], label=lazy("What should become public?"))
    channel = OneOf("tracing_action", only=("photo", "mass", "radio_or_media", "community_visit", "digital_search"), label=lazy("Where?"))
    reasons = TextAnswer(label=lazy("Why is this needed, and what else was tried?"), long=True)


class PublicationForm(HavreForm):
    """The supervisor's answer to it."""

    approve = OneOf(choices=lambda: [("yes", _("It may be made public")), ("no", _("It stays private"))], label=lazy("Your decision"))
    reasons = TextAnswer(label=lazy("Your reasons"), long=True)
