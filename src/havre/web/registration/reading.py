"""What do the answers of a draft mean? Forms in, the shapes of the domain out (`PersonInput`, `KinInput`, `ConsentInput`)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from havre.cases.opening import Opening
from havre.core.partialdates import AgeRange, PartialDate
from havre.reference import queries as places
from havre.reference.order import bare
from havre.registration import rules
from havre.registration.inputs import ConsentInput, KinInput, PersonInput
from havre.registration.photos import Picture, bytes_of
from havre.registration.searches import Asked
from havre.web.registration import keeping
from havre.web.registration.forms import UNDER_FIVE, ChildForm, ConsentForm, MemberForm, NeedsForm


def path(country: str, typed: str) -> list[str]:
    """A place from broad to narrow: the country, then what the place lies in, then the place itself.

    A place that the tree knows under that very name brings its own path; otherwise the words typed, nearest last.
    """
    parts = [part.strip() for part in typed.replace("،", ",").split(",") if part.strip()]
    if not parts:
        return [country] if country else []
    found = [p for p in places.search(parts[0], country=country or None, limit=5)
             if bare(parts[0]) in {bare(p.name), *(bare(n) for n in p.names.values())}]
    if len(found) == 1 and found[0].level:
        chain = places.ancestors(found[0].pcode)
        return [chain[0].country, *(p.name for p in chain[1:])]
    return [*([country] if country else []), *reversed(parts)]


def search(form: Any, names: Sequence[Mapping[str, str]], today: date) -> Asked:
    """What a search step asks for."""
    given = form.cleaned_data
    extra = [{"value": given[kind], "kind": kind} for kind in ("father", "mother") if given[kind]]
    age = given["age"]
    siblings = [part.strip() for part in given["siblings"].replace("،", ",").split(",") if part.strip()]
    values = {"names": [*names, *extra], "sex": given["sex"] or "unknown", "age_min": age.low if age else None,
              "age_max": age.high if age else None, "recorded_on": today, "origin": path(given["origin_country"], given["origin_place"]),
              "phones": [given["phone"]] if given["phone"] else []}
    return Asked(values, given["code"], [("sister", {"names": [{"value": name, "kind": "given"}]}) for name in siblings])


def child(form: ChildForm, names: Sequence[Mapping[str, str]], today: date) -> PersonInput:
    """The child as the form tells it. `form.is_valid()` came before."""
    given = form.cleaned_data
    low, high = _ages(given.get("age"))
    spoken = [*(given.get("languages") or ()), given.get("other_language") or ""]
    return PersonInput(
        role="child", names=list(names), sex=given.get("sex") or "unknown", age_min=low, age_max=high,
        age_method=given.get("age_method") or "unknown", birth_date=_date(given.get("birth_date")), recorded_on=today,
        languages=[code for code in spoken if code], nationalities=[n for n in (given.get("nationality"), given.get("other_nationality")) if n],
        ethnicity=given.get("ethnicity"), phones=[given["phone"]] if given.get("phone") else [],
        identifiers=[{"type": given.get("identifier_type") or "other", "value": given["identifier"]}] if given.get("identifier") else [],
        origin=path(given.get("origin_country") or "", given.get("origin_place") or ""), separation=_separation(given),
        features=given.get("features"))


def member(kept: Mapping[str, Any], today: date) -> KinInput | None:
    """One relative as typed; None when the row cannot be read."""
    form, names = keeping.checked(MemberForm, kept["typed"]), keeping.checked_rows(kept["typed"])
    if not form.is_valid():
        return None
    given = form.cleaned_data
    low, high = _ages(given["age"])
    relation = given["relation"]
    answers = {name: given[name] or "unknown" for name in ("lived_with_before", "in_contact", "contact_allowed")}
    person = PersonInput(
        role="caregiver" if given["is_caregiver"] else "relative", names=names.names(), sex=given["sex"] or _sex_of(relation), age_min=low,
        age_max=high, recorded_on=today, deceased=given["alive"] or "unknown", phones=[given["phone"]] if given["phone"] else [],
        last_seen=path(given["place_country"], given["place"]))
    return KinInput(person, relation, is_caregiver=given["is_caregiver"], detail=given["detail"] or None,
                    contact_reason=given["contact_reason"] or None, **answers)


def consents(form: ConsentForm) -> list[ConsentInput]:
    """The agreements as the form tells them: the child's, the adult's, and an exception."""
    given = form.cleaned_data
    until = datetime.combine(given["expires"], time(23, 59), UTC) if given.get("expires") else None
    shared: dict[str, Any] = {"language": given.get("language") or "", "interpreter": bool(given.get("interpreter")),
              "interpreter_sworn": bool(given.get("interpreter_sworn")), "expires_at": until}
    reasons = {p: given[f"reason_{p}"] for p in rules.PURPOSES if given.get(f"reason_{p}")}
    out: list[ConsentInput] = []
    for side, by in (("child", "child"), ("adult", given.get("adult_by") or "")):
        answers = form.said(side)
        if answers and by and given.get(f"{side}_mode"):
            kind = rules.child_says_as(form.needed) if side == "child" else "informed_consent"
            event = "given" if "yes" in answers.values() else "refused"
            note = given.get("capacity_note") or None if side == "child" else None
            out.append(ConsentInput(given_by=by, event=event, type=kind, mode=given[f"{side}_mode"], answers=answers, reasons=reasons,
                                    capacity_note=note, **shared))
    if given.get("exception") and given.get("exception_reason"):
        out.append(ConsentInput(given_by="other", event="exception", exception=given["exception"],
                                reasons={"exception": given["exception_reason"]}))
    return out


def ages_in(steps: Mapping[str, Any], today: date) -> AgeRange | None:
    """The ages the child of a draft can have."""
    form = keeping.checked(ChildForm, (steps.get("child") or {}).get("typed"))
    return rules.ages(_date(form.cleaned_data.get("birth_date")), *_ages(form.cleaned_data.get("age")), today, today)


def opening(steps: Mapping[str, Any], needed: frozenset[str], today: date, screening: UUID | None) -> Opening:
    """Everything a draft says, as far as it can be read."""
    kept = {name: (steps.get(name) or {}).get("typed") for name in ("needs", "child", "consent")}
    form = keeping.checked(ChildForm, kept["child"])
    told = child(form, keeping.checked_rows(kept["child"]).names(), today)
    first = keeping.checked(NeedsForm, kept["needs"])
    agreed = keeping.checked(ConsentForm, kept["consent"], needed=needed)
    family = [one for one in (member(row, today) for row in steps.get("family") or ()) if one is not None]
    return Opening(
        child=told, needs=first.answers() if first.is_valid() else None, needs_note=first.cleaned_data.get("note") or "", family=family,
        consents=consents(agreed), legal_basis=agreed.cleaned_data.get("legal_basis") or "",
        legal_reason=agreed.cleaned_data.get("legal_reason") or "", photo=photo(steps.get("photo")),
        uasc_status=form.cleaned_data.get("uasc_status") or "undetermined", population_group=form.cleaned_data.get("population_group") or "",
        identification_source=form.cleaned_data.get("identification_source") or "", screening=screening)


def photo(kept: Mapping[str, Any] | None) -> Picture | None:
    """The picture of a draft."""
    return Picture(bytes_of(kept["image"]), kept["width"], kept["height"]) if kept else None


def _ages(age: AgeRange | None) -> tuple[int | None, int | None]:
    return (age.low, age.high) if age else (None, None)


def _date(value: PartialDate | None) -> str | None:
    return str(value) if value else None


def _separation(given: Mapping[str, Any]) -> dict[str, Any]:
    told = {"date": _date(given.get("separation_date")), "cause": given.get("separation_cause"), "circumstances": given.get("circumstances"),
            "place": path(given.get("separation_country") or "", given.get("separation_place") or ""),
            **{name: given.get(name) for name in UNDER_FIVE}}
    return {name: value for name, value in told.items() if value}


def _sex_of(relation: str) -> str:
    if relation in {"mother", "stepmother", "sister", "grandmother", "aunt"}:
        return "female"
    return "male" if relation in {"father", "stepfather", "brother", "grandfather", "uncle"} else "unknown"
