"""The family grows, other cases may belong to it, and records of other agencies are asked about."""

from uuid import UUID

from havre.access.models import Agency
from havre.core.problems import AlreadyDecided, InputRefused, NothingHere
from havre.core.words import N_
from havre.infra.actions import action
from havre.infra.jobs import announce
from havre.infra.unit import Unit
from havre.registration import permissions, persons
from havre.registration.duplicates import DuplicateReview
from havre.registration.inputs import KinInput
from havre.registration.kin import SiblingProposal
from havre.registration.people import Person


@action(permissions.WRITE)
def add_family_member(unit: Unit, *, child: UUID, member: KinInput) -> Person:
    """Add a relative with what they are to the child; both are searchable in the same transaction."""
    record = unit.get(Person, child)
    person = persons.add_input(unit, record.file_id, member.person, index=False)
    persons.relate(unit, record.file_id, person.pk, record.pk, member.relation, **member.edge())
    unit.note("family_member_added", person, relation=member.relation)
    return person


@action(permissions.WRITE)
def accept_sibling(unit: Unit, *, proposal: UUID) -> SiblingProposal:
    """Say that the other case is of the same family. Whoever answers for the case is told through `sibling_accepted`."""
    return _answer(unit, proposal, "accepted")


@action(permissions.WRITE)
def decline_sibling(unit: Unit, *, proposal: UUID) -> SiblingProposal:
    """Say that the other case is not of the same family."""
    return _answer(unit, proposal, "declined")


@action(permissions.WRITE)
def mark_not_duplicate(unit: Unit, *, review: UUID, ref: str) -> DuplicateReview:
    """Say of one hit of a search that it is another child."""
    return _conclude(unit, review, ref, "different")


@action(permissions.CONTACT)
def request_focal_point(unit: Unit, *, review: UUID, ref: str) -> DuplicateReview:
    """Note that the focal point of the agency of a hit is asked; the other side is told through `focal_point_asked`."""
    record = _conclude(unit, review, ref, "asked")
    hit = next(h for h in record.hits if h["ref"] == ref)
    agency = Agency.objects.filter(pk=hit["agency"]).first()
    unit.note("focal_point_asked", record, agency=agency.code if agency else "")
    announce(unit, "focal_point_asked", record)
    return record


def propose_siblings(unit: Unit, child: Person, found: list[tuple[UUID, UUID, UUID]]) -> list[SiblingProposal]:
    """Keep the question whether other cases (person, file, agency) are of the same family; each is asked once."""
    known = set(SiblingProposal.objects.filter(file_id=child.file_id).values_list("other_file", flat=True))
    made: list[SiblingProposal] = []
    for person, file, agency in found:
        if file not in known and file != child.file_id:
            known.add(file)
            made.append(unit.create(SiblingProposal, file=child.file_id, person_id=child.pk, other_person=person, other_file=file,
                                    other_agency=agency))
    if made:
        unit.note("siblings_proposed", child, number=len(made))
    return made


def _answer(unit: Unit, proposal: UUID, status: str) -> SiblingProposal:
    record = unit.get(SiblingProposal, proposal)
    if record.status != "proposed":
        raise AlreadyDecided()
    unit.change(record, status=status, decided_by=unit.by.id, decided_at=unit.at)
    unit.note(f"sibling_{status}", record)
    announce(unit, f"sibling_{status}", record)
    return record


def _conclude(unit: Unit, review: UUID, ref: str, conclusion: str) -> DuplicateReview:
    record = unit.get(DuplicateReview, review)
    unit.require(record.file_id, permissions.WRITE)
    if ref not in {hit["ref"] for hit in record.hits}:
        raise NothingHere()
    if conclusion == "asked" and next(h for h in record.hits if h["ref"] == ref)["answer"] != "contact":
        raise InputRefused({"": [N_("This record is in your own files. Open it instead.")]})
    hits = [hit | {"conclusion": conclusion} if hit["ref"] == ref else hit for hit in record.hits]
    done = all(hit["conclusion"] for hit in hits)
    unit.change(record, hits=hits, reviewed_at=unit.at if done else None, reviewed_by=unit.by.id if done else None)
    return record
