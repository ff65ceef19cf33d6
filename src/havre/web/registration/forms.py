"""What is asked at each step of a registration? One form per step; names come in rows that can be added without script."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.reference.languages import frequent_languages, language
from havre.registration import rules
from havre.web.parts.forms import AgeAnswer, DateAnswer, HavreForm, ManyOf, OneOf, TextAnswer, Tick, yes_no
from havre.web.registration.choosing import CountryAnswer, LanguageAnswer, ListForm, country_choices, language_choices, reader

__all__ = [
    "ChildForm", "ConcludeForm", "ConsentForm", "MemberForm", "NameRows", "NeedsForm", "PhotoForm", "RegisterForm", "SearchForm",
    "country_choices", "frequent_choices", "language_choices"]

NAME_KINDS: Final = (
    ("full", lazy("Full name")), ("given", lazy("Given name")), ("father", lazy("Father’s name")),
    ("grandfather", lazy("Grandfather’s name")), ("mother", lazy("Mother’s name")), ("family", lazy("Family name")),
    ("nickname", lazy("Nickname")), ("other_spelling", lazy("Other spelling")),
    ("given_after_separation", lazy("Name given after the separation")))
UNDER_FIVE: Final = ("found_where", "found_by", "group", "belongings", "words", "habits")


def frequent_choices() -> list[tuple[str, str]]:
    """The languages frequent in migration, with their own names."""
    rows = [language(code, reader()) for code in frequent_languages()[:16]]
    return [(row.code, f"{row.name} ({row.endonym})" if row.endonym and row.endonym != row.name else row.name) for row in rows]


class NameRow(forms.Form):
    """One name as it is written, in any script, and what kind of name it is."""

    use_required_attribute = False
    value = TextAnswer(label=lazy("Name, as it is written"), required=False, max_length=200)
    kind = forms.ChoiceField(choices=NAME_KINDS, label=lazy("What kind of name"), required=False, initial="full")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of names; empty ones are left out."""

    def names(self) -> list[dict[str, str]]:
        """The names typed, after `is_valid`."""
        rows = [f.cleaned_data for f in self.forms if f.is_valid() and f.cleaned_data.get("value")]
        return [{"value": row["value"], "kind": row.get("kind") or "full"} for row in rows]


NameRows: Final = forms.formset_factory(NameRow, formset=_Rows, extra=2, max_num=20)


class SearchForm(ListForm):
    """Two things that are known of the child, or a code."""

    code = TextAnswer(label=lazy("A code, if there is one"), required=False, brief=True, help_text=lazy("Such as 7K3M-P2Q. It finds only what is in your own files."))
    father = TextAnswer(label=lazy("Father’s name"), required=False)
    mother = TextAnswer(label=lazy("Mother’s name"), required=False)
    siblings = TextAnswer(label=lazy("Brothers and sisters"), required=False, help_text=lazy("Given names, with a comma between them."))
    sex = OneOf("sex", label=lazy("Girl or boy?"), required=False)
    age = AgeAnswer(label=lazy("How old?"), required=False, help_text=lazy("One age, or the youngest and the oldest it may be."))
    origin_country = CountryAnswer(label=lazy("Country of origin"), required=False)
    origin_place = TextAnswer(label=lazy("Place of origin"), required=False, help_text=lazy("The village or town first, then what it lies in: Teseney, Gash-Barka."))
    phone = TextAnswer(label=lazy("A phone number of the family"), required=False)


class NeedsForm(HavreForm):
    """What cannot wait; asked before anything else."""

    any_need = yes_no(label=lazy("Does the child need something right now?"))
    needs = ManyOf("immediate_need", label=lazy("What is needed?"), required=False)
    note = TextAnswer(label=lazy("Anything else about this"), long=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in self.fields["needs"].choices:  # type: ignore[attr-defined]
            self.fields[f"done_{code}"] = TextAnswer(
                label=_("What was done or arranged: %(need)s") % {"need": words}, required=False)
        self.order_fields(["any_need", "needs", *(f"done_{c}" for c, _w in self.fields["needs"].choices), "note"])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A yes says what; what is needed says what was done."""
        cleaned = super().clean()
        if cleaned.get("any_need") == "yes" and not cleaned.get("needs"):
            self.add_error("needs", _("Choose what is needed."))
        for code in cleaned.get("needs") or ():
            if not cleaned.get(f"done_{code}"):
                self.add_error(f"done_{code}", _("Write what was done or arranged for this need. It comes before the long form."))
        return cleaned

    def answers(self) -> dict[str, str]:
        """Need -> what was done, after `is_valid`."""
        chosen = self.cleaned_data["needs"] if self.cleaned_data["any_need"] == "yes" else []
        return {code: self.cleaned_data[f"done_{code}"] for code in chosen}


class ChildForm(ListForm):
    """Who the child is, where the child comes from, and how the family was lost."""

    sex = OneOf("sex", label=lazy("Girl or boy?"))
    age = AgeAnswer(label=lazy("How old?"), required=False, oldest=30, help_text=lazy("One age, or the youngest and the oldest it may be."))
    age_method = OneOf("age_method", label=lazy("How is the age known?"), open=True)
    birth_date = DateAnswer(label=lazy("Date of birth"), required=False, help_text=lazy("As much as is known: 3 11 2016, 11 2016 or 2016. Write ~ before it for about."))
    languages = ManyOf(choices=frequent_choices, label=lazy("Languages the child speaks"), required=False)
    other_language = LanguageAnswer(label=lazy("Another language"), required=False)
    nationality = CountryAnswer(label=lazy("Nationality"), required=False)
    other_nationality = CountryAnswer(label=lazy("Another nationality"), required=False)
    ethnicity = TextAnswer(label=lazy("People or clan"), required=False, help_text=lazy("Only if the child wants to say it and it helps to find the family."))
    origin_country = CountryAnswer(label=lazy("Country of origin"), required=False)
    origin_place = TextAnswer(label=lazy("Place of origin"), required=False, help_text=lazy("The village or town first, then what it lies in: Teseney, Gash-Barka."))
    phone = TextAnswer(label=lazy("A phone number of the family"), required=False)
    identifier_type = OneOf("identifier_type", label=lazy("A document or number the child has"), required=False)
    identifier = TextAnswer(label=lazy("What is written on it"), required=False)
    uasc_status = OneOf("uasc_status", label=lazy("With whom is the child?"), open=True)
    population_group = OneOf("population_group", label=lazy("Situation of the child"), required=False)
    identification_source = OneOf("identification_source", label=lazy("Who brought the child to you?"), required=False)
    separation_date = DateAnswer(label=lazy("When was the family lost?"), required=False)
    separation_country = CountryAnswer(label=lazy("In which country?"), required=False)
    separation_place = TextAnswer(label=lazy("Where?"), required=False)
    separation_cause = OneOf("separation_cause", label=lazy("What happened?"), required=False)
    circumstances = TextAnswer(label=lazy("How the child tells it"), long=True, required=False)
    features = TextAnswer(label=lazy("How can the child be recognised?"), long=True, required=False)
    found_where = TextAnswer(label=lazy("Where was the child found?"), required=False)
    found_by = TextAnswer(label=lazy("Who found the child?"), required=False)
    group = TextAnswer(label=lazy("With which group was the child?"), required=False)
    belongings = TextAnswer(label=lazy("Clothes and belongings"), required=False)
    words = TextAnswer(label=lazy("Words, songs or stories the child repeats"), required=False)
    habits = TextAnswer(label=lazy("Accent and habits"), required=False)

    SECTIONS: Final = (
        ("who", lazy("Who the child is"), ("sex", "age", "age_method", "birth_date")),
        ("with", lazy("With whom the child is now"), ("uasc_status", "population_group", "identification_source")),
        ("speaks", lazy("Languages and nationality"), ("languages", "other_language", "nationality", "other_nationality", "ethnicity")),
        ("from", lazy("Where the child comes from"), ("origin_country", "origin_place", "phone", "identifier_type", "identifier")),
        ("lost", lazy("How the family was lost"), ("separation_date", "separation_country", "separation_place", "separation_cause", "circumstances")),
        ("known_by", lazy("How to recognise the child"), ("features",)),
        ("small", lazy("For very small children, and those who do not speak"), UNDER_FIVE))

    def clean(self) -> dict[str, Any]:
        """An age or a date of birth is wanted, or the method says that nothing is known."""
        cleaned = super().clean()
        if not cleaned.get("age") and not cleaned.get("birth_date") and cleaned.get("age_method") not in ("unknown", None, ""):
            self.add_error("age", _("Write an age or a date of birth, or choose “Not known”."))
        if cleaned.get("identifier_type") and not cleaned.get("identifier"):
            self.add_error("identifier", _("Write the number, or leave the document out."))
        return cleaned

    def sections(self) -> Iterator[tuple[str, Any, list[BoundField], bool]]:
        """The questions by heading; the last ones fold away unless something is written in them."""
        for id, heading, names in self.SECTIONS:
            folded = id == "small" and not any(self[n].value() for n in names)
            yield id, heading, [self[n] for n in names], folded


class PhotoForm(HavreForm):
    """A picture from the device; it is drawn anew before it is kept."""

    photo = forms.FileField(label=lazy("Photo of the child"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
                            error_messages={"required": lazy("Choose a picture, or go on without one."), "empty": lazy("This file is empty.")})


class MemberForm(ListForm):
    """One relative, or someone who matters to the child."""

    relation = OneOf("relationship_type", label=lazy("Who is this to the child?"))
    sex = OneOf("sex", label=lazy("Woman or man, girl or boy?"), required=False)
    age = AgeAnswer(label=lazy("How old?"), required=False)
    alive = OneOf("alive_status", label=lazy("Alive?"), required=False)
    lived_with_before = yes_no(label=lazy("Did the child live with this person before?"), required=False)
    in_contact = yes_no(label=lazy("Are they in contact?"), required=False)
    is_caregiver = Tick(label=lazy("Looked after the child most"), required=False)
    contact_allowed = yes_no(label=lazy("May we contact this person? Ask the child."), required=False)
    contact_reason = TextAnswer(label=lazy("The child’s reason"), required=False)
    phone = TextAnswer(label=lazy("Phone"), required=False)
    place_country = CountryAnswer(label=lazy("Country where this person is"), required=False)
    place = TextAnswer(label=lazy("Last known place"), required=False)
    detail = TextAnswer(label=lazy("Anything else about this person"), long=True, required=False)


class ConsentForm(ListForm):
    """What the child and those responsible say to each use of what is written down."""

    legal_basis = OneOf("legal_basis", label=lazy("On what basis is this written down?"), open=True)
    legal_reason = TextAnswer(label=lazy("Reason, when the basis is not consent"), required=False)
    language = LanguageAnswer(label=lazy("In which language was it explained?"), required=False)
    interpreter = Tick(label=lazy("Through an interpreter"), required=False)
    interpreter_sworn = Tick(label=lazy("The interpreter promised confidentiality"), required=False)
    child_mode = OneOf("consent_mode", label=lazy("How did the child answer?"), required=False, open=True)
    adult_by = OneOf("consent_giver", only=("parent", "caregiver", "guardian", "other"), label=lazy("Who answered for the child?"), required=False, open=True)
    adult_mode = OneOf("consent_mode", label=lazy("How did this person answer?"), required=False, open=True)
    exception = OneOf("consent_exception", label=lazy("Why was no caregiver asked, or not followed?"), required=False, open=True)
    exception_reason = TextAnswer(label=lazy("The reason, in words"), long=True, required=False)
    expires = DateAnswer(label=lazy("Until when does this hold?"), required=False, exact=True)
    capacity_note = TextAnswer(label=lazy("How well did the child understand?"), long=True, required=False)

    def __init__(self, *args: Any, needed: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed
        answers = [("yes", lazy("Yes")), ("no", lazy("No")), ("never", lazy("Never"))]
        for purpose in rules.PURPOSES:
            for side in self.sides():
                self.fields[f"{side}_{purpose}"] = OneOf(choices=answers, label=_side(side), required=False)
            self.fields[f"reason_{purpose}"] = TextAnswer(label=lazy("Reason"), required=False)

    def sides(self) -> tuple[str, ...]:
        """Whose answers are written: the child's from the age where they count, the adult's always."""
        return ("child", "adult") if rules.asks_child(self.needed) or not self.needed else ("adult",)

    def purposes(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        """Each use with its words, the answers of each side and the reason."""
        from havre.reference import codes
        for purpose in rules.PURPOSES:
            yield (purpose, codes.label("consent_purpose", purpose, reader()),
                   [*(self[f"{side}_{purpose}"] for side in self.sides()), self[f"reason_{purpose}"]])

    def clean(self) -> dict[str, Any]:
        """An answer says how it was given, an exception says why."""
        cleaned = super().clean()
        for side, mode in (("child", "child_mode"), ("adult", "adult_mode")):
            if side in self.sides() and self.said(side) and not cleaned.get(mode):
                self.add_error(mode, _("Choose how the answer was given."))
        if self.said("adult") and not cleaned.get("adult_by"):
            self.add_error("adult_by", _("Choose who answered."))
        if cleaned.get("exception") and not cleaned.get("exception_reason"):
            self.add_error("exception_reason", _("Write the reason for the exception."))
        if cleaned.get("legal_basis") not in ("consent", None, "") and not cleaned.get("legal_reason"):
            self.add_error("legal_reason", _("Write why this basis holds."))
        return cleaned

    def said(self, side: str) -> dict[str, str]:
        """The answers of one side: use -> yes, no, never."""
        return {p: answer for p in rules.PURPOSES if (answer := self.cleaned_data.get(f"{side}_{p}"))}


class RegisterForm(HavreForm):
    """The last press: nothing is asked, the request id is carried."""


class ConcludeForm(HavreForm):
    """What each hit of a search is."""

    def __init__(self, *args: Any, hits: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ref, answer in (hits or {}).items():
            self.fields[f"hit_{ref}"] = OneOf(choices=conclusions(answer), label=lazy("Is it the same child?"), required=False)

    def chosen(self) -> dict[str, str]:
        """Hit -> conclusion, those that were chosen."""
        return {name.removeprefix("hit_"): value for name, value in self.cleaned_data.items() if name.startswith("hit_") and value}


def conclusions(answer: str) -> list[tuple[str, Any]]:
    """What can be said of a hit; the focal point of another agency can be asked."""
    asked = [("asked", lazy("I ask the focal point and register meanwhile"))] if answer == "contact" else [("same", lazy("Yes, the same child"))]
    return [*asked, ("different", lazy("No, another child")), ("unsure", lazy("Not sure"))]


def _side(side: str) -> Any:
    return lazy("The child") if side == "child" else lazy("The adult responsible")


