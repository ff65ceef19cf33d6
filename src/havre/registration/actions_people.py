"""What is known of a person changes: new values, two values to choose from, a photo."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from havre.core.problems import Conflict, InputRefused
from havre.core.words import N_
from havre.infra import records
from havre.infra.actions import action
from havre.infra.jobs import announce
from havre.infra.unit import Unit
from havre.registration import permissions, persons
from havre.registration.inputs import clean_person
from havre.registration.people import Person
from havre.registration.photos import Picture
from havre.registration.pictures import Photo

CHOICES = ("this", "that", "both", "other")
LISTS = frozenset({"names", "languages", "nationalities", "phones", "identifiers", "origin", "last_seen"})


@action(permissions.WRITE)
def change_person(unit: Unit, *, person: UUID, seen: Iterable[UUID] | None = None, values: Mapping[str, Any]) -> Person:
    """Write new values of a person. What someone else wrote since `seen` stays beside them until a person chooses."""
    record = unit.get(Person, person, lock=True)
    if persons.change_person(unit, record, seen=seen, **dict(values)):
        unit.note("person_changed", record, fields=sorted(values))
    return record


@action(permissions.WRITE)
def resolve_disputed_value(unit: Unit, *, person: UUID, field: str, choice: str, chosen: UUID | None = None, other: Any = None,
                           how_known: str) -> Person:
    """Settle a field of which two people wrote different values.

    `choice`: `this` takes the value of the edit `chosen`, `that` the newest of the others, `both` joins lists, `other` takes
    the value given. `how_known` is required and kept, sealed, in the note of the person.
    """
    record = unit.get(Person, person, lock=True)
    if field not in record.disputed:
        raise Conflict(field=field)
    if choice not in CHOICES:
        raise InputRefused({"choice": [N_("Choose this, that, both or another value.")]})
    if not how_known.strip():
        raise InputRefused({"how_known": [N_("Write how you know.")]})
    value = _settled(record, field, choice, chosen, other)
    note = unit.open(record, "note")["note"] or ""
    line = f"{unit.at.date().isoformat()} {field}: {how_known.strip()}"
    persons.change_person(unit, record, **{field: value, "note": f"{note}\n{line}".strip()})
    unit.note("dispute_settled", record, fields=[field], choice=choice)
    if not record.disputed:
        announce(unit, "values_settled", record)
    return record


@action(permissions.PHOTO)
def add_photo(unit: Unit, *, person: UUID, picture: Picture, taken_on: date | None = None) -> Photo:
    """Keep a picture of a person, drawn anew (`photos.redrawn`); an earlier one is retired."""
    record = unit.get(Person, person)
    photo = keep_photo(unit, record, picture, taken_on)
    unit.note("photo_added", photo)
    return photo


@action(permissions.PHOTO)
def retire_photo(unit: Unit, *, photo: UUID) -> Photo:
    """Show a picture no longer."""
    record = unit.get(Photo, photo)
    unit.change(record, retired=True)
    unit.note("photo_retired", record)
    return record


def keep_photo(unit: Unit, person: Person, picture: Picture, taken_on: date | None = None) -> Photo:
    """Write a picture of a person inside another action."""
    for former in Photo.objects.filter(person=person, retired=False):
        unit.change(former, retired=True)
    return unit.create(Photo, file=person.file_id, person_id=person.pk, width=picture.width, height=picture.height,
                       size=len(picture.jpeg), taken_on=taken_on, image=picture.text)


def _settled(record: Person, field: str, choice: str, chosen: UUID | None, other: Any) -> Any:
    from havre.core import edits
    found = edits.heads(records.history(record))[field]
    mine = next((e for e in found if e.id == chosen), None)
    if choice == "other":
        if other in (None, "", []):
            raise InputRefused({"other": [N_("Write the right value.")]})
        return clean_person({field: other})[field]
    if choice == "both":
        if field not in LISTS:
            raise InputRefused({"choice": [N_("Only one of these can be right. Choose this, that or another value.")]})
        joined: list[Any] = []
        for edit in found:
            value = edit.values[field]
            joined.extend(v for v in (value if isinstance(value, list) else []) if v not in joined)
        return joined
    if mine is None:
        raise InputRefused({"choice": [N_("Choose this, that, both or another value.")]})
    picked = mine if choice == "this" else next(e for e in found if e.id != mine.id)
    return picked.values[field]
