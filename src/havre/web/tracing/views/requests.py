"""How is a relative's request taken, read, changed and worked on?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.infra.sealing import open_record
from havre.tracing import actions, permissions, queries
from havre.web.cases.base import try_to
from havre.web.cases.labels import age_words, day_words, label
from havre.web.parts.tags.people import Stage
from havre.web.screen import screen
from havre.web.shell.said import say
from havre.web.tracing.base import actor_of, allowed, intend, request_at, see_other, seen, step, story
from havre.web.tracing.evidence import home_words
from havre.web.tracing.forms.requests import ActionForm, ButtonForm, ChangeForm, EndForm, NameRows, RequestForm
from havre.web.tracing.show import done, lists


@screen(permissions.REQUEST)
def new(request: HttpRequest) -> HttpResponse:
    """A new request: one page, in the order of the conversation; more rows of names at a press, nothing lost."""
    form = RequestForm(request.POST or None)
    inquirer = NameRows(request.POST or None, prefix="inquirer")
    sought = NameRows(request.POST or None, prefix="sought")
    status = 200
    extra: dict[str, Any] = {}
    if request.method == "POST" and "more" in request.POST:
        form, inquirer, sought = _again(request)
    elif request.method == "POST":
        status = 422
        if form.is_valid() and inquirer.is_valid() and sought.is_valid():
            made: list[Any] = []
            ok, extra, status = try_to(form, lambda: made.append(actions.add_request(intend(request, form), given=form.given(inquirer, sought))))
            if ok and made and made[0] is not None:
                say(request, _("Request recorded. The comparison has begun."))
                return see_other(reverse("tracing:request", args=[made[0].file.code]))
    return render(request, "tracing/request_new.html", {"form": form, "inquirer": inquirer, "sought": sought, **extra}, status=status)


def _again(request: HttpRequest) -> tuple[RequestForm, Any, Any]:
    """The same page with what was typed and more rows for names; nothing is judged yet."""
    which = request.POST["more"]
    data = request.POST.copy()
    name = f"{which if which in ('inquirer', 'sought') else 'sought'}-TOTAL_FORMS"
    data[name] = str(min(20, int(data.get(name) or 2) + 2)) if (data.get(name) or "2").isdigit() else "4"
    form = RequestForm(initial={key: data.getlist(key) if key == "languages" else value for key, value in data.items()})
    for age in [n for n in form.fields if n.endswith("age") or n.startswith("kin_age")]:
        form.initial[age] = [data.get(f"{age}_0", ""), data.get(f"{age}_1", "")]
    form.initial["rid"] = data.get("rid") or form.initial["rid"]
    return form, NameRows(data, prefix="inquirer"), NameRows(data, prefix="sought")


@screen(permissions.READ)
def request_page(request: HttpRequest, code: str) -> HttpResponse:
    """One request: who asks for whom, what is possible, what was done, the safeguards."""
    actor, row = actor_of(request), request_at(request, code)
    people = queries.request_people(actor, row)
    sealed = open_record(row, "message", "circumstances")
    today = timezone.localdate()
    sought, words = people["sought"]
    return render(request, "tracing/request.html", {
        "row": row, "code": code, "may": allowed(actor, row.file_id), "form": ButtonForm(), "stages": stages(row.status),
        "inquirer": people["inquirer"][1], "sought": words, "age": age_words(aged(sought, today)), "sex": label("sex", sought.sex),
        "relation": label("relationship_type", row.relation), "received": day_words(row.received_at), "sealed": sealed,
        "status": label("tracing_status", row.status), "consent": row.consent_share, "home": home_words(", ".join(reversed(words["origin"] or []))),
        "candidates": lists(queries.candidates_of(actor, row.file_id)), "done": done(queries.actions_of(actor, row.file_id)),
        "entries": story(row.file_id), "gates": queries.gates_of_request(actor, row)})


def aged(person: Any, today: Any) -> tuple[int | None, int | None]:
    """The ages of a person today, from what was recorded."""
    from havre.registration.rules import ages
    range_ = ages(None, person.age_min, person.age_max, person.recorded_on, today)
    return (range_.low, range_.high) if range_ else (None, None)


def stages(status: str) -> list[Stage]:
    """Where a search stands, as a chain."""
    chain = ((_("Search"), ("open", "in_progress", "match_rejected", "verification_failed")), (_("Possible match"), ("match_proposed", "located")),
             (_("Both heard"), ("verification_pending",)), (_("Family verified"), ("verified",)), (_("Together"), ("reunified",)))
    here = next((n for n, (_name, codes) in enumerate(chain) if status in codes), -1)
    return [Stage(name, "", "done" if n < here else "now" if n == here else "ahead") for n, (name, _codes) in enumerate(chain)]


@screen(permissions.CHANGE)
def change(request: HttpRequest, code: str = "", request_code: str = "") -> HttpResponse:
    """What the relative says otherwise now."""
    row = request_at(request, code or request_code, permissions.CHANGE)
    sealed = open_record(row, "message", "circumstances")
    known = {"consent_share": "yes" if row.consent_share else "no", "consent_mode": row.consent_given_by_mode, "lived_with": row.lived_with,
             "message": sealed["message"] or "", "circumstances": sealed["circumstances"] or ""}
    form = ChangeForm(request.POST or None, initial=known, seen=row.heads)
    return step(request, row, form, lambda f: actions.change_request(
        intend(request, f), request=row.pk, seen=tuple(seen(f) or ()) or None, consent_share=f.cleaned_data["consent_share"] == "yes",
        consent_mode=f.cleaned_data.get("consent_mode") or "", message=f.cleaned_data.get("message") or "",
        circumstances=f.cleaned_data.get("circumstances") or "", lived_with=f.cleaned_data.get("lived_with") or ""),
        title=_("Change the request"), button=_("Keep the change"), done=_("Request changed."))


@screen(permissions.ACT)
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Something was done to find the child."""
    row = request_at(request, code, permissions.ACT)
    return step(request, row, ActionForm(request.POST or None), lambda f: actions.record_tracing_action(
        intend(request, f), file=row.file_id, action_code=f.cleaned_data["action"], outcome=f.cleaned_data["outcome"], note=f.cleaned_data["note"]),
        title=_("What was done to find the child"), button=_("Record it"), done=_("Recorded."))


@screen(permissions.ACT)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """The search ends without a reunification."""
    row = request_at(request, code, permissions.ACT)
    return step(request, row, EndForm(request.POST or None), lambda f: actions.end_tracing(
        intend(request, f), file=row.file_id, step=f.cleaned_data["step"], reasons=f.cleaned_data["reasons"]),
        title=_("End the search"), button=_("End the search"), done=_("The search ended. The comparison goes on."))


@screen(permissions.ACT)
def again(request: HttpRequest, code: str) -> HttpResponse:
    """The search begins again."""
    row = request_at(request, code, permissions.ACT)
    return step(request, row, ButtonForm(request.POST or None), lambda f: actions.reopen_request(intend(request, f), request=row.pk),
                title=_("Search again"), button=_("Search again"), done=_("The search is open again."))


@screen(permissions.DECIDE)
def search(request: HttpRequest, code: str) -> HttpResponse:
    """Compare now, for whoever does not want to wait."""
    row = request_at(request, code, permissions.DECIDE)
    return step(request, row, ButtonForm(request.POST or None), lambda f: actions.search_now(intend(request, f), file=row.file_id),
                title=_("Compare now"), button=_("Compare now"), done=_("Compared with every registered child."))
