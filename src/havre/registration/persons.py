"""How are people and families written? Building blocks for actions: each keeps the blind index in step.

None of these is an action: they take the `unit` of the action that calls them, in any domain.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from havre.core.problems import InputRefused, NothingHere
from havre.core.words import N_
from havre.infra.unit import Unit
from havre.registration import rules
from havre.registration.index.writing import SEALED, reindex
from havre.registration.inputs import KinInput, PersonInput, clean_person
from havre.registration.kin import TYPES, Relationship
from havre.registration.people import CHILD_ROLES, Person

INDEXED = frozenset({*SEALED, "role", "sex", "age_min", "age_max", "recorded_on", "languages"})


def add_person(unit: Unit, *, file: UUID, id: UUID | None = None, role: str, index: bool = True, **values: Any) -> Person:
    """Write a person into a file and the blind index. `values` are columns of `Person`; see `inputs.PersonInput`.

    `recorded_on` defaults to the day of the action. A child whose age is in doubt is marked so. `index=False` leaves the
    index to the caller, who calls `reindex(unit, file)` before the end. Raises InputRefused.
    """
    cleaned = clean_person({**PersonInput(role=role).values(), **values, "role": role})
    cleaned["recorded_on"] = cleaned["recorded_on"] or unit.at.date()
    if role in CHILD_ROLES:
        cleaned["age_status"] = _age_status(cleaned, unit)
    person = unit.create(Person, file=file, id=id, **cleaned)
    if index:
        reindex(unit, file, [person.pk])
    return person


def add_input(unit: Unit, file: UUID, given: PersonInput, *, index: bool = True) -> Person:
    """Write a person given as `PersonInput`."""
    values = given.values()
    return add_person(unit, file=file, id=given.id, index=index, role=values.pop("role"), **values)


def change_person(unit: Unit, person: Person, seen: Iterable[UUID] | None = None, **values: Any) -> bool:
    """Write new values of a person; keeps the index in step. Returns False when nothing was different.

    `seen` are the heads the writer looked at: a value that someone else wrote since is kept beside the new one, and the
    field is disputed.
    """
    if "names" in values and not values["names"] and not values.get("features"):
        raise InputRefused({"names": [N_("Write at least one name.")]})
    changed = unit.change(person, seen=seen, **clean_person(values))
    if changed and INDEXED & set(values):
        reindex(unit, person.file_id, [person.pk])
    return changed


def relate(unit: Unit, file: UUID, from_id: UUID, to_id: UUID, type: str, *, index: bool = True, **values: Any) -> Relationship:
    """Say that `from_id` is the `type` of `to_id`; both belong to this file. The same relation again changes nothing.

    Raises NothingHere when one of them is not in the file, InputRefused for an unknown relation or a person alone.
    """
    if type not in TYPES:
        raise InputRefused({"relation": [N_("Choose how they are related.")]})
    if from_id == to_id:
        raise InputRefused({"relation": [N_("A person cannot be their own relative.")]})
    if Person.objects.filter(file_id=file, pk__in=[from_id, to_id]).count() != 2:
        raise NothingHere()
    found = Relationship.objects.filter(Q(from_person_id=from_id, to_person_id=to_id, type=type)).first()
    if found is not None:
        return found
    edge = unit.create(Relationship, file=file, from_person_id=from_id, to_person_id=to_id, type=type, **values)
    if index:
        reindex(unit, file, [from_id, to_id])
    return edge


def add_family(unit: Unit, file: UUID, child: Person, members: Sequence[KinInput]) -> list[Person]:
    """Write the relatives of a child with their relations; the index is written once for all."""
    people: list[Person] = []
    for member in members:
        person = add_input(unit, file, member.person, index=False)
        relate(unit, file, person.pk, child.pk, member.relation, index=False, **member.edge())
        people.append(person)
    reindex(unit, file)
    return people


def _age_status(values: Mapping[str, Any], unit: Unit) -> str:
    """`in_doubt` where the age leaves open whether this is a child and nobody has said otherwise (G34)."""
    given = str(values.get("age_status") or "not_needed")
    if given != "not_needed":
        return given
    known = rules.ages(values.get("birth_date"), values.get("age_min"), values.get("age_max"), values["recorded_on"], unit.at.date())
    return "in_doubt" if rules.in_doubt(known, str(values.get("age_method"))) else "not_needed"
