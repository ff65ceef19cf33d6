"""What is asked when a child goes home: the plan, the approval, the three signatures, the visits."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.core.partialdates import parse_typed_date
from havre.tracing.inputs import PlanInput
from havre.web.parts.forms import DateAnswer, HavreForm, OneOf, TextAnswer, yes_no
from havre.web.registration.choosing import CountryAnswer, ListForm


class PlanForm(ListForm):
    """How the child goes to the adult."""

    type = OneOf("reunification_type", label=lazy("What kind of reunification?"), open=True)
    planned_on = DateAnswer(label=lazy("On which day?"), exact=True)
    country = CountryAnswer(label=lazy("In which country will the child live?"))
    place = TextAnswer(label=lazy("Where?"))
    verified_adult = yes_no(label=lazy("Does the relative who was verified receive the child?"))
    adult_names = TextAnswer(label=lazy("If not: who does?"), required=False, help_text=lazy("The name is compared with the alert list too."))
    other_adult_reason = OneOf("reunification_other_adult_reason", label=lazy("Why another adult?"), required=False)
    custody_dispute = yes_no(label=lazy("Does anyone dispute who should care for the child?"))
    plan = TextAnswer(label=lazy("Journey, documents, who goes along, how both are prepared"), long=True, rows=5)
    child_view = TextAnswer(label=lazy("What the child says about this plan"), long=True)
    visits = TextAnswer(label=lazy("Days of the visits afterwards, one on each line"), long=True, rows=4, required=False,
                        help_text=lazy("Leave it empty and the visits are planned by the rules of the country."))

    def clean_visits(self) -> list[Any]:
        """The days, each on its line. A line that is no day is refused with an example."""
        from django.core.exceptions import ValidationError
        days = []
        for line in (self.cleaned_data.get("visits") or "").splitlines():
            if not line.strip():
                continue
            try:
                read = parse_typed_date(line.strip())
            except ValueError:
                read = None
            if read is None or read.day is None or read.circa:
                raise ValidationError(_("Write each day on a line, for example 3 11 2026."))
            days.append(read.earliest())
        return days

    def given(self) -> PlanInput:
        """The plan as the action takes it."""
        c = self.cleaned_data
        return PlanInput(type=c["type"], planned_on=c["planned_on"], country=c["country"], place=c["place"], plan=c["plan"],
                         child_view=c["child_view"], verified_adult=c["verified_adult"] == "yes", other_adult_reason=c.get("other_adult_reason") or "",
                         adult_names=c.get("adult_names") or "", custody_dispute=c["custody_dispute"] == "yes", visits=c.get("visits") or [])


class SignForm(HavreForm):
    """One of three signatures."""

    signer = OneOf("handover_signer", label=lazy("Who signs?"))
    signed_as = TextAnswer(label=lazy("If the receiver signs: name of the receiver"), required=False)
    mode = OneOf("consent_mode", label=lazy("How does the receiver sign?"), required=False)


class VisitForm(HavreForm):
    """A visit after reunification."""

    visited_on = DateAnswer(label=lazy("When were you there?"), exact=True)
    alone = yes_no(label=lazy("Did you speak with the child alone?"))
    child_said = TextAnswer(label=lazy("What the child says"), long=True, required=False)
    outcome = OneOf("reunification_outcome", label=lazy("How is it going?"), open=True)
    notes = TextAnswer(label=lazy("What you saw"), long=True)
    more_needed = yes_no(label=lazy("Are more visits needed?"))
