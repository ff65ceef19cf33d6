"""What does a panel member have to decide, and on what?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access.queries import scoped
from havre.core.problems import NothingHere
from havre.infra.sealing import open_record
from havre.tracing import actions, permissions, queries
from havre.tracing.models import BestInterests
from havre.web.cases.labels import label, moment
from havre.web.screen import screen
from havre.web.tracing import evidence
from havre.web.tracing.base import actor_of, intend, match_at, step
from havre.web.tracing.forms.adults import DecisionForm
from havre.web.tracing.views.matches import reunion_words, safety_words, said_age
from havre.web.tracing.words import TRIGGERS, words


@screen(permissions.PANEL_LIST)
def waiting(request: HttpRequest) -> HttpResponse:
    """The questions put to this panel member, those waiting first."""
    rows = [{"code": code, "asked": moment(row.asked_at), "outcome": label("verification_recommendation", row.outcome),
             "why": ", ".join(words(TRIGGERS, t) for t in row.triggers)} for row, code in queries.panel_questions(actor_of(request))]
    return render(request, "tracing/panel.html", {"rows": rows})


@screen(permissions.PANEL)
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """One question with all that both sides agreed to show; the decision and its reasons."""
    actor, match = actor_of(request), match_at(request, code, permissions.PANEL)
    row = scoped(BestInterests, actor).filter(match=match, panel_member=actor.id).order_by("-asked_at").first()
    if row is None:
        raise NothingHere()
    page = queries.match_page(actor, match, timezone.now())
    said = open_record(row)
    return step(request, match, DecisionForm(request.POST or None), lambda f: actions.decide_best_interests(
        intend(request, f), decision=row.pk, outcome=f.cleaned_data["outcome"], reasons=f.cleaned_data["reasons"],
        dissent=f.cleaned_data.get("dissent") or "", no_conflict=bool(f.cleaned_data.get("no_conflict"))),
        title=_("What is best for this child?"), button=_("Sign this decision"), done=_("Your decision is signed."), to=request.path,
        template="tracing/decision.html", context={
            "row": row, "said": said, "people": page.people, "child_age": said_age(page.people.get("child", {})), "gates": page.results,
            "why": [words(TRIGGERS, t) for t in row.triggers], "safety": safety_words(actor, match), "rows": evidence.rows(page.evidence),
            "chance": match.per_thousand / 1000, "relation": label("relationship_type", match.relation),
            "reunion": reunion_words(actor, page) if page.reunion else None, "decided": bool(row.outcome),
            "outcome": label("verification_recommendation", row.outcome), "when": moment(row.decided_at) if row.decided_at else ""})
