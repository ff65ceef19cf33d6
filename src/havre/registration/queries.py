"""What may this person read of people, families and agreements?

Everything starts from the scope; sealed values are opened only here, and each reading is in the audit log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.access.models import Agency, File
from havre.access.queries import names_of, require, scoped
from havre.config.policies import policy_for
from havre.core import edits as core_edits
from havre.core import ids
from havre.core.actor import Actor
from havre.core.partialdates import AgeRange
from havre.core.policy import Policy
from havre.core.problems import NothingHere
from havre.infra import records, sealing
from havre.infra.acting import current
from havre.registration import permissions, rules
from havre.registration.agreements import agreements, as_agreement
from havre.registration.consents import Consent
from havre.registration.drafts import RegistrationDraft
from havre.registration.duplicates import DuplicateReview
from havre.registration.gates import ConsentFacts
from havre.registration.kin import Relationship, SiblingProposal
from havre.registration.people import Person
from havre.registration.pictures import Photo


@dataclass(frozen=True, slots=True)
class Shown:
    """A person with the values that were opened."""

    person: Person
    values: Mapping[str, Any]

    @property
    def names(self) -> list[Mapping[str, Any]]:
        """The written names, as `{% person_name %}` takes them."""
        return [{"text": n["value"], "lang": n.get("lang", ""), "kind": n.get("kind", "full")} for n in self.values.get("names") or []]


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the family with what they are to the child."""

    shown: Shown
    edges: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class HitShown:
    """One hit as the one who searched may see it. `code`, `shown`, `kind` (match, family, lookalike) and `words` (how likely) only
    in scope; `agency` and `contact` only out of it."""

    ref: str
    answer: str
    conclusion: str
    code: str = ""
    shown: Shown | None = None
    agency: str = ""
    contact: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class TwoValues:
    """A disputed field with each value, who wrote it and when, newest first."""

    person: Person
    field: str
    values: tuple[tuple[UUID, Any, str, datetime], ...]


def file_of(actor: Actor, code: str) -> File:
    """The case file with this code, in scope; what is not looks like what is not there."""
    known = ids.check_code(code)
    file = scoped(File, actor).filter(code=known, kind="case").first() if known else None
    if file is None:
        raise NothingHere()
    require(actor, permissions.READ, file.pk)
    return file  # type: ignore[no-any-return]


def child_of(actor: Actor, file: UUID, *fields: str) -> Shown:
    """The child of a case file, with names (and other fields) opened."""
    person = scoped(Person, actor).filter(file_id=file, role="child").first()
    if person is None:
        raise NothingHere()
    return Shown(person, sealing.open_record(person, *(fields or ("names",))))


def person_of(actor: Actor, person: UUID, *fields: str) -> Shown:
    """One person in scope with the fields named (all when none is)."""
    record = scoped(Person, actor).filter(pk=person).first()
    if record is None:
        raise NothingHere()
    require(actor, permissions.READ, record.file_id)
    return Shown(record, sealing.open_record(record, *fields))


def family_of(actor: Actor, file: UUID, child: UUID, *fields: str) -> list[Member]:
    """Everyone in a case file but the child, with their relations to the child, closest first."""
    people = list(scoped(Person, actor).filter(file_id=file).exclude(pk=child).order_by("created_at", "id"))
    edges = list(scoped(Relationship, actor).filter(file_id=file, to_person_id=child))
    opened = sealing.open_many(people, *(fields or ("names",)))
    members = [Member(Shown(p, values), tuple(e for e in edges if e.from_person_id == p.pk))
               for p, values in zip(people, opened, strict=True)]
    order = {"mother": 0, "father": 1, "sister": 2, "brother": 2, "half_sibling": 2}
    return sorted(members, key=lambda m: order.get(m.edges[0].type, 5) if m.edges else 9)


def consents_of(actor: Actor, person: UUID) -> list[Consent]:
    """Every agreement event about a person in scope, newest first."""
    return list(scoped(Consent, actor).filter(person_id=person).order_by("-given_at", "-id"))


def answers_now(events: Sequence[Consent], at: datetime) -> list[tuple[str, rules.Answer, rules.Answer]]:
    """For each use of information: what the child says and what the adults say now."""
    known = [as_agreement(row) for row in events]
    return [(p, rules.standing(known, p, rules.CHILD, at), rules.standing(known, p, rules.ADULT, at)) for p in rules.PURPOSES]


def basis_of(events: Sequence[Consent]) -> tuple[str, bool]:
    """The legal basis in force and whether its reason is written."""
    row = max((e for e in events if e.event == "basis"), key=lambda e: (e.given_at, e.pk), default=None)
    return (row.basis, row.reasons is not None) if row is not None else ("", False)


def consent_facts(person: Person, purposes: Sequence[str], at: datetime, policy: Policy, birth_date: str | None = None) -> ConsentFacts:
    """The facts of G01 and G02 for a stored person and these uses; to be judged by `registration.gates`."""
    rows = list(Consent.objects.filter(person_id=person.pk))
    basis, reasoned = basis_of(rows)
    return ConsentFacts(basis, rules.needs(ages_of(person, at, birth_date), policy), agreements(person.pk), at, purposes, reasoned)


def ages_of(person: Person, at: datetime, birth_date: str | None = None) -> AgeRange | None:
    """The ages a person can have at a time; the birth date is sealed and given by whoever opened it."""
    return rules.ages(birth_date, person.age_min, person.age_max, person.recorded_on, at.date())


def drafts_of(actor: Actor) -> list[RegistrationDraft]:
    """Registrations under way of this person, newest first."""
    return list(scoped(RegistrationDraft, actor).filter(state="open", created_by=actor.id).select_related("file")
                .order_by("-updated_at")[:20])


def draft_of(actor: Actor, code: str) -> RegistrationDraft:
    """The open draft in the file with this code."""
    record = scoped(RegistrationDraft, actor).filter(file__code=ids.check_code(code) or "", state="open").select_related("file").first()
    if record is None:
        raise NothingHere()
    require(actor, permissions.DRAFT, record.file_id)
    return record  # type: ignore[no-any-return]


def review_of(actor: Actor, file: UUID) -> DuplicateReview | None:
    """The newest search before create in a file."""
    return scoped(DuplicateReview, actor).filter(file_id=file).order_by("-searched_at", "-id").first()


def hits_of(actor: Actor, review: DuplicateReview) -> list[HitShown]:
    """The hits of a search as this person may see them now: names only in scope, an agency's contact otherwise."""
    mine = {str(f.pk): f for f in scoped(File, actor).filter(pk__in=[h["file"] for h in review.hits])}
    wanted = [h["person"] for h in review.hits if h["file"] in mine and h["person"]]
    people = {str(p.pk): p for p in scoped(Person, actor).filter(pk__in=wanted)}
    opened = dict(zip(people, sealing.open_many(list(people.values()), "names", "origin"), strict=True))
    agencies = {str(a.pk): a for a in Agency.objects.filter(pk__in=[h["agency"] for h in review.hits])}
    return [_hit(hit, mine, people, opened, agencies) for hit in review.hits]


def _hit(hit: Mapping[str, Any], mine: Mapping[str, File], people: Mapping[str, Person], opened: Mapping[str, Mapping[str, Any]],
         agencies: Mapping[str, Agency]) -> HitShown:
    if hit["file"] in mine and hit["answer"] != "contact":
        person = people.get(hit["person"])
        shown = Shown(person, opened[hit["person"]]) if person is not None else None
        return HitShown(hit["ref"], hit["answer"], hit["conclusion"], code=mine[hit["file"]].code, shown=shown, kind=hit.get("kind", ""),
                        words=hit.get("words", ""))
    agency = agencies.get(hit["agency"])
    return HitShown(hit["ref"], "contact", hit["conclusion"], agency=agency.name if agency else "", contact=agency.contact if agency else "")


def siblings_of(actor: Actor, file: UUID) -> list[tuple[SiblingProposal, str, Agency | None]]:
    """Other cases that may be of the same family: with their code where the actor may open them, else the agency to ask."""
    rows = list(scoped(SiblingProposal, actor).filter(file_id=file).order_by("created_at"))
    codes = dict(scoped(File, actor).filter(pk__in=[r.other_file for r in rows]).values_list("pk", "code"))
    agencies = {a.pk: a for a in Agency.objects.filter(pk__in=[r.other_agency for r in rows])}
    return [(r, codes.get(r.other_file, ""), agencies.get(r.other_agency)) for r in rows]


def photo_of(actor: Actor, person: UUID) -> Photo | None:
    """The picture of a person that is shown now, still sealed."""
    return scoped(Photo, actor).filter(person_id=person, retired=False).order_by("-created_at").first()


def picture(actor: Actor, photo: UUID) -> bytes:
    """The JPEG of a picture in scope; the reading is audited."""
    from havre.registration.photos import bytes_of
    record = scoped(Photo, actor).filter(pk=photo, retired=False).first()
    if record is None:
        raise NothingHere()
    require(actor, permissions.READ, record.file_id)
    return bytes_of(sealing.open_record(record, "image")["image"])


def two_values(actor: Actor, file: UUID) -> list[TwoValues]:
    """Every field of people in a file of which two people wrote different values, with both values."""
    out: list[TwoValues] = []
    for person in scoped(Person, actor).filter(file_id=file).exclude(disputed=[]):
        heads = core_edits.heads(records.history(person))
        current().audit_read(person.record_kind(), [file], [f"{person.record_kind()}:{person.pk}"], person.disputed)
        names = names_of({e.author for field in person.disputed for e in heads[field]})
        out += [TwoValues(person, field, tuple((e.id, e.values[field], names.get(e.author, ""), e.at) for e in heads[field]))
                for field in person.disputed]
    return out


def agency_named(code: str) -> tuple[str, str]:
    """The name of an agency and how its focal point is reached; the code itself when there is none."""
    return Agency.objects.filter(code=code).values_list("name", "contact").first() or (code, "")


def country_policy(actor: Actor) -> Policy:
    """The policy of the actor's country."""
    return policy_for(actor.country)
