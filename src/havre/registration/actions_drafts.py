"""Before there is a case: the file it will have, what was typed so far, and the search for an earlier record."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from havre.access import files
from havre.access.decide import Relation
from havre.access.models import Grant
from havre.core.problems import Conflict, InputRefused, NothingHere
from havre.core.words import N_
from havre.infra import keys
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.registration import permissions, searches
from havre.registration.drafts import STEPS, RegistrationDraft
from havre.registration.duplicates import DuplicateReview
from havre.registration.searches import Asked

CONCLUSIONS = ("same", "different", "unsure", "asked")


@action(permissions.REGISTER)
def start_registration(unit: Unit, *, screening: UUID | None = None, team: UUID | None = None) -> RegistrationDraft:
    """Open the file that the case will have, with an empty draft in it."""
    file = files.open_file(unit, "case", agency=unit.by.agency, team=team or own_team(unit))
    return unit.create(RegistrationDraft, file=file.pk, screening=screening)


@action(permissions.DRAFT)
def save_draft(unit: Unit, /, *, draft: UUID, seen: Iterable[UUID] | None = None, **steps: Any) -> RegistrationDraft:
    """Keep what was typed in some steps (`search needs child photo family consent`), as it is: drafts are not judged."""
    record = open_draft(unit, draft)
    unknown = set(steps) - set(STEPS)
    if unknown:
        raise ValueError(f"no such step: {sorted(unknown)}")
    unit.change(record, seen=seen, **steps)
    return record


@action(permissions.DRAFT)
def discard_draft(unit: Unit, *, draft: UUID) -> RegistrationDraft:
    """Throw a draft away: its key is forgotten, so that nobody can read it again."""
    record = open_draft(unit, draft)
    unit.change(record, state="discarded")
    keys.erase(record.subject_id(), unit.at)
    Grant.objects.filter(file_id=record.file_id, principal=unit.by.id, relation=Relation.OPENED.value).delete()
    return record


@action(permissions.SEARCH)
def search_before_create(unit: Unit, *, asked: Asked, draft: UUID | None = None) -> DuplicateReview:
    """Look for earlier records of a child in every agency; keep what came up. Without a draft a new file is opened.

    Raises InputRefused with fewer than two identifying elements (or a code), TooManyTries when the day's budget is spent.
    """
    elements = searches.check_elements(asked)
    searches.check_budget(unit.by, unit)
    if draft is not None:
        file = open_draft(unit, draft).file_id
    else:
        file = files.open_file(unit, "case", agency=unit.by.agency, team=own_team(unit)).pk
    hits = searches.look(unit.by, asked, exclude=[file])
    review = unit.create(DuplicateReview, file=file, searched_at=unit.at, elements=elements, hits=hits,
                         reviewed_at=None if hits else unit.at, reviewed_by=None if hits else unit.by.id)
    unit.detail |= {"elements": elements, "hits": len(hits)}
    return review


@action(permissions.WRITE)
def conclude_search(unit: Unit, *, review: UUID, conclusions: Mapping[str, str], seen: Iterable[UUID] | None = None) -> DuplicateReview:
    """Say of each hit what it is: `same`, `different`, `unsure`, or `asked` (the focal point was asked)."""
    record = unit.get(DuplicateReview, review)
    known = {hit["ref"] for hit in record.hits}
    if set(conclusions) - known or set(conclusions.values()) - set(CONCLUSIONS):
        raise InputRefused({"": [N_("Say of each record whether it is the same child.")]})
    hits = [hit | {"conclusion": conclusions.get(hit["ref"], hit["conclusion"])} for hit in record.hits]
    done = all(hit["conclusion"] for hit in hits)
    unit.change(record, seen=seen, hits=hits, reviewed_at=unit.at if done else None, reviewed_by=unit.by.id if done else None)
    return record


def open_draft(unit: Unit, draft: UUID) -> RegistrationDraft:
    """The draft in scope, still open. Raises NothingHere, or Conflict when the child is registered already."""
    record = unit.get(RegistrationDraft, draft)
    unit.require(record.file_id, permissions.DRAFT)
    if record.state == "discarded":
        raise NothingHere()
    if record.state != "open":
        raise Conflict(state=record.state)
    return record


def own_team(unit: Unit) -> UUID | None:
    """The team a file made by this person belongs to: the first one they work in, by id, so that it is always the same."""
    return min(unit.by.teams or unit.by.supervises, default=None)
