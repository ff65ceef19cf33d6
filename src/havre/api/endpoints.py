"""Every endpoint: each calls one query or one action of the domains and gives its answer as JSON."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Header, NinjaAPI, Query, Status
from pydantic import Field

from havre.access.models import File
from havre.access.queries import scoped
from havre.api import out
from havre.api.guard import Session, actor_of, endpoint, wish
from havre.api.permissions import DESCRIBE
from havre.api.problems import install
from havre.api.shapes import Strict, shape
from havre.cases import actions as cases
from havre.cases import permissions as case_permissions
from havre.cases import queries as case_queries
from havre.cases.given import AssessmentGiven, ViewGiven
from havre.cases.opening import Opening, open_case
from havre.cases.planning import PlanGiven
from havre.core.problems import InputRefused, NothingHere
from havre.core.words import N_
from havre.identification import actions as identification
from havre.identification.permissions import SCREEN
from havre.registration import actions as registration
from havre.registration import permissions as registration_permissions
from havre.registration.searches import Asked
from havre.tracing import actions as tracing
from havre.tracing import permissions as tracing_permissions
from havre.tracing import queries as tracing_queries
from havre.tracing.inputs import RequestInput

api = NinjaAPI(title="Havre", version="1", description="The same queries and actions as the pages. Writes carry `Idempotency-Key`.",
               docs_url=None, openapi_url=None, urls_namespace="api", auth=Session())
install(api)

Key = Annotated[UUID, Header(alias="Idempotency-Key", description="Made by the client; a repeat has no second effect.")]


class NameIn(Strict):
    """A name as it was written."""

    value: str
    kind: str = "full"
    script: str | None = None


class IdentifierIn(Strict):
    """A number of a document or of another system."""

    type: str
    value: str


_STRICTER = (("names", list[NameIn]), ("identifiers", list[IdentifierIn]))
OpeningIn = shape(Opening, without=("photo", "extra"), instead=_STRICTER)
RequestIn = shape(RequestInput, instead=_STRICTER)
AssessmentIn = shape(AssessmentGiven)
ViewIn = shape(ViewGiven)
PlanIn = shape(PlanGiven)


class RegistrationIn(Strict):
    """A registration: the search that was made before, and all that is known."""

    review: UUID
    opening: OpeningIn  # type: ignore[valid-type]


class ConclusionsIn(Strict):
    """What each hit of a search is, by its ref."""

    conclusions: dict[str, Literal["same", "different", "unsure", "asked"]]


class DecisionIn(Strict):
    """A decision about a possible pair, with reasons."""

    decision: Literal["shortlist", "ask", "reject"]
    reasons: str
    reason: str = ""


class AgeIn(Strict):
    """Youngest and oldest age by the child's own words."""

    low: Annotated[int, Field(strict=True, ge=0, le=120)]
    high: Annotated[int, Field(strict=True, ge=0, le=120)]


class FirstContactIn(Strict):
    """A first contact. A question left out was not asked."""

    firewall_said: Annotated[bool, Field(strict=True)]
    understood: Literal["yes", "interpreter", "no"]
    answers: dict[str, AgeIn | list[str] | str] = {}
    observations: list[str] = []
    note: str = ""
    language: str = ""
    team: UUID | None = None


@api.get("/openapi.json", include_in_schema=False)
@endpoint(DESCRIBE)
def description(request: HttpRequest) -> HttpResponse:
    """The description of this API (OpenAPI 3.1)."""
    return JsonResponse(dict(api.get_openapi_schema(path_prefix="/api/")))


@api.get("/me", response=out.MeOut, tags=["account"])
@endpoint(DESCRIBE)
def me(request: HttpRequest) -> Any:
    """Who is signed in."""
    person = request.person  # type: ignore[attr-defined]
    return out.MeOut(id=person.pk, username=person.username, name=person.name, role=person.role, agency=person.agency.name,
                     country=person.agency.country, language=person.language)


@api.get("/tasks", response=list[out.TaskOut], tags=["cases"])
@endpoint(case_permissions.TODAY)
def tasks(request: HttpRequest) -> Any:
    """What is due for this person, soonest first."""
    today = case_queries.tasks_today(actor_of(request))
    return [out.TaskOut.of(row) for rows in today.groups.values() for row in rows]


@api.get("/cases", response=out.CaseListOut, tags=["cases"])
@endpoint(case_permissions.LIST)
def case_list(request: HttpRequest, status: str = "open", risk: str = "", stage: str = "", whose: str = "",
              after: Annotated[str, Query(description="`next` of the page before")] = "") -> Any:
    """The cases in scope, most urgent first, fifty at a time."""
    wanted = case_queries.CaseFilter(status=status, risk=risk, stage=stage, whose=whose)
    page = case_queries.cases_visible_to(actor_of(request), wanted, _place(after))
    place = page.next
    cursor = f"{place.rank}_{place.registered_at.isoformat()}_{place.id}" if place else ""
    return out.CaseListOut(cases=[out.CaseRowOut.of(row) for row in page.rows], next=cursor)


def _place(cursor: str) -> case_queries.Place | None:
    if not cursor:
        return None
    try:
        rank, at, id = cursor.split("_")
        return case_queries.Place(int(rank), datetime.fromisoformat(at), UUID(id))
    except ValueError:
        raise InputRefused({"after": [N_("This place in the list is not known.")]}) from None


@api.post("/registrations/searches", response=out.SearchOut, tags=["registration"])
@endpoint(registration_permissions.SEARCH)
def search(request: HttpRequest, key: Key, body: OpeningIn) -> Any:  # type: ignore[valid-type]
    """Look for earlier records of a child in every agency, before registering."""
    given: Opening = body.given()  # type: ignore[attr-defined]
    asked = Asked(given.child.values(), kin=[(k.relation, k.person.values()) for k in given.family])
    return _search_out(request, registration.search_before_create(wish(request, key), asked=asked))


def _search_out(request: HttpRequest, review: Any) -> out.SearchOut:
    if review is None:
        raise NothingHere()
    files = [hit["file"] for hit in review.hits if hit["answer"] != "contact"]
    known = {str(pk): code for pk, code in scoped(File, actor_of(request)).filter(pk__in=files).values_list("pk", "code")}
    hits = [out.HitOut(ref=hit["ref"], answer=hit["answer"], conclusion=hit["conclusion"],
                       code=known.get(hit["file"], "") if hit["answer"] != "contact" else "") for hit in review.hits]
    return out.SearchOut(id=review.pk, elements=list(review.elements), hits=hits)


@api.post("/registrations/searches/{review}/conclusions", response=out.SearchOut, tags=["registration"])
@endpoint(registration_permissions.WRITE)
def conclude(request: HttpRequest, review: UUID, key: Key, body: ConclusionsIn) -> Any:
    """Say of each hit what it is."""
    done = registration.conclude_search(wish(request, key), review=review, conclusions=body.conclusions)
    return _search_out(request, done)


@api.post("/registrations", response={201: out.MadeOut}, tags=["registration"])
@endpoint(registration_permissions.REGISTER)
def register(request: HttpRequest, key: Key, body: RegistrationIn) -> Any:
    """Register a child and open the case (safeguards G01–G04 and G34)."""
    made = open_case(wish(request, key), opening=body.opening.given(), review=body.review)  # type: ignore[attr-defined]
    return Status(201, _made(made))


def _made(record: Any) -> out.MadeOut:
    """The id and code of what was made; a repeat gives the same, as far as the actor still may see it."""
    if record is None:
        return out.MadeOut(id=None)
    return out.MadeOut(id=record.pk, code=File.objects.filter(pk=record.file_id).values_list("code", flat=True).first() or "")


@api.get("/cases/{code}", response=out.CaseOut, tags=["cases"])
@endpoint(case_permissions.READ)
def case(request: HttpRequest, code: str) -> Any:
    """One case with its safeguards and the latest of its timeline. The reading is recorded."""
    return out.CaseOut.of(case_queries.case_page(actor_of(request), code))


@api.get("/cases/{code}/timeline", response=list[out.EntryOut], tags=["cases"])
@endpoint(case_permissions.READ)
def timeline(request: HttpRequest, code: str, before: int | None = None, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Any:
    """What happened in a case and who did it, newest first; `before` is the `seq` of the last entry seen."""
    actor = actor_of(request)
    found = case_queries.case_by_code(actor, code)
    return [out.EntryOut.of(entry) for entry in case_queries.timeline(actor, found.file_id, limit=limit, before=before)]


@api.post("/cases/{code}/views", response={201: out.MadeOut}, tags=["cases"])
@endpoint(case_permissions.VIEWS)
def views(request: HttpRequest, code: str, key: Key, body: ViewIn) -> Any:  # type: ignore[valid-type]
    """Record what the child (or the caregiver) says."""
    found = case_queries.case_by_code(actor_of(request), code, case_permissions.VIEWS)
    return Status(201, _made(cases.record_views(wish(request, key), case=found.pk, given=body.given())))  # type: ignore[attr-defined]


@api.post("/cases/{code}/assessments", response={201: out.MadeOut}, tags=["cases"])
@endpoint(case_permissions.ASSESS)
def assess(request: HttpRequest, code: str, key: Key, body: AssessmentIn) -> Any:  # type: ignore[valid-type]
    """Record an assessment (safeguards G05, G06, G08, G33)."""
    found = case_queries.case_by_code(actor_of(request), code, case_permissions.ASSESS)
    return Status(201, _made(cases.record_assessment(wish(request, key), case=found.pk, given=body.given())))  # type: ignore[attr-defined]


@api.post("/cases/{code}/plans", response={201: out.MadeOut}, tags=["cases"])
@endpoint(case_permissions.PLAN)
def plan(request: HttpRequest, code: str, key: Key, body: PlanIn) -> Any:  # type: ignore[valid-type]
    """Propose a plan to the supervisor (safeguards G06, G07, G09)."""
    found = case_queries.case_by_code(actor_of(request), code, case_permissions.PLAN)
    return Status(201, _made(cases.propose_plan(wish(request, key), case=found.pk, given=body.given())))  # type: ignore[attr-defined]


@api.get("/requests", response=out.RequestListOut, tags=["tracing"])
@endpoint(tracing_permissions.LIST)
def request_list(request: HttpRequest, page: Annotated[int, Query(ge=1)] = 1) -> Any:
    """The tracing requests in scope, newest first."""
    rows, more = tracing_queries.requests_for(actor_of(request), page=page)
    return out.RequestListOut(requests=[out.RequestRowOut.of(row) for row in rows], more=more)


@api.post("/requests", response={201: out.MadeOut}, tags=["tracing"])
@endpoint(tracing_permissions.REQUEST)
def add_request(request: HttpRequest, key: Key, body: RequestIn) -> Any:  # type: ignore[valid-type]
    """Take the request of a relative who looks for a child."""
    return Status(201, _made(tracing.add_request(wish(request, key), given=body.given())))  # type: ignore[attr-defined]


@api.get("/{kind}/{code}/candidates", response=list[out.CandidateOut], tags=["tracing"])
@endpoint(tracing_permissions.READ)
def candidates(request: HttpRequest, kind: Literal["cases", "requests"], code: str) -> Any:
    """The possible pairs of a case or a request, best first."""
    actor = actor_of(request)
    file = tracing_queries.file_by_code(actor, code, {"cases": "case", "requests": "request"}[kind])
    return [out.CandidateOut.of(found) for found in tracing_queries.candidates_of(actor, file.pk)]


@api.post("/candidates/{candidate}/decision", response={201: out.MadeOut}, tags=["tracing"])
@endpoint(tracing_permissions.DECIDE)
def decide(request: HttpRequest, candidate: UUID, key: Key, body: DecisionIn) -> Any:
    """Go on with a possible pair, ask a supervisor, or reject it."""
    made = tracing.decide_candidate(wish(request, key), candidate=candidate, decision=body.decision, reasons=body.reasons, reason=body.reason)
    return Status(201, _made(made))


@api.post("/first-contacts", response={201: out.ReceiptOut}, tags=["identification"])
@endpoint(SCREEN)
def first_contact(request: HttpRequest, key: Key, body: FirstContactIn) -> Any:
    """Send a first contact to child protection. The answer is a receipt; nothing can be read back."""
    wanted = wish(request, key)
    answers = {name: value.model_dump() if isinstance(value, AgeIn) else value for name, value in body.answers.items()}
    identification.submit_screening(wanted, answers=answers, **body.model_dump(exclude={"answers"}))
    return Status(201, out.ReceiptOut(receipt=identification.receipt_of(key)))
