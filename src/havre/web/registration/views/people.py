"""One person of a case: what is known, what two people wrote differently, and the photo."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from havre.access.queries import may
from havre.core.partialdates import AgeRange, PartialDate
from havre.core.problems import InputRefused, NothingHere, Problem
from havre.registration import actions, permissions, queries
from havre.registration.photos import redrawn
from havre.web.parts.forms import AgeAnswer, DateAnswer, HavreForm, OneOf, TextAnswer
from havre.web.parts.reasons import plain
from havre.web.registration import keeping, reading, showing
from havre.web.registration.choosing import CountryAnswer, ListForm
from havre.web.registration.forms import NameRows, PhotoForm
from havre.web.registration.views.steps import actor_of, image
from havre.web.screen import intent, screen
from havre.web.shell import said

OPENED = ("names", "birth_date", "phones", "origin", "last_seen", "features")


class PersonForm(ListForm):
    """What can be corrected of a person."""

    sex = OneOf("sex", label=lazy("Girl or boy, woman or man?"))
    age = AgeAnswer(label=lazy("How old?"), required=False)
    age_method = OneOf("age_method", label=lazy("How is the age known?"), open=True)
    birth_date = DateAnswer(label=lazy("Date of birth"), required=False)
    phone = TextAnswer(label=lazy("Phone numbers"), required=False, help_text=lazy("With a comma between them."))
    origin_country = CountryAnswer(label=lazy("Country of origin"), required=False)
    origin_place = TextAnswer(label=lazy("Place of origin"), required=False)
    features = TextAnswer(label=lazy("How can this person be recognised?"), long=True, required=False)


@screen(permissions.WRITE)
def person(request: HttpRequest, code: str, person: UUID) -> HttpResponse:
    """Correct what is known of one person. What someone else wrote meanwhile stays beside it."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    shown = queries.person_of(actor, person, *OPENED)
    if shown.person.file_id != file.pk:
        raise NothingHere()
    form, names, status = PersonForm(initial=_initial(shown), seen=shown.person.heads), _name_rows(shown), 200
    if request.method == "POST":
        form, names = PersonForm(request.POST), keeping.checked_rows(keeping.typed(request.POST))
        status = 422
        if "add" in request.POST:
            kept = keeping.one_more(keeping.typed(request.POST)) | {"seen": [request.POST.get("seen", "")]}
            form, names, status = keeping.drawn(PersonForm, kept), keeping.rows(kept), 200
        elif form.is_valid() and names.is_valid():
            try:
                heads = [UUID(head) for head in form.heads]
                actions.change_person(intent(request, form.cleaned_data["rid"]), person=shown.person.pk, seen=heads or None,
                                      values=_changed(shown, form, names.names()))
                said.say(request, _("Corrected."))
                return redirect("registration:family", code=file.code)
            except Problem as problem:
                form.refuse(problem)
                status = problem.status
    return render(request, "registration/person.html", {"code": file.code, "form": form, "names": names, "shown": showing.names_of(shown)},
                  status=status)


def _initial(shown: queries.Shown) -> dict[str, Any]:
    one, values = shown.person, shown.values
    low, high = one.age_min, one.age_max
    ages = AgeRange(low or 0, high if high is not None else low or 0) if low is not None or high is not None else None
    origin = values.get("origin") or []
    country = origin[0] if origin and len(origin[0]) == 2 else ""
    return {"sex": one.sex, "age": ages, "age_method": one.age_method, "phone": ", ".join(values.get("phones") or ()),
            "birth_date": PartialDate.parse(values["birth_date"]) if values.get("birth_date") else None, "origin_country": country,
            "origin_place": ", ".join(reversed(origin[1:] if country else origin)), "features": values.get("features") or ""}


def _name_rows(shown: queries.Shown) -> Any:
    return NameRows(prefix="names", initial=[{"value": n["value"], "kind": n["kind"]} for n in shown.values.get("names") or ()])


def _changed(shown: queries.Shown, form: PersonForm, names: list[dict[str, str]]) -> dict[str, Any]:
    """The values as typed; those equal to the present ones change nothing. A new age is true today, an untouched one as before."""
    given, age, one = form.cleaned_data, form.cleaned_data["age"], shown.person
    low, high = (age.low, age.high) if age else (None, None)
    phones = [p.strip() for p in given["phone"].replace("،", ",").split(",") if p.strip()]
    born = given["birth_date"]
    typed = _initial(shown)
    values: dict[str, Any] = {"names": names, "sex": given["sex"], "age_method": given["age_method"], "birth_date": str(born) if born else None,
                              "phones": phones, "features": given["features"]}
    if (low, high) != (one.age_min, one.age_max if one.age_max is not None else one.age_min):
        values |= {"age_min": low, "age_max": high, "recorded_on": timezone.localdate()}
    if (given["origin_country"], given["origin_place"]) != (typed["origin_country"], typed["origin_place"]):
        values["origin"] = reading.path(given["origin_country"], given["origin_place"])
    return values


class ValueForm(HavreForm):
    """Which of two values is right, and how one knows."""

    choice = OneOf(choices=[], label=lazy("Which is right?"))
    other = TextAnswer(label=lazy("The right value, when it is another"), required=False)
    how_known = TextAnswer(label=lazy("How do you know?"), error_messages={"required": lazy("Write how you know.")})
    person = forms.UUIDField(widget=forms.HiddenInput)
    field = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, two: queries.TwoValues, **kwargs: Any) -> None:
        super().__init__(*args, initial={"person": two.person.pk, "field": two.field}, prefix=f"{two.person.pk}-{two.field}", **kwargs)
        rows: list[tuple[str, Any]] = [(str(edit), showing.value_words(two.field, value)) for edit, value, _by, _at in two.values]
        if isinstance(two.values[0][1], list):
            rows.append(("both", _("Both are right")))
        rows.append(("other", _("Another value")))
        field = self.fields["choice"]
        assert isinstance(field, OneOf)
        field.notes = {str(edit): f"{by}, {plain(at)}" for edit, _value, by, at in two.values}
        field.choices = rows
        field.widget.choices = rows


@screen(permissions.WRITE)
def values(request: HttpRequest, code: str) -> HttpResponse:
    """Two people wrote different values: both are shown, a person chooses and says how they know."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    found, status = queries.two_values(actor, file.pk), 200
    bound: ValueForm | None = None
    if request.method == "POST":
        two = next((t for t in found if f"{t.person.pk}-{t.field}-choice" in request.POST or f"{t.person.pk}-{t.field}-rid" in request.POST), None)
        if two is None:
            return redirect("registration:values", code=file.code)
        bound, status = ValueForm(request.POST, two=two), 422
        if bound.is_valid():
            try:
                _settle(request, two, bound)
                said.say(request, _("Settled. What was written before stays in the history."))
                return redirect("registration:values", code=file.code)
            except Problem as problem:
                bound.refuse(problem)
                status = problem.status
    rows = [{"two": t, "field": showing.field_words(t.field), "who": _who(actor, t),
             "form": bound if bound is not None and bound.prefix == f"{t.person.pk}-{t.field}" else ValueForm(two=t)} for t in found]
    return render(request, "registration/values.html", {"code": file.code, "rows": rows, "form": bound,
                                                        "may_write": may(actor, permissions.WRITE, file.pk)}, status=status)


def _who(actor: Any, two: queries.TwoValues) -> list[Any]:
    return showing.names_of(queries.person_of(actor, two.person.pk, "names"))


def _settle(request: HttpRequest, two: queries.TwoValues, form: ValueForm) -> None:
    given = form.cleaned_data
    choice, chosen = given["choice"], None
    if choice not in {"both", "other"}:
        choice, chosen = "this", UUID(given["choice"])
    actions.resolve_disputed_value(intent(request, given["rid"]), person=two.person.pk, field=two.field, choice=choice, chosen=chosen,
                                   other=_other(two, given["other"]), how_known=given["how_known"])


def _other(two: queries.TwoValues, typed: str) -> Any:
    """The value typed, in the shape of its field."""
    if not typed:
        return None
    if two.field == "names":
        return [{"value": typed, "kind": "full"}]
    if isinstance(two.values[0][1], int):
        if not typed.isdigit():
            raise InputRefused({"other": [_("Write a number in digits.")]})
        return int(typed)
    return [part.strip() for part in typed.split(",")] if isinstance(two.values[0][1], list) else typed


@screen(permissions.PHOTO)
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """The photo of the child: shown, replaced, or no longer shown."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    child = queries.child_of(actor, file.pk)
    held = queries.photo_of(actor, child.person.pk)
    form, status = PhotoForm(), 200
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
        if "remove" in request.POST and held is not None:
            form.fields["photo"].required = False
            if form.is_valid():
                actions.retire_photo(intent(request, form.cleaned_data["rid"]), photo=held.pk)
            return redirect("registration:case_photo", code=file.code)
        status = 422
        if form.is_valid():
            try:
                actions.add_photo(intent(request, form.cleaned_data["rid"]), person=child.person.pk,
                                  picture=redrawn(form.cleaned_data["photo"].read()))
                said.say(request, _("The photo is kept."))
                return redirect("registration:case_photo", code=file.code)
            except Problem as problem:
                form.refuse(problem)
    return render(request, "registration/case_photo.html", {"code": file.code, "form": form, "photo": held, "child": showing.names_of(child)},
                  status=status)


@screen(permissions.READ)
def picture(request: HttpRequest, code: str, photo: UUID) -> HttpResponse:
    """The picture itself; the reading is recorded and nothing is kept by the browser."""
    actor = actor_of(request)
    file = queries.file_of(actor, code)
    child = queries.child_of(actor, file.pk)
    held = queries.photo_of(actor, child.person.pk)
    if held is None or held.pk != photo:
        raise NothingHere()
    return image(queries.picture(actor, photo))
