"""What does the other file hear when its focal point is asked about a child, or when a family turns out to be one?

The one who asks learns nothing by it; the one responsible for the other file gets a task that says which agency asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from havre.access.models import Agency, File
from havre.access.system import system_actor
from havre.cases.models import Case
from havre.cases.tasks import add_task
from havre.config.policies import policy_for
from havre.core import ids
from havre.core.intent import Intent
from havre.infra.acting import acting
from havre.infra.unit import Unit
from havre.registration import permissions
from havre.registration.duplicates import DuplicateReview
from havre.registration.kin import SiblingProposal


def focal_point_asked(unit: Unit, review: DuplicateReview) -> None:
    """Event: whoever answers for the file of each hit that is asked about gets a task, with the agency that asks."""
    wanted = {UUID(hit["file"]) for hit in review.hits if hit["conclusion"] == "asked"}
    asker = Agency.objects.get(pk=unit.by.agency)
    with _as_system(unit) as system:
        for file in File.objects.filter(pk__in=wanted).select_related("agency"):
            due = unit.at + timedelta(hours=policy_for(file.agency.country).border_referral_hours)
            add_task(system, file=file.pk, kind="answer_agency", due_at=due, owner=_owner(file), why="agency_asks",
                     why_params={"agency": asker.code}, about=review.pk)
            system.note("agency_asks", file=file.pk, agency=asker.code)


def sibling_accepted(unit: Unit, proposal: SiblingProposal) -> None:
    """Event: the case names the other as one of the family; the other side is asked the same question, once."""
    own = Case.objects.filter(file_id=proposal.file_id).first()
    with _as_system(unit) as system:
        other = Case.objects.filter(file_id=proposal.other_file).select_related("file").first()
        if own is None or other is None:
            return
        mirrored = SiblingProposal.objects.filter(file_id=other.file_id, other_file=own.file_id).first()
        if mirrored is None:
            made = system.create(SiblingProposal, file=other.file_id, person_id=other.child_id, other_person=own.child_id,
                                 other_file=own.file_id, other_agency=own.agency_id)
            add_task(system, file=other.file_id, kind="sibling_question", due_at=unit.at + timedelta(days=3), owner=other.owner_id,
                     why="same_family_elsewhere", about=made.pk, risk=other.risk_level)
            system.note("siblings_proposed", made, number=1)
        known = other.pk
    if known not in own.sibling_cases:
        unit.change(own, sibling_cases=[*own.sibling_cases, known])


@contextmanager
def _as_system(unit: Unit) -> Iterator[Unit]:
    """A unit of the system inside the present action: same time, same transaction, its own line in the log."""
    actor = system_actor()
    with acting(actor, now=unit.at) as stay:
        inner = Unit(Intent(by=actor, at=unit.at, rid=ids.new_id()), permissions.TELL, stay)
        yield inner
        inner.finish()
        if inner.files:
            stay.audit("registration.told", files=inner.files, objects=inner.objects, at=unit.at, cause=unit.permission.code)


def _owner(file: File) -> UUID:
    """The worker of a case, else the team, else the agency."""
    case = Case.objects.filter(file_id=file.pk).first()
    return case.owner_id if case is not None else file.team_id or file.agency_id
