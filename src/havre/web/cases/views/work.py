"""The pages where work with a child is recorded: views, visits, tasks, pauses, two values."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.access.queries import scoped
from havre.cases import actions, permissions
from havre.cases.following import BY_HAND
from havre.cases.models import Task, View
from havre.cases.queries.decisions import actions_under_way
from havre.cases.rules import Status
from havre.cases.settling import written
from havre.core.problems import NothingHere
from havre.infra.sealing import open_record
from havre.web.cases import labels
from havre.web.cases.base import actor_of, find, intend, seen, step
from havre.web.cases.forms.voices import ToldForm, ViewsForm, WeighForm
from havre.web.cases.forms.work import FollowUpForm, HoldForm, OutcomeForm
from havre.web.cases.labels import label
from havre.web.cases.words import topic
from havre.web.parts.forms import HavreForm, OneOf
from havre.web.screen import screen
from havre.web.today import kinds


@screen(permissions.VIEWS)
def views(request: HttpRequest, code: str) -> HttpResponse:
    """What does the child say?"""
    case = find(request, code, permissions.VIEWS)
    form = ViewsForm(request.POST or None, languages=tuple(case.child.languages))
    return step(request, case, form, lambda f: actions.record_views(intend(request, f), case=case.pk, given=form.given()),
                title=_("What does the child say?"), button=_("Record the views"), done=_("Views recorded."))


@screen(permissions.VIEWS)
def view(request: HttpRequest, code: str, about: UUID) -> HttpResponse:
    """What weight do these views have, and was the child told the outcome?"""
    case = find(request, code, permissions.VIEWS)
    row: View | None = scoped(View, actor_of(request)).filter(pk=about, case=case).first()
    if row is None:
        raise NothingHere()
    words = open_record(row, "words", "no_views_reason")
    context = {"words": words["words"], "topic": topic(row.topic), "why_none": words["no_views_reason"]}
    here = reverse("cases:case", args=[case.file.code])
    if row.decision_follows is None:
        initial = {"weight": row.weight}
        form: HavreForm = WeighForm(request.POST or None, seen=row.heads, initial=initial)
        return step(request, case, form, lambda f: actions.weigh_views(
            intend(request, f), view=row.pk, weight=f.cleaned_data["weight"], why_not_followed=f.cleaned_data["why_not_followed"],
            decision_follows={"yes": True, "no": False}.get(f.cleaned_data["decision_follows"]), seen=seen(f)),
            title=_("What weight do these views have?"), button=_("Record the weight"), done=_("Weight recorded."),
            template="cases/view.html", to=here, context=context)
    form = ToldForm(request.POST or None)
    return step(request, case, form, lambda f: actions.tell_back(
        intend(request, f), view=row.pk, understood=f.cleaned_data["understood"] == "yes"),
        title=_("Tell the child what was decided"), button=_("Record that the child was told"), done=_("Recorded."),
        template="cases/view.html", to=here, context=context)


@screen(permissions.FOLLOW_UP)
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """How is the child? A visit, a call, or a try."""
    case = find(request, code, permissions.FOLLOW_UP)
    rows = actions_under_way(case)
    choices = [(str(a.pk), f"{label('service_type', a.service_type)} ({labels.day_words(a.due_on)})") for a in rows]
    form = FollowUpForm(request.POST or None, actions=choices)
    return step(request, case, form, lambda f: actions.record_follow_up(intend(request, f), case=case.pk, given=form.given()),
                title=_("How is the child?"), button=_("Record the contact"), done=_("Contact recorded."))


@screen(permissions.FINISH)
def task(request: HttpRequest, code: str, task: UUID) -> HttpResponse:
    """What was done?"""
    case = find(request, code, permissions.FINISH)
    row: Task | None = scoped(Task, actor_of(request)).filter(pk=task, file_id=case.file_id, done_at__isnull=True).first()
    if row is None or row.kind not in BY_HAND:
        raise NothingHere()
    form = OutcomeForm(request.POST or None)
    context = {"intro": kinds.WHYS.say(row.why, row.why_params), "due_at": labels.moment(row.due_at)}
    return step(request, case, form, lambda f: actions.finish_task(intend(request, f), task=row.pk, outcome=f.cleaned_data["outcome"]),
                title=kinds.TASKS.say(row.kind, row.why_params), button=_("Record that it is done"), done=_("Recorded as done."),
                context=context)


@screen(permissions.HOLD)
def hold(request: HttpRequest, code: str) -> HttpResponse:
    """Pause a case, or go on with it."""
    case = find(request, code, permissions.HOLD)
    if case.status == Status.ON_HOLD:
        return step(request, case, HavreForm(request.POST or None), lambda f: actions.resume(intend(request, f), case=case.pk),
                    title=_("Work on this case again"), button=_("Go on with the case"), done=_("Work on the case goes on."),
                    context={"intro": _("Paused until %(day)s.") % {"day": labels.day_words(case.on_hold_until)}})
    form = HoldForm(request.POST or None)
    return step(request, case, form, lambda f: actions.put_on_hold(
        intend(request, f), case=case.pk, until=f.cleaned_data["until"], reason=f.cleaned_data["reason"]),
        title=_("Pause the case"), button=_("Pause the case"), done=_("The case is paused."))


class SettleForm(HavreForm):
    """Which of two values is right?"""

    chosen = OneOf(label="", choices=(), open=True)


@screen(permissions.REVIEW)
def settle(request: HttpRequest, code: str, field: str) -> HttpResponse:
    """Two people wrote different values: which one is right?"""
    from havre.web.cases.shown import field_words
    case = find(request, code, permissions.REVIEW)
    if field not in case.disputed:
        raise NothingHere()
    rows = written(case, field)
    form = SettleForm(request.POST or None, seen=case.heads)
    form.fields["chosen"].label = _("Which one is right?")
    form.fields["chosen"].choices = [(str(w.edit), said(field, w.value)) for w in rows]  # type: ignore[attr-defined]
    form.fields["chosen"].notes = {str(w.edit): f"{w.name}, {labels.moment(w.at)}" for w in rows}  # type: ignore[attr-defined]
    return step(request, case, form, lambda f: actions.settle_value(
        intend(request, f), case=case.pk, field=field, chosen=UUID(f.cleaned_data["chosen"])),
        title=_("Two people wrote different values: %(field)s") % {"field": field_words(field)}, button=_("Keep this one"),
        done=_("Recorded."), context={"intro": _("Both are kept on record. Nothing was overwritten.")})


LISTS = {"risk_level": "risk_level", "uasc_status": "uasc_status", "population_group": "population_group", "stage": "case_stage",
         "status": "case_status", "risk_flags": "forced_high_flag", "concerns": "protection_concern", "tracing_status": "tracing_status",
         "immediate_needs": "immediate_need", "guardian_status": "guardian_status"}


def said(field: str, value: object) -> str:
    """A value in words."""
    if value in (None, "", [], {}):
        return _("Nothing")
    if field in LISTS and isinstance(value, list):
        return labels.labels(LISTS[field], [str(v) for v in value])
    if field in LISTS:
        return label(LISTS[field], str(value))
    if isinstance(value, dict):
        return ", ".join(f"{label('protection_concern', str(k))}: {label('risk_level', str(v))}" for k, v in value.items())
    return str(value)


