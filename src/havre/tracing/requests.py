"""How is a relative's request taken, changed, worked on and ended; what does the child want; what may be published?"""

from datetime import timedelta
from uuid import UUID

from havre.access.files import open_file, settle
from havre.access.models import Agency, Membership
from havre.cases.models import Case
from havre.cases.tasks import add_task, finish_task
from havre.cases.writing import set_tracing_status
from havre.config.policies import policy_for
from havre.core.problems import AlreadyDecided, InputRefused
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.reference import codes
from havre.registration.index.writing import reindex
from havre.registration.models import Person
from havre.registration.persons import add_family, add_input, relate
from havre.tracing import agreement, facts, gates, matching, permissions, rules, states
from havre.tracing.across import move, tracing_status
from havre.tracing.inputs import CHOOSE, NEEDED, RequestInput, WishInput, need, need_reasons, one_of, refuse
from havre.tracing.models import Candidate, Publication, TracingAction, TracingRequest, Wish
from havre.tracing.rules import CandidateStatus, PublicationState, Side

START_WITHIN = timedelta(hours=48)
ENDS = {"give_up": "closed_untraceable", "relative_died": "relative_deceased", "restore_contact": "contact_restored_only"}


@action(permissions.REQUEST)
def add_request(unit: Unit, *, given: RequestInput) -> TracingRequest:
    """Take the request of a relative: the two people, what they are to each other, and the agreement to compare."""
    _check_request(given)
    team = Membership.objects.filter(user=unit.by.id).values_list("team_id", flat=True).order_by("team_id").first()
    file = open_file(unit, "request", agency=unit.by.agency, team=team)
    inquirer = add_input(unit, file.pk, given.inquirer, index=False)
    sought = add_input(unit, file.pk, given.sought, index=False)
    relate(unit, file.pk, inquirer.pk, sought.pk, given.relation, index=False)
    add_family(unit, file.pk, sought, given.family)
    request = unit.create(
        TracingRequest, file=file.pk, id=given.id, inquirer_id=inquirer.pk, sought_id=sought.pk, relation=given.relation,
        lived_with=given.lived_with, consent_share=given.consent_share, consent_given_by_mode=given.consent_mode,
        language=given.language, owner_id=unit.by.id, team_id=team, agency_id=unit.by.agency,
        country=Agency.objects.values_list("country", flat=True).get(pk=unit.by.agency), received_at=unit.at,
        separation_cause=given.separation_cause, message=given.message or None, circumstances=given.circumstances or None)
    settle(unit, file, owner=unit.by.id)
    add_task(unit, file=file.pk, kind="start_tracing", due_at=unit.at + START_WITHIN, owner=unit.by.id, why="tracing_starts_within",
             why_params={"hours": 48}, about=request.pk)
    unit.note("request_received", request, relation=given.relation)
    return request


def _check_request(given: RequestInput) -> None:
    errors: dict[str, list[str]] = {}
    one_of(errors, "relation", given.relation, codes.load("relationship_type").codes())
    if not given.inquirer.names:
        errors["inquirer_names"] = [NEEDED]
    if not given.sought.names and not given.sought.features:
        errors["sought_names"] = [NEEDED]
    if given.separation_cause and given.separation_cause not in codes.load("separation_cause"):
        errors["separation_cause"] = [CHOOSE]
    refuse(errors)


@action(permissions.CHANGE)
def change_request(unit: Unit, *, request: UUID, seen: tuple[UUID, ...] | None = None, consent_share: bool | None = None,
                   consent_mode: str | None = None, message: str | None = None, circumstances: str | None = None,
                   lived_with: str | None = None) -> TracingRequest:
    """Change what was told; taking back the agreement to compare ends what is proposed."""
    row = unit.get(TracingRequest, request)
    given = {"consent_share": consent_share, "consent_given_by_mode": consent_mode, "message": message,
             "circumstances": circumstances, "lived_with": lived_with}
    if unit.change(row, seen=seen, **{k: v for k, v in given.items() if v is not None}):
        unit.note("request_changed", row)
        matching.look_again(unit, row.sought_id)
    return row


@action(permissions.ACT)
def record_tracing_action(unit: Unit, *, file: UUID, action_code: str, outcome: str = "pending", note: str = "") -> TracingAction:
    """Something was done to find the family: in a case file or a request file."""
    unit.require(file)
    errors: dict[str, list[str]] = {}
    one_of(errors, "action_code", action_code, codes.load("tracing_action").codes())
    one_of(errors, "outcome", outcome, codes.load("tracing_action_outcome").codes())
    refuse(errors)
    row = unit.create(TracingAction, file=file, action=action_code, outcome=outcome, done_on=unit.at.date(), done_by=unit.by.id,
                      note=note.strip() or None)
    move(unit, side_of(file), file, "act")
    finish_task(unit, file, "start_tracing")
    unit.note("tracing_action_done", row, action=action_code, outcome=outcome)
    return row


@action(permissions.ACT)
def end_tracing(unit: Unit, *, file: UUID, step: str, reasons: str) -> TracingAction:
    """End a search without a reunification: given up for now, the relative died, only contact is wanted. Matching goes on."""
    unit.require(file)
    if step not in ENDS:
        raise InputRefused({"step": [CHOOSE]})
    said = need_reasons("reasons", reasons)
    side = side_of(file)
    target = states.TRACING.move(tracing_status(side, file), step)
    row = unit.create(TracingAction, file=file, action="individual", outcome="unsuccessful" if step == "give_up" else "successful",
                      done_on=unit.at.date(), done_by=unit.by.id, note=said)
    move(unit, side, file, step)
    finish_task(unit, file, "start_tracing")
    unit.note("tracing_ended", row, status=target)
    return row


def side_of(file: UUID) -> Side:
    """Which side a file is: the case's or the request's."""
    return Side.CHILD if Case.objects.filter(file_id=file).exists() else Side.ADULT


# ---- what the child wants ----

@action(permissions.WISHES)
def record_wishes(unit: Unit, *, case: UUID, given: WishInput) -> Wish:
    """Write down what the child wants. A no stops the search at once; a yes lets it open."""
    row = unit.get(Case, case)
    _check_wish(given)
    wish = unit.create(
        Wish, file=row.file_id, child_id=row.child_id, tracing=given.tracing, reunification=given.reunification, said_at=unit.at,
        heard_by=unit.by.id, alone=given.alone, present=[p for p in given.present if p], language=given.language,
        interpreter=given.interpreter, interpreter_sworn=given.interpreter_sworn,
        told_back_at=unit.at if given.told_back else None, words=given.words.strip() or None, why=given.why.strip() or None,
        persons_sought=[dict(p) for p in given.persons_sought if p.get("name") or p.get("relation")])
    finish_task(unit, row.file_id, "record_wishes")
    unit.note("wishes_recorded", wish, tracing=given.tracing, reunification=given.reunification)
    if given.tracing == "no":
        _stop(unit, row)
    matching.look_again(unit, row.child_id)
    return wish


def _check_wish(given: WishInput) -> None:
    errors: dict[str, list[str]] = {}
    one_of(errors, "tracing", given.tracing, [w.value for w in rules.TracingWish])
    one_of(errors, "reunification", given.reunification, [w.value for w in rules.ReunificationWish])
    if given.tracing in ("no", "unsure"):
        need(errors, why=given.why)
    refuse(errors)


def _stop(unit: Unit, case: Case) -> None:
    """The child does not want it: the search stands still, and what was proposed is withdrawn."""
    here = tracing_status(Side.CHILD, case.file_id)
    for step in ("decline", "suspend"):
        if step in states.TRACING.actions(here):
            set_tracing_status(unit, case, states.TRACING.move(here, step))
            break
    for row in Candidate.objects.filter(file_id=case.file_id, status=CandidateStatus.SHORTLISTED, match_file__isnull=True):
        unit.change(row, status=CandidateStatus.CANDIDATE.value, agreed_at=None, agreed_by=None)


@action(permissions.EXCEPTION)
def trace_without_wish(unit: Unit, *, case: UUID, reasons: str) -> Wish:
    """A supervisor writes why looking for the family serves the child although she has not said yes."""
    row = unit.get(Case, case)
    said = need_reasons("reasons", reasons)
    last = agreement.newest_wish(row.file_id)
    wish = unit.create(
        Wish, file=row.file_id, child_id=row.child_id, tracing=last.tracing if last else "unsure",
        reunification=last.reunification if last else "unsure", said_at=unit.at, heard_by=last.heard_by if last else unit.by.id,
        exception=True, exception_by=unit.by.id, exception_reasons=said)
    unit.note("traced_without_wish", wish)
    matching.look_again(unit, row.child_id)
    return wish


@action(permissions.ACT)
def open_tracing(unit: Unit, *, case: UUID) -> Case:
    """Begin to look for the child's family (G15)."""
    row = unit.get(Case, case)
    target = states.TRACING.move(states.status_of(row.tracing_status), "open")
    unit.check([gates.wish_to_trace(agreement.wish_facts(row.file_id))])
    set_tracing_status(unit, row, target)
    add_task(unit, file=row.file_id, kind="start_tracing", due_at=unit.at + START_WITHIN, owner=row.owner_id,
             why="tracing_starts_within", why_params={"hours": 48}, about=row.pk, risk=row.risk_level)
    matching.look_again(unit, row.child_id)
    return row


@action(permissions.ACT)
def reopen_request(unit: Unit, *, request: UUID) -> TracingRequest:
    """Begin again to look for the child of a request."""
    row = unit.get(TracingRequest, request)
    target = states.TRACING.move(row.status, "open")
    unit.change(row, status=target)
    unit.note("tracing_status_changed", row, status=target)
    matching.look_again(unit, row.sought_id)
    return row


@action(permissions.DECIDE)
def search_now(unit: Unit, *, file: UUID) -> None:
    """Look for candidates at once, for whoever does not want to wait."""
    unit.require(file)
    person = Person.objects.filter(file_id=file, role__in=list(matching.SIDE_OF)).first()
    if person is not None:
        reindex(unit, file, [person.pk])
        matching.match_now(unit, person)
    unit.note("searched_again", file=file)


# ---- making a photo or a name public ----

@action(permissions.PUBLISH)
def ask_publication(unit: Unit, *, case: UUID, what: str, channel: str, reasons: str) -> Publication:
    """Ask to make the child's photo or name public. Nothing is published before the approval."""
    row = unit.get(Case, case)
    errors: dict[str, list[str]] = {}
    one_of(errors, "what", what, ("photo", "name"))
    one_of(errors, "channel", channel, ("mass", "photo", "radio_or_media", "community_visit", "digital_search"))
    refuse(errors)
    answer = _publication_consent(unit, row)
    wish = unit.create(Publication, file=row.file_id, child_id=row.child_id, what=what, channel=channel, asked_by=unit.by.id,
                       asked_at=unit.at, consent_seen=answer, reasons=need_reasons("reasons", reasons))
    if row.team_id is not None:
        add_task(unit, file=row.file_id, kind="approve_publication", due_at=unit.at + timedelta(days=3), owner=row.team_id,
                 why="publication_asked", about=wish.pk, risk=row.risk_level)
    unit.note("publication_asked", wish, what=what, channel=channel)
    return wish


@action(permissions.APPROVE_PUBLICATION)
def decide_publication(unit: Unit, *, publication: UUID, approve: bool, reasons: str) -> Publication:
    """A supervisor allows or refuses the publication (G16)."""
    wish = unit.get(Publication, publication)
    if wish.state != PublicationState.ASKED:
        raise AlreadyDecided()
    said = need_reasons("reasons", reasons)
    case = Case.objects.get(file_id=wish.file_id)
    answer = _publication_consent(unit, case)
    if approve:
        unit.check([gates.publication(gates.PublicationFacts(answer, wish.asked_by, unit.by.id, facts.is_supervisor(unit.by.id)))])
    state = PublicationState.APPROVED if approve else PublicationState.REFUSED
    unit.change(wish, state=state.value, decided_by=unit.by.id, decided_at=unit.at, decision_reasons=said, consent_seen=answer)
    finish_task(unit, wish.file_id, "approve_publication", about=wish.pk)
    unit.note("publication_decided", wish, state=state.value)
    return wish


def _publication_consent(unit: Unit, case: Case) -> str:
    policy = policy_for(Agency.objects.values_list("country", flat=True).get(pk=case.agency_id))
    return agreement.consent_answer(case.child, "tracing_publication_photo", policy, unit.at)

