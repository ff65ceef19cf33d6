"""The list of children, the page of one child, and everything that happened."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from havre.cases import permissions
from havre.cases.queries import CaseFilter, CaseRow, Place, case_page, cases_visible_to, timeline
from havre.cases.rules import RISK_ORDER, Status
from havre.cases.states import STAGES
from havre.reference import codes
from havre.registration.agreements import reasons_of
from havre.web.cases import labels, shown
from havre.web.cases.base import about, actor_of, allowed, find
from havre.web.cases.labels import label
from havre.web.screen import screen
from havre.web.today import kinds

HISTORY = 50


@screen(permissions.LIST)
def children(request: HttpRequest) -> HttpResponse:
    """The children this person works for, most urgent first."""
    wanted = _filter(request)
    page = cases_visible_to(actor_of(request), wanted, _place(request.GET.get("after", "")))
    now = timezone.now()
    context = {"rows": [_row(row, now) for row in page.rows], "filters": _filters(wanted),
               "more": _more(wanted, page.next) if page.next else "", "narrowed": wanted != CaseFilter()}
    return render(request, "cases/list.html", context)


def _filter(request: HttpRequest) -> CaseFilter:
    allowed_values: dict[str, Collection[str]] = {
        "status": {*Status, "active", "counted"}, "risk": set(RISK_ORDER), "stage": set(STAGES.states()), "due": {"late", "today", "week"},
        "whose": {"mine", "team"}, "beside": {"alone", *codes.load("uasc_status").codes(retired=True)}}
    chosen = {name: request.GET.get(name, "") for name in allowed_values}
    kept = {name: value for name, value in chosen.items() if value in allowed_values[name]}
    return CaseFilter(**kept, registered=_days(request.GET.get("registered", "")), closed=_days(request.GET.get("closed", "")))


def _days(typed: str) -> tuple[date, date] | None:
    first, _sep, last = typed.partition("_")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


def _filters(wanted: CaseFilter) -> list[dict[str, Any]]:
    """The questions above the list, each with its options."""
    every = ("", _("All"))
    asked: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("risk", _("Risk"), [every, *((c, label("risk_level", c)) for c in RISK_ORDER)]),
        ("stage", _("Stage"), [every, *((c, label("case_stage", c)) for c in STAGES.states())]),
        ("due", _("Due"), [every, ("late", _("Late")), ("today", _("By tonight")), ("week", _("Within a week"))]),
        ("whose", _("Whose"), [every, ("mine", _("My cases")), ("team", _("My team’s cases"))]),
        ("beside", _("With whom"), [every, ("alone", _("Unaccompanied or separated")),
                                    *((c, label("uasc_status", c)) for c in codes.load("uasc_status").codes())]),
        ("status", _("Status"), [*((c.value, label("case_status", c)) for c in (Status.OPEN, Status.ON_HOLD, Status.CLOSED)),
                                 ("active", _("All but closed")), ("counted", _("All"))]),
    ]
    asked += [(name, words, [every, (_span(days), _between(days))]) for name, words, days in (
        ("registered", _("Registered"), wanted.registered), ("closed", _("Closed"), wanted.closed)) if days is not None]
    chosen = _chosen(wanted)
    return [{"name": name, "label": words, "value": chosen.get(name, ""),
             "options": [(value, text, value == chosen.get(name, "")) for value, text in options]} for name, words, options in asked]


def _chosen(wanted: CaseFilter) -> dict[str, str]:
    """What narrows the list, as it stands in an address."""
    said = {name: str(getattr(wanted, name)) for name in ("status", "risk", "stage", "due", "whose", "beside") if getattr(wanted, name)}
    return said | {name: _span(days) for name, days in (("registered", wanted.registered), ("closed", wanted.closed)) if days is not None}


def _span(days: tuple[date, date]) -> str:
    return f"{days[0]}_{days[1]}"


def _between(days: tuple[date, date]) -> str:
    return _("%(first)s to %(last)s") % {"first": labels.day_words(days[0]), "last": labels.day_words(days[1])}


def _place(typed: str) -> Place | None:
    rank, _sep, rest = typed.partition("~")
    at, _sep, pk = rest.partition("~")
    try:
        place = Place(int(rank), datetime.fromisoformat(at), UUID(pk))
    except ValueError:
        return None
    return place if -1 <= place.rank <= 3 and place.registered_at.utcoffset() is not None else None


def _more(wanted: CaseFilter, place: Place) -> str:
    return "?" + urlencode({**_chosen(wanted), "after": f"{place.rank}~{place.registered_at.isoformat()}~{place.id}"})


def _row(row: CaseRow, now: datetime) -> dict[str, Any]:
    when = labels.clock(row.next_due, now) if row.next_due else ("", "")
    return {"code": row.code, "url": reverse("cases:case", args=[row.code]), "names": row.child.names if row.child else (),
            "age": labels.age_words(row.child.age) if row.child else "", "risk": row.risk_level, "stage": label("case_stage", row.stage),
            "owner": row.owner, "next": kinds.TASKS.say(row.next_kind) if row.next_kind else "", "due": when,
            "late": row.next_due is not None and row.next_due < now}


@screen(permissions.READ)
def child(request: HttpRequest, code: str) -> HttpResponse:
    """Who is this child, what comes next, and what happened?"""
    actor = actor_of(request)
    page = case_page(actor, code)
    code = page.code
    may = allowed(actor, page.case, page.standing)
    answers, note = shown.agreed(page.consents, reasons_of(page.consents))
    context = {
        "page": page, "case": page.case, "code": page.code, "may": may, **shown.heading(page), "voice": shown.voice(page),
        "factors": shown.factors(page.factors), "plan": shown.plan(page), "due": shown.due(page, actor), "answers": answers,
        "answers_note": note, "kin": shown.family(page.kin), "team": shown.team(page.workers, actor, page.case.owner_id),
        "disputed": shown.disputed(page), "notes": shown.notes(page), "entries": shown.timeline(page.timeline),
        "concerns": shown.concerns(page), "steps": _steps(page, may), "gates_title": _gates_title(page),
        "on_hold": labels.day_words(page.case.on_hold_until) if page.case.status == Status.ON_HOLD else "",
        "flags": [label("forced_high_flag", f) for f in page.case.risk_flags], "more": _history_address(page),
        "consent_address": _beside("registration:consent", code), "family_address": _beside("registration:family", code),
        "tracing_address": _beside("tracing:child", code),
    }
    return render(request, "cases/case.html", context)


def _beside(name: str, code: str) -> str:
    """The page of another area about the same child, where this instance has it."""
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return ""


def _history_address(page: Any) -> str:
    return reverse("cases:history", args=[page.code]) if len(page.timeline) >= 20 else ""


def _gates_title(page: Any) -> str:
    stage, waits = page.case.stage, page.approval is not None
    if stage in {"registered", "reopened", "identified"}:
        return _("Before the assessment is complete")
    if stage == "closure_requested":
        return _("Before this case is closed")
    if stage == "assessed" or (stage == "follow_up_review" and waits):
        return _("Before the plan is approved") if waits else _("Before a plan is agreed")
    return "" if stage == "closed" else _("Before this case can be closed with its goals met")


def _steps(page: Any, may: dict[str, bool]) -> list[tuple[str, str, bool]]:
    """What can be done here now: words, address, and whether it is the step that comes next."""
    stage = page.case.stage
    waits = page.approval is not None
    closed = stage == "closed"
    rows = [
        ("approve", _("Decide on what waits"), "approve", waits, True),
        ("assess", _("Assess the child’s situation"), "assess", stage in {"registered", "reopened"}, True),
        ("plan", _("Write the plan"), "plan", stage == "assessed" and not waits, True),
        ("reopen_case", _("Open the case again"), "reopen", closed, True),
        ("follow_up", _("Record a visit or call"), "follow_up", True, stage in {"plan_agreed", "implementing", "follow_up_review"}),
        ("record_views", _("Record what the child says"), "views", not closed, False),
        ("review_risk", _("Review the risk"), "review", stage in {"assessed", "plan_agreed", "implementing", "follow_up_review"}, False),
        ("assess", _("Assess again"), "assess", stage in {"assessed", "plan_agreed", "implementing", "follow_up_review"}, False),
        ("plan", _("Change the plan"), "plan", stage in {"plan_agreed", "implementing", "follow_up_review"} and not waits, False),
        ("seal_note", _("Write a sealed note"), "note_new", True, False),
        ("hold", _("Work on it again") if page.case.status == Status.ON_HOLD else _("Pause the case"), "hold", not closed, False),
        ("request_closure", _("Ask to close the case"), "close", not closed and stage != "closure_requested", False),
    ]
    keys = {"reopen_case": "reopen"}
    return [(words, reverse(f"cases:{name}", args=[page.code]), first) for key, words, name, fits, first in rows
            if fits and may.get(keys.get(key, key))]


@screen(permissions.READ)
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that happened on a file, fifty entries at a time."""
    case = find(request, code, permissions.READ)
    before = request.GET.get("before", "")
    rows = timeline(actor_of(request), case.file_id, limit=HISTORY, before=int(before) if before.isdecimal() and len(before) < 18 else None)
    more = f"?before={rows[-1].seq}" if len(rows) == HISTORY else ""
    return render(request, "cases/history.html", {**about(request, case), "entries": shown.timeline(rows), "more": more})
