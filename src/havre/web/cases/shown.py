"""What is written on the page of a child? Turns the data of `cases.queries` into words and parts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.cases.models import Factor, Task, View
from havre.cases.queries import CasePage, TimelineEntry
from havre.cases.queries.page import Kin, Worker
from havre.cases.rules import FactorKind, with_whom
from havre.cases.states import CHAIN, chain_place
from havre.core.actor import Actor
from havre.reference import languages
from havre.registration.models import Consent
from havre.web.cases import labels
from havre.web.cases.forms.assessment import STRENGTHS, level_words
from havre.web.cases.labels import label
from havre.web.cases.words import NOTE_TOPICS, topic
from havre.web.parts import names as naming
from havre.web.parts.reasons import EVENTS
from havre.web.parts.tags.people import Stage
from havre.web.parts.tags.work import Answer, Entry
from havre.web.shell.nav import role_words
from havre.web.today import kinds

KEY_EVENTS = frozenset({"case_opened", "assessment_recorded", "plan_approved", "case_closed", "case_reopened"})
RELATIONS = {"assigned": 0, "team": 1, "shared": 2, "panel": 3, "agency": 4, "opened": 5}


def heading(page: CasePage) -> dict[str, Any]:
    """The head of the page: facts under the name, the chain, the next step."""
    case = page.case
    rows: list[tuple[str, Any]] = [(_("Age"), labels.age_words(page.age)), (_("Sex"), label("sex", page.sex))]
    spoken = [languages.language_name(x, labels.reader()) for x in page.languages if languages.is_language(x)]
    if spoken:
        rows.append((_("Speaks"), ", ".join(spoken)))
    rows += [(_("With whom"), label("uasc_status", with_whom(case.uasc_status, case.tracing_status))), (_("Registered"), labels.day_words(case.registered_at))]
    if case.tracing_status:
        rows.append((_("Family tracing"), label("tracing_status", case.tracing_status)))
    if case.guardian_status != "none":
        rows.append((_("Guardian"), label("guardian_status", case.guardian_status)))
    return {"facts": rows, "stages": stages(page), "say": spelled(page.names)}


def spelled(names: object) -> str:
    """How to say the name: its spelling in Latin letters, when neither name that is shown has them."""
    written = naming.readings(names)
    if any(naming.script_of(name.text) == "LATIN" for name in naming.pair(names, labels.reader())):
        return ""
    return next((n.text for n in written if naming.script_of(n.text) == "LATIN"), "")


def stages(page: CasePage) -> list[Stage]:
    """The chain strip: done, now, ahead."""
    here = chain_place(page.case.stage)
    dates = {0: page.case.registered_at, 1: page.case.assessed_at, 4: page.case.closed_at}
    return [Stage(label("case_stage", code), labels.day_words(dates.get(n)) if n <= here else "",
                  "done" if n < here else "now" if n == here else "ahead") for n, code in enumerate(CHAIN)]


def voice(page: CasePage) -> dict[str, Any] | None:
    """The child's own words with how, when, in which language, and what weight they have."""
    if page.said is None:
        return None
    view = page.said.view
    said = [_("Said on %(day)s about %(topic)s.") % {"day": labels.day_words(view.given_at), "topic": topic(view.topic)},
            label("views_mode", view.mode) + "."]
    if view.language and languages.is_language(view.language):
        said.append(_("Language: %(language)s.") % {"language": languages.language_name(view.language, labels.reader())})
    said.append(_("Alone with the worker.") if view.alone else _("Others were there."))
    if view.interpreter:
        said.append(_("With an interpreter."))
    said += _weight(view)
    tag = languages.language_tag(view.language) if view.language and languages.is_language(view.language) else ""
    return {"words": page.said.words or page.said.reason, "lang": tag if page.said.words else "", "said": " ".join(said),
            "own": bool(page.said.words)}


def _weight(view: View) -> list[str]:
    said = []
    if view.weight:
        said.append(_("Weight: %(weight)s.") % {"weight": label("views_weight", view.weight).lower()})
    if view.told_back_at:
        said.append(_("The child was told the outcome on %(day)s.") % {"day": labels.day_words(view.told_back_at)})
    elif view.decision_follows is not None:
        said.append(_("The child has not been told the outcome yet."))
    return said


def factors(rows: Sequence[Factor]) -> list[dict[str, Any]]:
    """Risk and protection at each level, side by side and never added up."""
    words = level_words()
    shown = []
    for level, title in words.items():
        mine = [f for f in rows if f.level == level]
        if mine:
            shown.append({"title": title, "risks": [_factor(f) for f in mine if f.kind == FactorKind.RISK],
                          "protects": [_factor(f) for f in mine if f.kind == FactorKind.PROTECTIVE]})
    return shown


def _factor(row: Factor) -> dict[str, str]:
    said = [label("factor_strength", STRENGTHS[row.strength]).lower(), label("route_phase", row.phase).lower()]
    if row.changeable and row.kind == FactorKind.RISK:
        said.append(_("can be changed"))
    return {"words": label(f"{row.kind}_factor", row.code), "note": ", ".join(said)}


def timeline(rows: Iterable[TimelineEntry]) -> list[Entry]:
    """Entries as the timeline draws them."""
    return [Entry(at=row.at, text=EVENTS.say(row.code, row.params), by=row.name or _("Someone no longer here"),
                  role=role_words(row.role) if row.role != "system" else "", key=row.code in KEY_EVENTS) for row in rows]


def due(page: CasePage, actor: Actor) -> list[dict[str, Any]]:
    """What is due on this case: verb, time, who, where it is done."""
    now = timezone.now()
    names = {w.principal: w.name for w in page.workers}
    return [_due(task, page, actor, names, now) for task in page.tasks]


def _due(task: Task, page: CasePage, actor: Actor, names: Mapping[Any, str], now: Any) -> dict[str, Any]:
    when, note = labels.clock(task.due_at, now)
    mine = task.owner_id == actor.id or task.owner_id in actor.supervises
    return {"title": kinds.TASKS.say(task.kind, task.why_params), "when": when, "note": note, "late": task.due_at < now,
            "reason": kinds.WHYS.say(task.why, task.why_params), "who": "" if task.owner_id == actor.id else names.get(task.owner_id, ""),
            "url": kinds.address(task.kind, "case", code=page.code, task=task.pk, about=task.about_id, file=task.file_id) if mine else ""}


def agreed(rows: Sequence[Consent], reasons: Sequence[Mapping[str, str]]) -> tuple[list[Answer], str]:
    """The latest answer to each use of the child's data, with its reason, and a line on when and until when."""
    answers: dict[str, tuple[str, str]] = {}
    for row, why in zip(rows, reasons, strict=True):
        for purpose, answer in row.answers.items():
            answers[purpose] = (str(answer), why.get(purpose, ""))
    shown = [Answer(label("consent_purpose", p), a if a in {"yes", "no", "never"} else "not_asked", w) for p, (a, w) in answers.items()]
    last = rows[-1] if rows else None
    note = "" if last is None else _("Last changed on %(day)s.") % {"day": labels.day_words(last.given_at)}
    if last is not None and last.expires_at:
        note += " " + _("Valid until %(day)s.") % {"day": labels.day_words(last.expires_at)}
    return shown, note


def family(rows: Iterable[Kin]) -> list[tuple[str, Any]]:
    """The family the child named."""
    from havre.web.parts.tags.people import person_name
    return [(label("relationship_type", k.type), format_html("{}{}", person_name(k.names), _kin_note(k))) for k in rows]


def _kin_note(kin: Kin) -> Any:
    said = []
    if kin.deceased == "dead":
        said.append(_("has died"))
    elif kin.in_contact == "yes":
        said.append(_("in contact"))
    if kin.is_caregiver:
        said.append(_("takes care of the child"))
    return format_html(', <span class="soft">{}</span>', ", ".join(said)) if said else ""


def team(rows: Iterable[Worker], actor: Actor, owner: Any) -> list[tuple[str, Any]]:
    """Who works with the child, how, and until when."""
    words = {"assigned": _("Caseworker"), "team": _("Supervisors of"), "agency": _("Managers of"), "shared": _("Shared with"),
             "panel": _("Panel"), "opened": _("Opened by")}
    shown = []
    for row in sorted(rows, key=lambda w: RELATIONS.get(w.relation, 9)):
        name = _("%(name)s (you)") % {"name": row.name} if row.principal == actor.id else row.name
        until = _("until %(day)s: %(purpose)s") % {"day": labels.day_words(row.expires_at), "purpose": row.purpose} if row.expires_at else ""
        shown.append((words.get(row.relation, row.relation),
                      format_html('{} <span class="soft">{}</span>', name, until) if until else name))
    return shown


def disputed(page: CasePage) -> list[dict[str, str]]:
    """Which values two people wrote differently, with the page where one is chosen."""
    people = {page.case.child_id: page.names, **{k.id: k.names for k in page.kin}}
    shown = []
    for kind, record, fields in page.disputed:
        whose = _("this case") if kind == "case" else naming_text(people.get(record))
        for field in fields:
            shown.append({"what": field_words(field), "whose": whose, "url": _resolve_address(page.code, kind, field)})
    return shown


def naming_text(names: object) -> str:
    """A name as plain text in the reader's script."""
    shown = naming.pair(names, labels.reader())
    return shown[-1].text if shown else _("Name not known")


def _resolve_address(code: str, kind: str, field: str) -> str:
    from django.urls import NoReverseMatch
    if kind == "case":
        return reverse("cases:settle", args=[code, field])
    try:
        return reverse("registration:values", args=[code])
    except NoReverseMatch:
        return ""


def field_words(field: str) -> str:
    """The name of a field in words."""
    words = {"names": _("names"), "birth_date": _("date of birth"), "phones": _("phone numbers"), "address": _("address"),
             "sex": _("sex"), "age_min": _("youngest age"), "age_max": _("oldest age"), "languages": _("languages"),
             "origin": _("place of origin"), "last_seen": _("where last seen"), "risk_level": _("risk level"),
             "risk_reasons": _("reasons for the risk"), "summary": _("summary"), "uasc_status": _("with whom the child is"),
             "population_group": _("group"), "nationalities": _("nationalities"), "features": _("what can be recognised"),
             "note": _("note"), "separation": _("how the family was separated"), "identifiers": _("papers"), "concerns": _("concerns"),
             "stage": _("stage"), "risk_flags": _("warning signs"), "concern_levels": _("how serious each concern is")}
    return words.get(field, field.replace("_", " "))


def notes(page: CasePage) -> list[dict[str, str]]:
    """Sealed notes this person may know of."""
    return [{"topic": _(NOTE_TOPICS.get(n.topic, n.topic)), "when": labels.moment(n.written_at),
             "url": reverse("cases:note", args=[page.code, n.pk]),
             "readers": ngettext("%(n)s person can open it", "%(n)s people can open it", len(n.readers.all())) % {"n": len(n.readers.all())}}
            for n in page.notes]


def plan(page: CasePage) -> dict[str, Any] | None:
    """The plan with its lines."""
    if page.plan is None:
        return None
    names = {w.principal: w.name for w in page.workers}
    rows = [{"goal": goal, "service": label("service_type", a.service_type), "concern": label("protection_concern", a.concern),
             "who": names.get(a.owner_id, "") if a.owner_id else "", "until": labels.day_words(a.due_on), "status": label("plan_action_status", a.status)}
            for a, goal in page.plan_actions]
    return {"goal": page.goal, "lines": rows, "approved": page.plan.state == "approved"}


def concerns(page: CasePage) -> Any:
    """Open concerns with their level, as a list."""
    rows = [(label("protection_concern", c), label("risk_level", level).lower()) for c, level in page.concerns.items()]
    return format_html_join(", ", '{} <span class="soft">({})</span>', rows)
