"""How does a child come under protection? Registration: person, family, agreements and case in one transaction, or nothing.

The safeguards G01–G04 and G34 are judged on what is given, before anything is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.access import files
from havre.access.models import File
from havre.cases import rules as case_rules
from havre.cases.models import Case
from havre.cases.writing import case_opened
from havre.config.policies import policy_for
from havre.core import ids
from havre.core.actor import Actor
from havre.core.gates import GateResult
from havre.core.policy import Policy
from havre.core.problems import Conflict, InputRefused
from havre.core.words import N_
from havre.identification.actions import mark_registered
from havre.infra import keys
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.registration import agreements, gates, permissions, persons, rules, searches
from havre.registration.actions_drafts import open_draft
from havre.registration.actions_family import propose_siblings
from havre.registration.actions_people import keep_photo
from havre.registration.drafts import RegistrationDraft
from havre.registration.duplicates import DuplicateReview
from havre.registration.inputs import ConsentInput, KinInput, PersonInput
from havre.registration.people import Person
from havre.registration.photos import Picture


@dataclass(frozen=True, slots=True)
class Opening:
    """All that is known when a child is registered. `needs` is immediate need -> what was done; None: nobody asked."""

    child: PersonInput
    needs: Mapping[str, str] | None = None
    needs_note: str = ""
    family: Sequence[KinInput] = ()
    consents: Sequence[ConsentInput] = ()
    legal_basis: str = ""
    legal_reason: str = ""
    photo: Picture | None = None
    uasc_status: str = "undetermined"
    population_group: str = ""
    identification_source: str = ""
    concerns: Sequence[str] = ()
    identified_at: datetime | None = None
    screening: UUID | None = None
    risk_level: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@action(permissions.REGISTER)
def open_case(unit: Unit, *, opening: Opening, review: UUID, draft: UUID | None = None, owner: UUID | None = None,
              id: UUID | None = None) -> Case:
    """Register a child in the file where the search before create was made (`review`), and open the case.

    Raises GateRefused with G01–G04 and G34, InputRefused for what cannot be, Conflict when the file has its case already.
    """
    search = unit.get(DuplicateReview, review)
    unit.require(search.file_id, permissions.DRAFT)
    kept = open_draft(unit, draft) if draft is not None else None
    if (kept is not None and kept.file_id != search.file_id) or Case.objects.filter(file_id=search.file_id).exists():
        raise Conflict(state="registered")
    policy = policy_for(unit.by.country)
    values = _checked(opening, unit, policy)
    unit.check(judge(unit.by, opening, search, unit.at, policy=policy, values=values))
    child = persons.add_person(unit, file=search.file_id, id=opening.child.id, index=False, **values)
    persons.add_family(unit, search.file_id, child, opening.family)
    _agreements(unit, child, opening)
    if opening.photo is not None:
        keep_photo(unit, child, opening.photo)
    case = _case(unit, child, opening, owner or unit.by.id, id)
    _after(unit, child, case, search, kept)
    return case


def judge(actor: Actor, opening: Opening, search: DuplicateReview | None, at: datetime, *, policy: Policy | None = None,
          values: Mapping[str, object] | None = None) -> tuple[GateResult, ...]:
    """The safeguards of registration on what is known so far, for the action and for the panel of the draft."""
    policy = policy or policy_for(actor.country)
    known = dict(values) if values is not None else _values(opening, at)
    recorded = known.get("recorded_on") or at.date()
    ages = rules.ages(known.get("birth_date"), known.get("age_min"), known.get("age_max"), recorded, at.date())  # type: ignore[arg-type]
    needed = rules.needs(ages, policy)
    events = [agreements.as_asked(given, ids.new_id(), at) for given in opening.consents]
    fresh = _fresh_hits(actor, opening, search) if search is not None and values is not None else 0
    doubt = rules.in_doubt(ages, opening.child.age_method, policy.majority)
    return gates.registration_gates(
        gates.ConsentFacts(opening.legal_basis, needed, events, at, reasoned=bool(opening.legal_reason.strip()),
                           fix="register_consent"),
        gates.SearchFacts(search.searched_at if search else None, at, search.hits if search else (), fresh),
        gates.NeedsFacts(opening.needs is not None, {need: bool(done.strip()) for need, done in (opening.needs or {}).items()}),
        gates.AgeFacts(ages, opening.child.age_method, opening.child.role == "child", "in_doubt" if doubt else "not_needed",
                       policy.majority))


def _values(opening: Opening, at: datetime) -> dict[str, object]:
    try:
        return opening.child.values()
    except InputRefused:
        return {"age_min": opening.child.age_min, "age_max": opening.child.age_max}


def _checked(opening: Opening, unit: Unit, policy: Policy) -> dict[str, Any]:
    """The child's values, complete enough to be found again; an adult is not registered as a child."""
    values = opening.child.values()
    values["role"] = "child"
    values["recorded_on"] = values["recorded_on"] or unit.at.date()
    errors: dict[str, list[str]] = {}
    if not values["names"] and not values["features"]:
        errors["names"] = [N_("Write at least one name, or how the child can be recognised.")]
    ages = rules.ages(values["birth_date"], values["age_min"], values["age_max"], values["recorded_on"], unit.at.date())
    if not rules.presumed_child(ages, policy.majority):
        errors["age"] = [N_("This age says that the person is an adult. Look at the age again.")]
    if errors:
        raise InputRefused(errors)
    return values


def _asked(opening: Opening) -> searches.Asked:
    values = {**opening.child.values(), "recorded_on": opening.child.recorded_on}
    return searches.Asked(values, kin=[(k.relation, k.person.values()) for k in opening.family])


def _fresh_hits(actor: Actor, opening: Opening, search: DuplicateReview) -> int:
    """Likely records that the search did not show, now that more is known than when it was made."""
    return searches.new_since(actor, _asked(opening), search.hits, exclude=[search.file_id])


def _agreements(unit: Unit, child: Person, opening: Opening) -> None:
    agreements.add_basis(unit, child.file_id, child.pk, opening.legal_basis, opening.legal_reason.strip())
    for given in opening.consents:
        agreements.add_consent(unit, child.file_id, child.pk, given)


def _case(unit: Unit, child: Person, opening: Opening, owner: UUID, id: UUID | None) -> Case:
    file = File.objects.get(pk=child.file_id)
    flags = case_rules.flags_from_facts(opening.uasc_status, child.age_min, opening.concerns)
    risk = "high" if case_rules.forced(flags) else (opening.risk_level or "medium")
    done = "\n".join(f"{need}: {what.strip()}" for need, what in (opening.needs or {}).items())
    return unit.create(
        Case, file=child.file_id, id=id, child_id=child.pk, stage="registered", risk_level=risk, risk_flags=sorted(flags),
        uasc_status=opening.uasc_status, population_group=opening.population_group, concerns=list(opening.concerns),
        immediate_needs=sorted(opening.needs or {}), identification_source=opening.identification_source, owner_id=owner,
        team_id=file.team_id, agency_id=file.agency_id, legal_basis=opening.legal_basis, screening_id=opening.screening,
        identified_at=opening.identified_at or unit.at, registered_at=unit.at,
        needs_note="\n".join(part for part in (done, opening.needs_note.strip()) if part) or None)


def _after(unit: Unit, child: Person, case: Case, search: DuplicateReview, draft: RegistrationDraft | None) -> None:
    """First tasks, sibling proposals, the search tied to the child; then the file goes to those responsible."""
    unit.change(search, person=child.pk)
    described = searches.describe(child)
    found = searches.families(unit.by, described, exclude=[child.file_id])
    propose_siblings(unit, child, [(f.person_id, f.file_id, f.agency_id) for f in found])
    unit.note("child_registered", case)
    if case.screening_id is not None:
        mark_registered(unit, case.screening_id, case.file_id)
    case_opened(unit, case)
    if draft is not None:
        unit.change(draft, state="registered")
        keys.erase(draft.subject_id(), unit.at)
    files.settle(unit, File.objects.get(pk=child.file_id), owner=case.owner_id)
