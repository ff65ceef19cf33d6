"""What does the child want, and how is her family looked for?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.access import queries as access
from havre.access.queries import scoped
from havre.core.problems import NothingHere
from havre.infra.sealing import open_record
from havre.tracing import actions, permissions, queries, states
from havre.tracing.models import Publication
from havre.web.cases.labels import age_words, label, moment
from havre.web.screen import screen
from havre.web.tracing.base import actor_of, allowed, case_at, intend, step, story
from havre.web.tracing.forms.children import PublicationForm, PublishForm, WishesForm
from havre.web.tracing.forms.requests import ActionForm, ButtonForm, EndForm, ReasonsForm
from havre.web.tracing.show import done, lists
from havre.web.tracing.views.requests import aged, stages


@screen(permissions.READ)
def child_page(request: HttpRequest, code: str) -> HttpResponse:
    """A child's search: her wish first, what is possible, the safeguards, what was done."""
    actor, case = actor_of(request), case_at(request, code)
    child = case.child
    wish = queries.wish_of(actor, case.file_id)
    here = states.status_of(case.tracing_status)
    return render(request, "tracing/child.html", {
        "case": case, "code": code, "names": open_record(child, "names")["names"], "age": age_words(aged(child, timezone.localdate())),
        "sex": label("sex", child.sex), "may": allowed(actor, case.file_id), "form": ButtonForm(), "here": here,
        "status": label("tracing_status", case.tracing_status) or _("Not begun"), "stages": stages(here),
        "may_open": "open" in states.TRACING.actions(here), "wish": wish[0] if wish else None, "said": wish[1] if wish else {},
        "wish_words": _wish_words(wish[0]) if wish else [], "gates": queries.gates_of_case(actor, case, timezone.now()),
        "candidates": lists(queries.candidates_of(actor, case.file_id)), "done": done(queries.actions_of(actor, case.file_id)),
        "publications": [(p, label("tracing_action", p.channel)) for p in queries.publications_of(actor, case.file_id)],
        "entries": story(case.file_id), "case_url": reverse("cases:case", args=[code])})


def _wish_words(wish: object) -> list[tuple[str, str]]:
    return [(_("Look for the family"), label("tracing_wish", wish.tracing)),  # type: ignore[attr-defined]
            (_("Live with the family"), label("reunification_wish", wish.reunification)),  # type: ignore[attr-defined]
            (_("Said"), moment(wish.said_at))]  # type: ignore[attr-defined]


@screen(permissions.WISHES)
def wishes(request: HttpRequest, code: str = "", case_code: str = "") -> HttpResponse:
    """Her wishes, in her words."""
    case = case_at(request, code or case_code, permissions.WISHES)
    return step(request, case, WishesForm(request.POST or None), lambda f: actions.record_wishes(
        intend(request, f), case=case.pk, given=f.given()),  # type: ignore[attr-defined]
        title=_("What does the child want?"), lede=_("She may say no, not sure, or later, and she may change her mind. A no stops the search at once."),
        button=_("Record the wishes"), done=_("Wishes recorded."), template="tracing/wishes.html")


@screen(permissions.WISHES)
def consent(request: HttpRequest, case_code: str) -> HttpResponse:
    """To the page where agreements are written."""
    case_at(request, case_code, permissions.WISHES)
    return redirect("registration:consent", case_code)


@screen(permissions.EXCEPTION)
def exception(request: HttpRequest, code: str) -> HttpResponse:
    """A supervisor decides to look although the child has not said yes."""
    case = case_at(request, code, permissions.EXCEPTION)
    return step(request, case, ReasonsForm(request.POST or None), lambda f: actions.trace_without_wish(
        intend(request, f), case=case.pk, reasons=f.cleaned_data["reasons"]),
        title=_("Look for the family without the child’s yes"), button=_("Record this decision"), done=_("Decision recorded."),
        lede=_("Only for a child who cannot yet say, or whose life depends on it. Write why it serves this child."))


@screen(permissions.ACT)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to look."""
    case = case_at(request, code, permissions.ACT)
    return step(request, case, ButtonForm(request.POST or None), lambda f: actions.open_tracing(intend(request, f), case=case.pk),
                title=_("Begin to look for the family"), button=_("Begin to look"), done=_("The search is open."),
                context={"case_code": code, "gates": queries.gates_of_case(actor_of(request), case, timezone.now())[:1]})


@screen(permissions.ACT)
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Something was done to find the family."""
    case = case_at(request, code, permissions.ACT)
    return step(request, case, ActionForm(request.POST or None), lambda f: actions.record_tracing_action(
        intend(request, f), file=case.file_id, action_code=f.cleaned_data["action"], outcome=f.cleaned_data["outcome"], note=f.cleaned_data["note"]),
        title=_("What was done to find the family"), button=_("Record it"), done=_("Recorded."))


@screen(permissions.ACT)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """The search ends without a reunification."""
    case = case_at(request, code, permissions.ACT)
    return step(request, case, EndForm(request.POST or None), lambda f: actions.end_tracing(
        intend(request, f), file=case.file_id, step=f.cleaned_data["step"], reasons=f.cleaned_data["reasons"]),
        title=_("End the search"), button=_("End the search"), done=_("The search ended. The comparison goes on."))


@screen(permissions.DECIDE)
def search(request: HttpRequest, code: str) -> HttpResponse:
    """Compare now."""
    case = case_at(request, code, permissions.DECIDE)
    return step(request, case, ButtonForm(request.POST or None), lambda f: actions.search_now(intend(request, f), file=case.file_id),
                title=_("Compare now"), button=_("Compare now"), done=_("Compared with every request."))


@screen(permissions.PUBLISH)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to make a photo or name public."""
    case = case_at(request, code, permissions.PUBLISH)
    return step(request, case, PublishForm(request.POST or None), lambda f: actions.ask_publication(
        intend(request, f), case=case.pk, what=f.cleaned_data["what"], channel=f.cleaned_data["channel"], reasons=f.cleaned_data["reasons"]),
        title=_("Ask to make a photo or name public"), button=_("Ask the supervisor"), done=_("The supervisor was asked."),
        lede=_("Nothing becomes public before the child agreed and a supervisor decided."))


@screen(permissions.APPROVE_PUBLICATION)
def publication(request: HttpRequest, publication: str) -> HttpResponse:
    """A supervisor decides about it."""
    actor = actor_of(request)
    row = scoped(Publication, actor).filter(pk=publication).select_related("file").first()
    if row is None:
        raise NothingHere()
    access.require(actor, permissions.APPROVE_PUBLICATION, row.file_id)
    case = queries.case_in(actor, row.file_id)
    asked = open_record(row, "reasons")["reasons"]
    return step(request, case, PublicationForm(request.POST or None), lambda f: actions.decide_publication(
        intend(request, f), publication=row.pk, approve=f.cleaned_data["approve"] == "yes", reasons=f.cleaned_data["reasons"]),
        title=_("May this become public?"), button=_("Record my decision"), done=_("Decision recorded."),
        context={"pairs": [(_("What"), _("Photo") if row.what == "photo" else _("Name")), (_("Where"), label("tracing_action", row.channel)), (_("Why"), asked)],
                 "case_code": case.file.code})
