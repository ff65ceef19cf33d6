"""What is done at first contact and by those who receive it?"""

from collections.abc import Sequence
from uuid import UUID

from django.utils.crypto import salted_hmac

from havre.access.files import open_file, settle
from havre.access.models import Team
from havre.config.policies import policy_for
from havre.core import ids
from havre.core.problems import InputRefused
from havre.core.words import N_
from havre.identification import gates, permissions, receiving, rules
from havre.identification.models import Screening
from havre.identification.states import SCREENING, Status
from havre.infra.actions import action
from havre.infra.jobs import announce
from havre.infra.unit import Unit


def receipt_of(rid: UUID) -> str:
    """The receipt of a request: the same for a repeat of it, told to nobody else by anything else."""
    return ids.new_code(salted_hmac("havre.identification.receipt", str(rid), algorithm="sha256").digest())


@action(permissions.SCREEN)
def submit_screening(unit: Unit, *, answers: rules.Answers, observations: Sequence[str] = (), note: str = "", language: str = "",
                     understood: str = "", firewall_said: bool = False, team: UUID | None = None) -> Screening:
    """Send a first contact to child protection; whoever sends keeps no way to read it.

    `answers` is question code -> answer (see `rules.QUESTIONS`); a question left out was not asked. Raises InputRefused
    when the notice was not said, the child did not understand, an answer is unknown, or no team takes referrals. The
    receipt is `receipt_of(rid)`, also for a repeat, which returns None.
    """
    kept = _checked(answers, observations, note, understood, firewall_said)
    receiver = _receiver(unit, team)
    majority = policy_for(unit.by.country).majority
    judged = rules.triage(kept, observations, majority)
    file = open_file(unit, "screening", agency=receiver.agency_id, team=receiver.pk, code=receipt_of(unit.rid))
    unit.check((gates.child_when_in_doubt(rules.age_of(kept), judged, majority),))
    concern = judged.outcomes != (rules.Outcome.NO_CONCERN,)
    worker = receiving.worker_of(receiver.pk) if concern else None
    record = unit.create(
        Screening, file=file.pk, receipt=file.code, outcomes=list(judged.outcomes), flags=list(judged.signs), needs=list(judged.needs),
        status=SCREENING.move(Status.NEW, "screen", Status.REFERRED if concern else Status.NO_CONCERN), post=receiving.post_of(unit.by),
        wants_to_talk=judged.wants_to_talk, language=language, understood=understood, firewall_said=firewall_said,
        screened_at=unit.at, referred_to_team=receiver.pk, worker_id=worker, answers=kept, observations=list(observations) or None,
        note=note.strip() or None)
    unit.note("screening_sent", record, outcomes=[str(o) for o in judged.outcomes])
    if concern:
        announce(unit, "screening_referred", record)
    settle(unit, file, owner=worker)
    return record


@action(permissions.TAKE)
def acknowledge(unit: Unit, *, screening: UUID) -> Screening:
    """Say that child protection has this child: the referral is no longer waiting. Again changes nothing."""
    record = unit.get(Screening, screening, lock=True)
    if record.acknowledged_at is None:
        status = SCREENING.move(record.status, "acknowledge")
        unit.change(record, status=status, acknowledged_by=unit.by.id, acknowledged_at=unit.at)
        unit.note("screening_acknowledged", record)
        announce(unit, "screening_acknowledged", record)
    return record


def mark_registered(unit: Unit, screening: UUID, case_file: UUID) -> Screening:
    """Within registration: this first contact led to the child's own file. Raises NothingHere outside the actor's scope."""
    record = unit.get(Screening, screening, lock=True)
    unit.change(record, status=SCREENING.move(record.status, "register"), case_file=case_file,
                acknowledged_by=record.acknowledged_by or unit.by.id, acknowledged_at=record.acknowledged_at or unit.at)
    unit.note("screening_registered", record)
    announce(unit, "screening_acknowledged", record)
    return record


def _checked(answers: rules.Answers, observations: Sequence[str], note: str, understood: str, firewall_said: bool) -> dict[str, object]:
    kept, wrong = rules.cleaned(answers)
    errors = {code: [N_("Choose one of the answers.")] for code in wrong}
    if not set(observations) <= set(rules.OBSERVATIONS):
        errors["observations"] = [N_("Choose one of the answers.")]
    if len(note.strip()) > rules.LONGEST_NOTE:
        errors["note"] = [N_("Write at most 500 letters here.")]
    errors |= gates.before_sending(gates.ContactFacts(firewall_said, understood, rules.answered(kept)))
    if errors:
        raise InputRefused(errors)
    return kept


def _receiver(unit: Unit, team: UUID | None) -> Team:
    teams = receiving.teams_for(unit.by.country)
    if not teams:
        raise InputRefused({"": [gates.NO_TEAM]})
    if team is None and len(teams) > 1:
        raise InputRefused({"team": [N_("Choose who receives this.")]})
    found = teams[0] if team is None else next((t for t in teams if t.pk == team), None)
    if found is None:
        raise InputRefused({"team": [N_("Choose who receives this.")]})
    return found
