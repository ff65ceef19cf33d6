"""How do children's data leave? For a purpose they agreed to, few at a time, encrypted, on the record."""

import base64
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from havre.access import queries as access
from havre.access.files import open_file, settle
from havre.cases.models import Case
from havre.cases.queries import CaseFilter
from havre.config.policies import policy_for
from havre.core.policy import Policy
from havre.core.problems import ExportCapExceeded, InputRefused, KeyErased, NothingHere
from havre.core.words import N_
from havre.exchange import fields, gates, permissions, rules, writing
from havre.exchange.models import ExportBatch, ExportContent
from havre.exchange.rules import PROFILES, Profile
from havre.infra import keys
from havre.infra.actions import action
from havre.infra.sealing import open_many
from havre.infra.unit import Unit
from havre.registration import rules as consent
from havre.registration.actions_drafts import own_team
from havre.registration.agreements import as_agreement
from havre.registration.models import Consent, Person


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `recipient` and `agreement` for every purpose but one's own use."""

    purpose: str
    reason: str
    profile: str = "work_list"
    file_kind: str = "xlsx"
    recipient: str = ""
    agreement: bool = False
    narrowed: CaseFilter = field(default_factory=CaseFilter)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was made: its record, and the password, which is kept nowhere."""

    batch: ExportBatch
    password: str


WORDS = {
    "code": N_("Code"), "risk_level": N_("Risk"), "stage": N_("Stage"), "status": N_("Status"), "registered_on": N_("Registered on"),
    "worker": N_("Worker"), "uasc_status": N_("Alone or separated"),
}


@action(permissions.EXPORT)
def export_children(unit: Unit, *, wanted: Wanted) -> Exported:
    """Make an encrypted archive of the children the actor may read, narrowed, agreed and within the cap.

    Raises InputRefused, GateRefused (G30, G42), ExportCapExceeded. A repeat of the request returns None: the password is
    shown once only.
    """
    profile = _checked(wanted)
    policy = policy_for(unit.by.country)
    cases = _readable(unit, wanted.narrowed)
    cap = rules.cap_of(profile, policy)
    facts = gates.ExportFacts(wanted.purpose, bool(wanted.reason.strip()), bool(wanted.recipient.strip()), wanted.agreement,
                              wanted.purpose in profile.purposes, rows=0, cap=cap)
    unit.check(gates.export_gates(facts))
    allowed = _agreed(cases, wanted.purpose, policy, unit)
    if len(allowed) > cap:
        raise ExportCapExceeded(cap=cap)
    if not allowed:
        raise InputRefused({"": [N_("No child in this list agreed to this purpose, so there is nothing to take out.")]})
    rows, kept = _rows(allowed, profile)
    file = open_file(unit, "export", agency=unit.by.agency, team=own_team(unit))
    left_out = len(cases) - len(rows)
    batch = unit.create(
        ExportBatch, file=file.pk, purpose=wanted.purpose, profile=profile.code, file_kind=wanted.file_kind, rows=len(rows),
        left_out=left_out, agreement=wanted.agreement, expires_at=unit.at + rules.KEPT_FOR, reason=wanted.reason.strip(),
        recipient=wanted.recipient.strip() or None)
    password = writing.password_of(secrets.token_bytes(16))
    content = _archive(unit, wanted, profile, rows, file.code, password)
    unit.create(ExportContent, file=file.pk, batch_id=batch.pk, content=base64.b64encode(content).decode())
    unit.note("export_made", batch, rows=len(rows), left_out=left_out, purpose=wanted.purpose)
    settle(unit, file, owner=unit.by.id)
    for case in kept:
        unit.touch(case.file_id)
        unit.note("taken_out", file=case.file_id, purpose=wanted.purpose, profile=profile.code)
    unit.detail |= {"rows": len(rows), "left_out": left_out, "purpose": wanted.purpose, "profile": profile.code}
    return Exported(batch, password)


@action(permissions.FETCH)
def fetch_export(unit: Unit, *, export: UUID) -> tuple[str, bytes]:
    """The archive, once: (file name, bytes). Afterwards, or after 24 hours, its key is forgotten. Raises NothingHere."""
    batch = unit.get(ExportBatch, export, lock=True)
    content = ExportContent.objects.get(batch_id=batch.pk)
    if batch.fetched_at is not None or batch.expires_at <= unit.at:
        raise NothingHere()
    data = base64.b64decode(unit.open(content, "content")["content"])
    unit.change(batch, fetched_at=unit.at)
    keys.erase(content.pk, unit.at)
    unit.note("export_fetched", batch)
    return f"havre-{batch.file.code}.zip", data


def _checked(wanted: Wanted) -> Profile:
    errors: dict[str, list[str]] = {}
    profile = PROFILES.get(wanted.profile)
    for name, good in (("profile", profile is not None), ("file_kind", wanted.file_kind in rules.FILE_KINDS),
                       ("purpose", not wanted.purpose or wanted.purpose in rules.PURPOSES)):
        if not good:
            errors[name] = [N_("Choose one of the answers.")]
    if len(wanted.reason) > 500 or len(wanted.recipient) > 200:
        errors["reason"] = [N_("Write at most 500 letters here.")]
    if errors or profile is None:
        raise InputRefused(errors)
    return profile


def _readable(unit: Unit, narrowed: CaseFilter) -> list[Case]:
    """The cases in scope that the actor may read, as narrowed; those entered in error never."""
    from havre.cases.permissions import READ
    rows = access.scoped(Case, unit.by).exclude(status="entered_in_error").select_related("file", "child")
    for column, value in (("status", narrowed.status), ("risk_level", narrowed.risk), ("stage", narrowed.stage)):
        rows = rows.filter(**{column: value}) if value else rows
    if narrowed.whose == "mine":
        rows = rows.filter(owner_id=unit.by.id)
    return [case for case in rows.order_by("registered_at", "id") if access.may(unit.by, READ, case.file_id)]


def _agreed(cases: Sequence[Case], purpose: str, policy: Policy, unit: Unit) -> list[Case]:
    """Those whose agreement (or legal basis) covers the purpose."""
    events: dict[UUID, list[Any]] = defaultdict(list)
    children = [case.child_id for case in cases]
    for row in Consent.objects.filter(person_id__in=children).order_by("given_at", "id"):
        events[row.person_id].append(as_agreement(row))
    today, out = unit.at.date(), []
    for case in cases:
        child = case.child
        ages = consent.ages(None, child.age_min, child.age_max, child.recorded_on, today)
        if rules.covered(purpose, case.legal_basis, events[child.pk], ages, policy, unit.at):
            out.append(case)
    return out


def _rows(cases: Sequence[Case], profile: Profile) -> tuple[list[list[str]], list[Case]]:
    """One row of text for each child; a child whose data were destroyed has none."""
    wanted = rules.sealed_fields(profile)
    names = access.names_of({case.owner_id for case in cases}) if "worker" in profile.fields else {}
    rows, kept = [], []
    for case, values in _opened(cases, wanted):
        cells = _cells(case, case.child, values, names)
        rows.append([cells.get(code, "") for code in profile.fields])
        kept.append(case)
    return rows, kept


def _opened(cases: Sequence[Case], wanted: Sequence[str]) -> list[tuple[Case, Mapping[str, Any]]]:
    if not wanted:
        return [(case, {}) for case in cases]
    try:
        return list(zip(cases, open_many([case.child for case in cases], *wanted), strict=True))
    except KeyErased:
        out: list[tuple[Case, Mapping[str, Any]]] = []
        for case in cases:
            try:
                out.append((case, open_many([case.child], *wanted)[0]))
            except KeyErased:
                continue
        return out


def _cells(case: Case, child: Person, values: Mapping[str, Any], names: Mapping[UUID, str]) -> dict[str, str]:
    separation = values.get("separation") or {}
    out = {
        "code": case.file.code, "risk_level": case.risk_level, "stage": case.stage, "status": case.status, "uasc_status": case.uasc_status,
        "registered_on": case.registered_at.date().isoformat(), "worker": names.get(case.owner_id, ""), "sex": child.sex,
        "age": _text(child.age_min), "age_max": _text(child.age_max), "recorded_on": _text(child.recorded_on),
        "languages": "; ".join(child.languages), "birth_date": _text(values.get("birth_date")), "address": _text(values.get("address")),
        "features": _text(values.get("features")), "nationalities": "; ".join(values.get("nationalities") or ()),
        "phones": "; ".join(values.get("phones") or ()), "origin": " > ".join(values.get("origin") or ()),
        "last_seen": " > ".join(values.get("last_seen") or ()), "separation_date": _text(separation.get("date")),
        "separation_place": _place(separation.get("place"))}
    kinds = {"full": "full_name"}
    for name in values.get("names") or ():
        code = kinds.get(name["kind"], name["kind"])
        out[code] = f"{out[code]}; {name['value']}" if out.get(code) else name["value"]
    return out


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _place(value: object) -> str:
    return " > ".join(map(str, value)) if isinstance(value, list | tuple) else _text(value)


def words_of(code: str) -> str:
    """The heading of a field in the language of whoever exports; its code stands where there are no words."""
    if code in WORDS:
        return gettext(WORDS[code])
    return gettext(fields.field(fields.CHILDREN, code).words)


def _archive(unit: Unit, wanted: Wanted, profile: Profile, rows: Sequence[Sequence[str]], code: str, password: str) -> bytes:
    headers = [words_of(name) for name in profile.fields]
    about = [(gettext("Export"), code), (gettext("Purpose"), wanted.purpose), (gettext("Made on"), unit.at.date().isoformat()),
             (gettext("Made by"), access.names_of({unit.by.id}).get(unit.by.id, "")),
             (gettext("Do not pass on. Delete when the purpose is fulfilled."), "")]
    if wanted.file_kind == "xlsx":
        return writing.archive({f"{code}.xlsx": writing.xlsx_bytes(headers, rows, about)}, password)
    note = "\n".join(f"{name}: {said}".rstrip(": ") for name, said in about)
    return writing.archive({f"{code}.csv": writing.csv_bytes(headers, rows), "about.txt": note.encode()}, password)
