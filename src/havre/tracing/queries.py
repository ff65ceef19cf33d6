"""What may an actor see of tracing? Every read starts from the actor's scope; sealed values are opened with a trace."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from havre.access.models import Agency, File, User
from havre.access.queries import may, names_of, require, scoped
from havre.cases.models import Case
from havre.core.actor import Actor, Role
from havre.core.gates import GateResult
from havre.core.problems import NothingHere
from havre.infra.sealing import open_many, open_record, sealed_names
from havre.registration.models import Person
from havre.tracing import agreement, facts, permissions, rules, states
from havre.tracing.across import match_gates, overseeing, sharing_gates
from havre.tracing.gates import alert, consent_to_share, verification, wish_to_trace
from havre.tracing.models import (
    AlertCheck,
    AlertEntry,
    BestInterests,
    BorderRisk,
    Candidate,
    Clearance,
    HouseholdAssessment,
    Interview,
    Match,
    MatchDecision,
    PostVisit,
    Publication,
    Reunification,
    SecretFact,
    Signature,
    TracingAction,
    TracingRequest,
    Wish,
)
from havre.tracing.rules import OPEN_REUNIONS, OPEN_STATUSES, CandidateStatus, MatchState, Side

SHOWN = (CandidateStatus.CANDIDATE, CandidateStatus.SHORTLISTED, CandidateStatus.CONFIRMED)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: a request or a case with what is possible for it."""

    code: str
    side: str
    names: Any
    status: str
    relation: str = ""
    received_at: datetime | None = None
    best: int = 0
    words: str = ""
    candidates: int = 0
    file: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate as a page shows it."""

    row: Candidate
    code: str
    agency: str
    contact: str
    visible: bool
    match_code: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: what each side said ("" when this reader may not know), its weight in natural log, and how much asking
    for what is missing would tell, in thousandths of a bit."""

    field: str
    level: str
    reason: str
    child: str
    adult: str
    child_known: bool
    adult_known: bool
    llr: float
    missing: bool
    params: dict[str, Any] = dataclasses.field(default_factory=dict)
    ask: int = 0


# ---- lists ----

def requests_for(actor: Actor, *, page: int = 1) -> tuple[list[Listed], bool]:
    """The requests in the actor's scope, newest first, with their best candidate; and whether there are more."""
    rows = list(scoped(TracingRequest, actor).select_related("file").order_by("-received_at")[(page - 1) * PAGE:page * PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    people = {p.pk: p for p in scoped(Person, actor).filter(pk__in=[r.sought_id for r in rows])}
    named = [people[r.sought_id] for r in rows if r.sought_id in people]
    names = {p.pk: v["names"] for p, v in zip(named, open_many(named, "names"), strict=True)}
    best = _best(actor, [r.file_id for r in rows])
    return [Listed(r.file.code, Side.ADULT, names.get(r.sought_id) or [], r.status, r.relation, r.received_at,
                   *best.get(r.file_id, (0, "", 0)), r.file_id) for r in rows], more


def candidates_for(actor: Actor, *, side: str = "", limit: int = PAGE) -> list[tuple[Candidate, str, Any]]:
    """The best candidates in the actor's scope with their file's code and own person's names, best first."""
    found = scoped(Candidate, actor).filter(status__in=[s.value for s in SHOWN]).exclude(
        stage__in=["stable", "ended"]).select_related("file", "own_person")
    if side:
        found = found.filter(side=side)
    rows = list(found.order_by("-per_thousand", "-found_at")[:limit])
    persons = [r.own_person for r in rows]
    names = [v["names"] for v in open_many(persons, "names")] if persons else []
    return [(row, row.file.code, name or []) for row, name in zip(rows, names, strict=True)]


def _best(actor: Actor, files: Sequence[UUID]) -> dict[UUID, tuple[int, str, int]]:
    out: dict[UUID, tuple[int, str, int]] = {}
    rows = scoped(Candidate, actor).filter(file_id__in=files, status__in=[s.value for s in SHOWN]).order_by("-per_thousand")
    for row in rows:
        top = out.get(row.file_id)
        out[row.file_id] = (row.per_thousand, row.words, 1) if top is None else (top[0], top[1], top[2] + 1)
    return out


# ---- one request, one child ----

def file_by_code(actor: Actor, code: str, kind: str) -> File:
    """The file with this public code, in scope. Raises NothingHere."""
    found = scoped(File, actor).filter(code=code, kind=kind).first()
    if found is None:
        raise NothingHere()
    return found  # type: ignore[no-any-return]


def request_in(actor: Actor, file: UUID) -> TracingRequest:
    """The request of a file the actor may read. Raises NothingHere."""
    require(actor, permissions.READ, file)
    request: TracingRequest = _only(TracingRequest, actor, file)
    return request


def case_in(actor: Actor, file: UUID) -> Case:
    """The case of a file the actor may read. Raises NothingHere."""
    require(actor, permissions.READ, file)
    case: Case = _only(Case, actor, file)
    return case


def match_in(actor: Actor, file: UUID) -> Match:
    """The match of a match file the actor may read. Raises NothingHere."""
    require(actor, permissions.READ, file)
    match: Match = _only(Match, actor, file)
    return match


def _only(model: Any, actor: Actor, file: UUID) -> Any:
    found = scoped(model, actor).filter(file_id=file).select_related("file").first()
    if found is None:
        raise NothingHere()
    return found


def request_people(actor: Actor, request: TracingRequest) -> dict[str, tuple[Person, dict[str, Any]]]:
    """The inquirer and the child sought, with their words."""
    rows = {p.pk: p for p in scoped(Person, actor).filter(pk__in=[request.inquirer_id, request.sought_id])}
    people = [rows[request.inquirer_id], rows[request.sought_id]]
    opened = open_many(people, "names", "phones", "origin", "last_seen", "birth_date", "features", "separation")
    return {"inquirer": (people[0], opened[0]), "sought": (people[1], opened[1])}


def candidates_of(actor: Actor, file: UUID) -> list[Standing]:
    """The candidates of a file, live ones first. Of another agency: that it is possible, and whom to contact."""
    require(actor, permissions.READ, file)
    rows = list(scoped(Candidate, actor).filter(file_id=file).select_related("file").order_by("-per_thousand"))
    return [_standing(actor, row) for row in sorted(rows, key=lambda r: r.status not in SHOWN)]


def candidate_in(actor: Actor, candidate: UUID) -> Standing:
    """One candidate the actor may read. Raises NothingHere."""
    row = scoped(Candidate, actor).filter(pk=candidate).select_related("file").first()
    if row is None:
        raise NothingHere()
    require(actor, permissions.READ, row.file_id)
    return _standing(actor, row)


def _standing(actor: Actor, row: Candidate) -> Standing:
    agency = Agency.objects.filter(pk=row.other_agency).first()
    visible = scoped(File, actor).filter(pk=row.other_file).exists()
    opened = scoped(File, actor).filter(pk=row.match_file).values_list("code", flat=True).first() if row.match_file else None
    return Standing(row, row.file.code, agency.name if agency else "", agency.contact if agency else "", visible, opened or "")


def evidence_of(actor: Actor, row: Candidate) -> list[Piece]:
    """The evidence of a candidate: own words in full, the other side's only when the actor may open that side too."""
    mine = open_record(row, "evidence")["evidence"] or []
    far = scoped(Candidate, actor).filter(pair=row.pair).exclude(pk=row.pk).first()
    theirs = {e["field"]: e.get("own", "") for e in open_record(far, "evidence")["evidence"] or []} if far is not None else {}
    return [_piece(e, row.side, e.get("own", ""), theirs.get(e["field"], "")) for e in mine]


def _piece(e: dict[str, Any], side: str, own: str, other: str) -> Piece:
    child, adult = (own, other) if side == Side.CHILD else (other, own)
    known = (bool(own), bool(e.get("other_known")))
    child_known, adult_known = known if side == Side.CHILD else known[::-1]
    return Piece(e["field"], e["level"], e["reason"], child, adult, child_known, adult_known, _weight(e), bool(e["missing"]),
                 e.get("params") or {}, e.get("ask") or 0)


def _weight(e: dict[str, Any]) -> float:
    return float(e["llr"]) / 1000


def decisions_of(actor: Actor, pair: UUID) -> list[tuple[MatchDecision, str]]:
    """What was decided about a pair in the actor's files, with the reasons, newest first."""
    rows = list(scoped(MatchDecision, actor).filter(pair=pair).order_by("-decided_at"))
    return [(row, values["reasons"] or "") for row, values in zip(rows, open_many(rows, "reasons"), strict=True)] if rows else []


def actions_of(actor: Actor, file: UUID) -> list[tuple[TracingAction, str]]:
    """What was done to find the family, newest first."""
    rows = list(scoped(TracingAction, actor).filter(file_id=file).order_by("-done_on", "-created_at"))
    return [(row, values["note"] or "") for row, values in zip(rows, open_many(rows, "note"), strict=True)] if rows else []


def wish_of(actor: Actor, file: UUID) -> tuple[Wish, dict[str, Any]] | None:
    """The child's newest words about tracing, opened; None when nobody has asked."""
    row = scoped(Wish, actor).filter(file_id=file).order_by("-said_at", "-created_at").first()
    return None if row is None else (row, open_record(row))


def publications_of(actor: Actor, file: UUID) -> list[Publication]:
    """Wishes to make a photo or name public, newest first."""
    return list(scoped(Publication, actor).filter(file_id=file).order_by("-asked_at"))


def gates_of_case(actor: Actor, case: Case, at: datetime) -> list[GateResult]:
    """The safeguards of a child's search as its page shows them."""
    require(actor, permissions.READ, case.file_id)
    return [wish_to_trace(agreement.wish_facts(case.file_id)), *sharing_gates(at, Side.CHILD, case.file_id)[1:]]


def gates_of_side(row: Candidate, at: datetime) -> list[GateResult]:
    """The safeguards that let this side be shown to the other."""
    return sharing_gates(at, row.side, row.file_id)


def gates_of_request(actor: Actor, request: TracingRequest) -> list[GateResult]:
    """The safeguards of a request as its page shows them."""
    require(actor, permissions.READ, request.file_id)
    return [consent_to_share("yes" if request.consent_share else "no", Side.ADULT)]


def alert_gate(match: Match, reunion: Reunification | None, now: datetime) -> GateResult:
    """G18 as it stands."""
    return alert(facts.alert(match, reunion), now)


# ---- the match file ----

@dataclass(frozen=True, slots=True)
class MatchPage:
    """All that a match file shows, opened once."""

    match: Match
    people: dict[str, Any]
    evidence: list[Piece]
    questions: list[dict[str, str]]
    interviewers: dict[UUID, str]
    my_side: str
    reunion: Reunification | None
    results: tuple[GateResult, ...]
    before: tuple[GateResult, ...]
    readable: tuple[str, ...] = ()
    untold: bool = False


def match_page(actor: Actor, match: Match, now: datetime) -> MatchPage:
    """Everything of a match but the secret answers."""
    values = open_record(match, "people", "evidence", "questions")
    pieces = [Piece(e["field"], e["level"], e["reason"], e.get("child", ""), e.get("adult", ""), bool(e.get("child")),
                    bool(e.get("adult")), _weight(e), bool(e["missing"]), e.get("params") or {}) for e in values["evidence"] or []]
    reunion = facts.live_reunion(match)
    known = names_of({i for i in (match.child_interviewer, match.adult_interviewer, match.decided_by) if i})
    return MatchPage(match, values["people"] or {}, pieces, values["questions"] or [], known, side_in(actor, match), reunion,
                     facts.reunification_gates(match, reunion, now), before_family(match, now),
                     readable_lanes(actor, match), _untold(actor, match))


def before_family(match: Match, now: datetime) -> tuple[GateResult, ...]:
    """The safeguards before a pair is called a family: both sides still agree, and both interviews do (G01, G15, G17)."""
    with overseeing():
        agreed = match_gates(now, match)
    return (*agreed, verification(facts.verification(match)))


def readable_lanes(actor: Actor, match: Match) -> tuple[str, ...]:
    """The sides whose interview this actor may read now."""
    rows = scoped(Interview, actor).filter(match=match)
    return tuple(sorted(i.side for i in rows if may(actor, permissions.READ_LANE, i.file_id)
                        and rules.may_read_lane(actor.id, i.interviewer, i.compared_at is not None)))


def _untold(actor: Actor, match: Match) -> bool:
    """Whether a best-interests decision waits to be told to the child."""
    return scoped(BestInterests, actor).filter(match=match, child_told_at__isnull=True).exclude(outcome="").exists()


def side_in(actor: Actor, match: Match) -> str:
    """Which side's file the actor answers for: child, adult, both or "" (a panel member, a manager)."""
    sides = [side for side, file in ((Side.CHILD, match.case_file), (Side.ADULT, match.request_file))
             if may(actor, permissions.CHANGE, file)]
    return "both" if len(sides) == 2 else sides[0].value if sides else ""


def lane_of(actor: Actor, match: Match, side: str) -> tuple[Interview, dict[str, Any]]:
    """The interview of one side with its answers: for its author at once, for that side after the comparison. Else NothingHere."""
    row = scoped(Interview, actor).filter(match=match, side=side).first()
    if row is None:
        raise NothingHere()
    require(actor, permissions.READ_LANE, row.file_id)
    if not rules.may_read_lane(actor.id, row.interviewer, row.compared_at is not None):
        raise NothingHere()
    return row, open_record(row)


def facts_of(actor: Actor, match: Match) -> list[tuple[SecretFact, dict[str, Any]]]:
    """The secret answers next to each other; empty until both sides were heard."""
    rows = list(scoped(SecretFact, actor).filter(match=match).order_by("place"))
    return _opened(rows)


def _opened(rows: Sequence[Any]) -> list[tuple[Any, dict[str, Any]]]:
    return list(zip(rows, open_many(rows, *sealed_names(type(rows[0]))), strict=True)) if rows else []


def safety_of(actor: Actor, match: Match) -> dict[str, Any]:
    """The newest of each look at the adult: household, clearances, border, alert check, best-interests decision."""
    def newest(model: Any, order: str) -> Any:
        return scoped(model, actor).filter(match=match).order_by(order, "-created_at").first()
    rows = {"household": newest(HouseholdAssessment, "-assessed_on"), "clearance": newest(Clearance, "-created_at"),
            "border": newest(BorderRisk, "-assessed_on"), "alert": newest(AlertCheck, "-checked_at"),
            "best_interests": newest(BestInterests, "-asked_at")}
    return {name: (row, open_record(row)) if row is not None else None for name, row in rows.items()}


def reunion_of(actor: Actor, reunion: Reunification) -> tuple[dict[str, Any], list[tuple[Signature, str]], list[tuple[PostVisit, dict[str, Any]]]]:
    """The opened plan, its signatures and the visits made."""
    signatures = list(scoped(Signature, actor).filter(reunification=reunion).order_by("signed_at"))
    visits = list(scoped(PostVisit, actor).filter(reunification=reunion).order_by("visited_on"))
    names = names_of({s.user for s in signatures if s.user} | {s.witnessed_by for s in signatures if s.witnessed_by})
    signed = [v["signed_as"] or "" for v in open_many(signatures, "signed_as")] if signatures else []
    return (open_record(reunion), [(s, who or names.get(s.user, "")) for s, who in zip(signatures, signed, strict=True)],
            _opened(visits))


def panel_questions(actor: Actor) -> list[tuple[BestInterests, str]]:
    """Questions put to this panel member, those waiting first, with the code of the match file."""
    rows = scoped(BestInterests, actor).filter(panel_member=actor.id).select_related("file").order_by("decided_at", "asked_at")
    return sorted(((row, row.file.code) for row in rows), key=lambda pair: bool(pair[0].outcome))


def panel_members(country: str) -> list[tuple[UUID, str, str]]:
    """Panel members who can be asked: id, name and agency, those of the child's country first."""
    rows = User.objects.filter(role=Role.PANEL_MEMBER.value, is_active=True).select_related("agency").order_by("name")
    return [(u.pk, u.name, u.agency.name) for u in sorted(rows, key=lambda u: u.agency.country != country)]


# ---- the alert list ----

def alerts_for(actor: Actor) -> list[tuple[AlertEntry, dict[str, Any]]]:
    """The entries this supervisor's teams keep."""
    rows = list(scoped(AlertEntry, actor).order_by("-active", "-entered_at"))
    return _opened(rows)


# ---- for closing a case ----

def open_matters(file: UUID) -> list[str]:
    """What of tracing is still open for a child (G36): tracing_open, match_open, reunification_open."""
    case = Case.objects.filter(file_id=file).first()
    out: list[str] = []
    if case is not None and states.status_of(case.tracing_status) in set(OPEN_STATUSES):
        out.append("tracing_open")
    with overseeing():
        matches = Match.objects.filter(case_file=file).exclude(state=MatchState.REJECTED.value)
        live = Reunification.objects.filter(match__in=matches, state__in=[s.value for s in OPEN_REUNIONS]).exists()
        examined = matches.exclude(state=MatchState.CONFIRMED.value).exists()
    return [*out, *(["match_open"] if examined else []), *(["reunification_open"] if live else [])]
