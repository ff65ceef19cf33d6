"""Both sides examine a pair: the page of the match, the interviews, the comparison, the decision."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access.models import File
from havre.access.queries import scoped
from havre.core.problems import NothingHere
from havre.tracing import actions, permissions, queries
from havre.tracing.models import Match
from havre.web.cases.labels import age_words, day_words, label, labels, moment
from havre.web.screen import screen
from havre.web.tracing import evidence, show
from havre.web.tracing.base import actor_of, allowed, intend, match_at, step, story
from havre.web.tracing.forms.matches import FactsForm, LaneForm, RejectForm, VerifyForm
from havre.web.tracing.words import DECISIONS, MATCH_STATES, QUESTIONS, RED_FLAGS, REUNION_STATES, words


@screen(permissions.READ)
def match_page(request: HttpRequest, code: str) -> HttpResponse:
    """All that both sides agreed to look at together, and what comes next."""
    actor, match = actor_of(request), match_at(request, code)
    page = queries.match_page(actor, match, timezone.now())
    may = allowed(actor, match.file_id)
    reunion = reunion_words(actor, page) if page.reunion else None
    return render(request, "tracing/match.html", {
        "match": match, "code": code, "page": page, "people": page.people, "child_age": said_age(page.people.get("child", {})),
        "chance": match.per_thousand / 1000, "prior": 1 / match.one_in if match.one_in else None, "rows": evidence.rows(page.evidence),
        "lanes": show.lanes(page), "steps": show.next_steps(page, may), "state": words(MATCH_STATES, match.state),
        "relation": label("relationship_type", match.relation), "reunion": reunion, "safety": safety_words(actor, match),
        "gates": page.results if match.state == "confirmed" else page.before, **codes(actor, match),
        "own": own_file(actor, match), "flags": [words(RED_FLAGS, f) for f in match.red_flags],
        "decisions": [(words(DECISIONS, d.decision), reasons, moment(d.decided_at), label("match_reject_reason", d.reason))
                      for d, reasons in queries.decisions_of(actor, match.pair)], "entries": story(match.file_id)})


def said_age(person: dict[str, Any]) -> str:
    """An age as it was recorded."""
    return age_words((person.get("age_min"), person.get("age_max")))


def case_code(actor: Any, match: Match) -> str:
    """The code of the child's file, for whoever may open it."""
    return scoped(File, actor).filter(pk=match.case_file).values_list("code", flat=True).first() or ""


def codes(actor: Any, match: Match) -> dict[str, str]:
    """The codes of both files, each for whoever may open it: where safeguards are mended."""
    request = scoped(File, actor).filter(pk=match.request_file).values_list("code", flat=True).first() or ""
    return {"case_code": case_code(actor, match), "request_code": request}


def own_file(actor: Any, match: Match) -> str:
    """The page of the reader's own side."""
    for pk, name in ((match.case_file, "tracing:child"), (match.request_file, "tracing:request")):
        code = scoped(File, actor).filter(pk=pk).values_list("code", flat=True).first()
        if code:
            return reverse(name, args=[code])
    return ""


def safety_words(actor: Any, match: Match) -> list[tuple[str, str]]:
    """The newest look at the home, the authority, the border, the list and the panel, in words."""
    found = queries.safety_of(actor, match)
    out: list[tuple[str, str]] = []
    if found["household"]:
        row, said = found["household"]
        out.append((_("Home, %(day)s") % {"day": day_words(row.assessed_on)}, said["summary"]))
    if found["clearance"]:
        row, said = found["clearance"]
        out.append((_("Authority"), f"{label('clearance_status', row.state)}, {said['authority']}"))
    if found["border"]:
        row, said = found["border"]
        out.append((_("Border"), f"{label('refoulement_result', row.result)}. {labels('refoulement_ground', row.grounds)}"))
    if found["alert"]:
        out.append((_("Alert list"), alert_words(found["alert"][0].state)))
    if found["best_interests"]:
        row, said = found["best_interests"]
        answer = f"{label('verification_recommendation', row.outcome)}. {said['reasons']}" if row.outcome else _("Asked, not decided yet")
        out.append((_("Best interests"), answer))
    return out


def alert_words(state: str) -> str:
    """What a comparison with the alert list gave."""
    return {"clear": _("No hit"), "hit": _("A hit: a supervisor must look into it"), "cleared": _("A hit, looked into and cleared")}[state]


def reunion_words(actor: Any, page: queries.MatchPage) -> dict[str, Any]:
    """The plan, its signatures and visits, in words."""
    reunion = page.reunion
    assert reunion is not None
    opened, signatures, visits = queries.reunion_of(actor, reunion)
    from datetime import date
    return {
        "row": reunion, "state": words(REUNION_STATES, reunion.state), "opened": opened, "day": day_words(reunion.planned_on),
        "signatures": [(label("handover_signer", s.signer), who, moment(s.signed_at)) for s, who in signatures],
        "planned": [day_words(date.fromisoformat(d)) for d in reunion.visits],
        "visits": [(day_words(v.visited_on), label("reunification_outcome", v.outcome), said["child_said"], said["notes"]) for v, said in visits]}


@screen(permissions.INTERVIEW)
def interview(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """Hear one side; once heard, its author may read it, and its side after the comparison."""
    actor, match = actor_of(request), match_at(request, code, permissions.INTERVIEW)
    if getattr(match, f"{side}_interviewed_at") is not None:
        return _lane(request, match, side)
    page = queries.match_page(actor, match, timezone.now())
    if page.my_side not in (side, "both"):
        raise NothingHere()
    form = LaneForm(request.POST or None, side=side, asked=page.questions, supervisor=bool(actor.supervises))
    child = side == "child"
    return step(request, match, form, lambda f: actions.record_interview(
        intend(request, f), match=match.pk, side=side, given=f.given(), accepted=_accepted(f)),  # type: ignore[attr-defined]
        title=_("Hear the child") if child else _("Hear the relative"), button=_("Record the interview"), done=_("Interview recorded."),
        lede=_("Alone, in a safe place. Do not tell what the other side says, not even that it is likely.") if child else
        _("Do not tell what is known of the child. Ask the same questions and write what is said, also when it does not fit."),
        template="tracing/interview.html", context={"asked": bool(page.questions), "child": child})


def _accepted(form: Any) -> dict[str, str] | None:
    reason = form.cleaned_data.get("accept_g45")
    return {"G45": reason} if reason else None


def _lane(request: HttpRequest, match: Match, side: str) -> HttpResponse:
    """An interview that was made, for those who may read it."""
    row, said = queries.lane_of(actor_of(request), match, side)
    facts = [(f.get("text") or words(QUESTIONS, f["key"]), f["answer"]) for f in said["facts"] or []]
    return render(request, "tracing/lane.html", {
        "code": match.file.code, "row": row, "said": said, "facts": facts, "child": side == "child", "when": moment(row.interviewed_at),
        "flags": [words(RED_FLAGS, f) for f in row.red_flags], "back": reverse("tracing:match", args=[match.file.code])})


@screen(permissions.COMPARE)
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """The secret answers next to each other; a person judges each."""
    actor, match = actor_of(request), match_at(request, code, permissions.COMPARE)
    found = queries.facts_of(actor, match)
    named = [(fact, said, said["question"] or words(QUESTIONS, fact.key)) for fact, said in found]
    form = FactsForm(request.POST or None, facts=[(fact.pk, question) for fact, _said, question in named],
                     initial={f"fact_{fact.pk.hex}": fact.outcome for fact, _said, _q in named if fact.outcome})
    rows = [{"field": form[f"fact_{fact.pk.hex}"], "question": question, "child": said["child_answer"], "adult": said["adult_answer"],
             "hint": fact.written_the_same} for fact, said, question in named]
    return step(request, match, form, lambda f: actions.compare_facts(intend(request, f), match=match.pk, outcomes=f.outcomes()),  # type: ignore[attr-defined]
                title=_("Did both say the same?"), button=_("Record the comparison"), done=_("Comparison recorded."), template="tracing/facts.html",
                context={"rows": rows, "closed": match.state != "both_sides_checked"})


@screen(permissions.VERIFY)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """A supervisor decides whether this is the family."""
    actor, match = actor_of(request), match_at(request, code, permissions.VERIFY)
    page = queries.match_page(actor, match, timezone.now())
    return step(request, match, VerifyForm(request.POST or None), lambda f: actions.verify_match(
        intend(request, f), match=match.pk, recommendation=f.cleaned_data["recommendation"], reasons=f.cleaned_data["reasons"]),
        title=_("Is this the family?"), button=_("This is the family"), done=_("The family is verified."),
        lede=_("The number does not decide. You decide, on what two people were told apart."),
        context={"gates": page.before, **codes(actor, match), "other": (reverse("tracing:reject", args=[code]), _("Not this family"))})


@screen(permissions.END_MATCH)
def reject(request: HttpRequest, code: str) -> HttpResponse:
    """This is not the family."""
    match = match_at(request, code, permissions.END_MATCH)
    return step(request, match, RejectForm(request.POST or None), lambda f: actions.reject_match(
        intend(request, f), match=match.pk, reason=f.cleaned_data["reason"], reasons=f.cleaned_data["reasons"]),
        title=_("Not this family"), button=_("Record: not this family"), done=_("Recorded. The pair stays hidden unless facts change."))
