"""What is asked of a relative who looks for a child, and what is written about the search?"""

from collections.abc import Iterator
from typing import Any, Final

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.registration.inputs import KinInput, PersonInput
from havre.tracing.inputs import RequestInput
from havre.web.parts.forms import AgeAnswer, DateAnswer, HavreForm, ManyOf, OneOf, TextAnswer, yes_no
from havre.web.registration.choosing import CountryAnswer, LanguageAnswer, ListForm
from havre.web.registration.forms import NameRows, frequent_choices
from havre.web.tracing.words import ENDS, words

MEMBERS: Final = 5
PLACE_HINT = lazy("The village or town first, then what it lies in: Teseney, Gash-Barka.")


def places(country: str, typed: str) -> list[str]:
    """Places from broad to narrow, from a country and what was typed from narrow to broad."""
    return [p for p in (country, *reversed([part.strip() for part in (typed or "").split(",")])) if p]


class RequestForm(ListForm):
    """A relative's request: who asks, who is sought, the family, what happened, the agreement. Nothing has to be known."""

    inquirer_sex = OneOf("sex", label=lazy("Woman or man?"), required=False)
    inquirer_age = AgeAnswer(label=lazy("How old?"), required=False)
    phone = TextAnswer(label=lazy("Phone"), required=False, help_text=lazy("Several numbers: put a comma between them."))
    relation = OneOf("relationship_type", label=lazy("What is this person to the child?"))
    lived_with = yes_no(label=lazy("Did they live together before?"), asides=("does_not_know",), required=False)
    language = LanguageAnswer(label=lazy("Language of the conversation"), required=False)
    sex = OneOf("sex", label=lazy("Is the child a girl or a boy?"), required=False)
    age = AgeAnswer(label=lazy("How old is the child now?"), required=False, oldest=30,
                    help_text=lazy("One age, or the youngest and the oldest it may be."))
    birth_date = DateAnswer(label=lazy("Date of birth"), required=False,
                            help_text=lazy("As much as is known: 3 11 2016, 11 2016 or 2016. Write ~ before it for about."))
    languages = ManyOf(choices=frequent_choices, label=lazy("Languages the child speaks"), required=False)
    origin_country = CountryAnswer(label=lazy("Country of the family’s home"), required=False)
    origin_place = TextAnswer(label=lazy("Home of the family"), required=False, help_text=PLACE_HINT)
    features = TextAnswer(label=lazy("How can the child be recognised?"), long=True, required=False,
                          help_text=lazy("Not what only the family knows: keep that for the interview."))
    separation_date = DateAnswer(label=lazy("When did they lose each other?"), required=False)
    separation_country = CountryAnswer(label=lazy("In which country?"), required=False)
    separation_place = TextAnswer(label=lazy("Where?"), required=False, help_text=PLACE_HINT)
    separation_cause = OneOf("separation_cause", label=lazy("What happened?"), required=False)
    circumstances = TextAnswer(label=lazy("How the relative tells it"), long=True, required=False)
    message = TextAnswer(label=lazy("A message for the child"), long=True, required=False,
                         help_text=lazy("It is sealed and given only after the family is verified."))
    consent_share = yes_no(label=lazy("May this be compared with registered children, and shown to the worker of a child who fits?"))
    consent_mode = OneOf("consent_mode", label=lazy("How was this said?"), required=False)

    WHO: Final = ("inquirer_sex", "inquirer_age", "phone", "relation", "lived_with", "language")
    CHILD: Final = ("sex", "age", "birth_date", "languages", "origin_country", "origin_place", "features")
    LOST: Final = ("separation_date", "separation_country", "separation_place", "separation_cause", "circumstances")
    END: Final = ("message", "consent_share", "consent_mode")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MEMBERS + 1):
            self.fields[f"kin_name_{n}"] = TextAnswer(label=_("Name of relative %(n)s") % {"n": n}, required=False)
            self.fields[f"kin_relation_{n}"] = OneOf("relationship_type", label=_("Who is this to the child?"), required=False)
            self.fields[f"kin_age_{n}"] = AgeAnswer(label=_("How old?"), required=False)

    def who(self) -> list[BoundField]:
        """The questions about the person who asks."""
        return [self[name] for name in self.WHO]

    def child(self) -> list[BoundField]:
        """The questions about the child."""
        return [self[name] for name in self.CHILD]

    def lost(self) -> list[BoundField]:
        """The questions about the separation."""
        return [self[name] for name in self.LOST]

    def end(self) -> list[BoundField]:
        """The message and the agreement."""
        return [self[name] for name in self.END]

    def kin(self) -> Iterator[list[BoundField]]:
        """The rows about other relatives."""
        for n in range(1, MEMBERS + 1):
            yield [self[f"kin_{part}_{n}"] for part in ("name", "relation", "age")]

    def clean(self) -> dict[str, Any]:
        """A relative has a name and a relation; an agreement says how it was given."""
        cleaned = super().clean()
        for n in range(1, MEMBERS + 1):
            if cleaned.get(f"kin_name_{n}") and not cleaned.get(f"kin_relation_{n}"):
                self.add_error(f"kin_relation_{n}", _("Choose how they are related."))
        if cleaned.get("consent_share") == "yes" and not cleaned.get("consent_mode"):
            self.add_error("consent_mode", _("Choose how the answer was given."))
        return cleaned

    def given(self, inquirer: NameRows, sought: NameRows) -> RequestInput:  # type: ignore[valid-type]
        """The request as the action takes it, after `is_valid` of the form and both rows of names."""
        c = self.cleaned_data
        low, high = (c["age"].low, c["age"].high) if c.get("age") else (None, None)
        old, oldest = (c["inquirer_age"].low, c["inquirer_age"].high) if c.get("inquirer_age") else (None, None)
        separation = {"date": str(c["separation_date"]) if c.get("separation_date") else None,
                      "place": places(c.get("separation_country") or "", c.get("separation_place") or "")}
        return RequestInput(
            inquirer=PersonInput(role="inquirer", names=inquirer.names(), sex=c.get("inquirer_sex") or "unknown", age_min=old,  # type: ignore[attr-defined]
                                 age_max=oldest, phones=[p.strip() for p in (c.get("phone") or "").split(",") if p.strip()],
                                 languages=[c["language"]] if c.get("language") else []),
            sought=PersonInput(role="sought_child", names=sought.names(), sex=c.get("sex") or "unknown", age_min=low, age_max=high,  # type: ignore[attr-defined]
                               age_method="family_reported" if low is not None or c.get("birth_date") else "unknown",
                               birth_date=str(c["birth_date"]) if c.get("birth_date") else None, languages=c.get("languages") or [],
                               origin=places(c.get("origin_country") or "", c.get("origin_place") or ""), separation=separation,
                               features=c.get("features") or None),
            relation=c["relation"], lived_with=c.get("lived_with") or "", consent_share=c["consent_share"] == "yes",
            consent_mode=c.get("consent_mode") or "", language=c.get("language") or "", message=c.get("message") or "",
            circumstances=c.get("circumstances") or "", separation_cause=c.get("separation_cause") or "", family=list(self._members()))

    def _members(self) -> Iterator[KinInput]:
        for n in range(1, MEMBERS + 1):
            name, age = self.cleaned_data.get(f"kin_name_{n}"), self.cleaned_data.get(f"kin_age_{n}")
            if name:
                yield KinInput(PersonInput(role="relative", names=[{"value": name, "kind": "full"}], age_min=age.low if age else None,
                                           age_max=age.high if age else None), self.cleaned_data[f"kin_relation_{n}"])


class ChangeForm(HavreForm):
    """What may be said otherwise later."""

    consent_share = yes_no(label=lazy("May this be compared with registered children, and shown to the worker of a child who fits?"))
    consent_mode = OneOf("consent_mode", label=lazy("How was this said?"), required=False)
    lived_with = yes_no(label=lazy("Did they live together before?"), asides=("does_not_know",), required=False)
    circumstances = TextAnswer(label=lazy("How the relative tells it"), long=True, required=False)
    message = TextAnswer(label=lazy("A message for the child"), long=True, required=False)


class ActionForm(HavreForm):
    """Something that was done to find the family."""

    action = OneOf("tracing_action", label=lazy("What was done?"), open=True)
    outcome = OneOf("tracing_action_outcome", label=lazy("What came of it?"))
    note = TextAnswer(label=lazy("In a few words"), long=True, required=False)


class EndForm(HavreForm):
    """Why a search ends."""

    step = OneOf(choices=lambda: [(code, words(ENDS, code)) for code in ENDS], label=lazy("Why does the search end?"))
    reasons = TextAnswer(label=lazy("Your reasons"), long=True, help_text=lazy("The comparison with new requests goes on."))


class ButtonForm(HavreForm):
    """One press: nothing is asked, the request id is carried."""


class ReasonsForm(HavreForm):
    """Reasons alone."""

    reasons = TextAnswer(label=lazy("Your reasons"), long=True, help_text=lazy("Others will rely on them."))


__all__ = ["ActionForm", "ButtonForm", "ChangeForm", "EndForm", "NameRows", "ReasonsForm", "RequestForm", "places"]
