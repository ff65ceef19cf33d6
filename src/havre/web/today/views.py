"""What does this person have to do, and when?"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.access.queries import may
from havre.cases import permissions
from havre.cases.queries import TaskRow, Today, Waiting, tasks_today
from havre.cases.queries.today import AHEAD
from havre.cases.rules import Bucket
from havre.registration import permissions as registration
from havre.web.cases import labels
from havre.web.parts.reasons import day
from havre.web.parts.tags.work import Task, TaskGroup
from havre.web.screen import screen
from havre.web.shell.nav import address_of
from havre.web.today import kinds


@screen(permissions.TODAY)
def today(request: HttpRequest) -> HttpResponse:
    """Everything due, grouped by when; what waits for someone else."""
    now = timezone.localtime()
    everything = "all" in request.GET
    found = tasks_today(request.actor, now, ahead=None if everything else AHEAD)  # type: ignore[attr-defined]
    beside = [each for tell in kinds.BESIDE if (each := tell(request.actor, now)) is not None]  # type: ignore[attr-defined]
    sections = [section for each in beside for section in each.sections]
    context = {
        "greeting": greeting(now, request.person.name), "now": now_words(now), "lede": lede(found),  # type: ignore[attr-defined]
        "groups": groups(found, now), "waiting": [*(waiting(row) for row in found.waiting), *(line for each in beside for line in each.waiting)], "open_tasks": found.open_tasks,
        "hidden": found.open_tasks - sum(len(rows) for rows in found.groups.values()), "everything": everything, "register": address_of("registration:start") if may(request.actor, registration.REGISTER) else "",  # type: ignore[attr-defined]
        "below": [s for s in sections if not s.aside], "aside": [s for s in sections if s.aside],
        "acts": [act for each in beside for act in each.acts], "idle": next((each.idle for each in beside if each.idle), ""),
    }
    return render(request, "today/today.html", context)


def greeting(now: datetime, name: str) -> str:
    """A greeting by the hour, with the given name."""
    given = name.split(maxsplit=1)[0] if name else ""
    if now.hour < 12:
        return _("Good morning, %(name)s") % {"name": given}
    return _("Good afternoon, %(name)s") % {"name": given} if now.hour < 18 else _("Good evening, %(name)s") % {"name": given}


def now_words(now: datetime) -> str:
    """The day and time in words."""
    words = f"{formats.date_format(now, 'l')} {day(now.date())}, {formats.time_format(now, 'H:i')}"
    return words[:1].upper() + words[1:]


def lede(found: Today) -> str:
    """The day in one or two sentences."""
    late = len(found.groups.get(Bucket.LATE, ()))
    due = sum(len(found.groups.get(b, ())) for b in (Bucket.BEFORE_NOON, Bucket.LATER_TODAY))
    said = []
    if late:
        said.append(ngettext("%(n)s thing is late.", "%(n)s things are late.", late) % {"n": late})
    if due:
        said.append(ngettext("%(n)s thing is due today.", "%(n)s things are due today.", due) % {"n": due})
    return " ".join(said) or _("Nothing is late, and nothing is due today.")


def groups(found: Today, now: datetime) -> list[TaskGroup]:
    """The groups with their headings."""
    words = {Bucket.LATE: _("Late"), Bucket.BEFORE_NOON: _("Before noon"), Bucket.LATER_TODAY: _("Later today"),
             Bucket.THIS_WEEK: _("This week"), Bucket.LATER: _("Later")}
    return [TaskGroup(words[b], tuple(shown(row, now) for row in rows), b.value) for b, rows in found.groups.items()]


def shown(row: TaskRow, now: datetime) -> Task:
    """One task in words."""
    when, note = labels.clock(row.due_at, now)
    reason = kinds.WHYS.say(row.why, row.why_params)
    if row.for_team:
        whose = _("For your agency. %(reason)s") if row.for_agency else _("For your team. %(reason)s")
        reason = whose % {"reason": reason}
    return Task(title=kinds.TASKS.say(row.kind, row.why_params), due=when, due_note=note, late=row.due_at < now,
                names=row.child.names if row.child else (), age=labels.age_words(row.child.age) if row.child else "", code=row.code,
                reason=reason, risk=row.risk_level,
                url=kinds.address(row.kind, row.kind_of_file, code=row.code, task=row.id, about=row.about_id, file=row.file_id))


def waiting(row: Waiting) -> kinds.Line:
    """One thing that waits for someone else."""
    words = _("Approve the plan for %(code)s") if row.kind == "plan" else _("Decide on closing %(code)s")
    return kinds.Line(_("%(who)s, since %(when)s") % {"who": row.who, "when": labels.moment(row.since)}, words % {"code": row.code},
                      reverse("cases:case", args=[row.code]))


