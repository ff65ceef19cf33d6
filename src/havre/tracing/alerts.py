"""Is this adult on the alert list? Keyed tokens are compared by the system; nobody sees another agency's entries."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from havre.access.files import open_file, settle
from havre.core.problems import InputRefused
from havre.core.words import N_
from havre.infra import keys
from havre.infra.actions import action
from havre.infra.unit import Unit
from havre.tracing import facts, permissions, rules
from havre.tracing.across import carried
from havre.tracing.inputs import need_reasons, one_of, refuse
from havre.tracing.models import AlertCheck, AlertEntry, Match, Reunification
from havre.tracing.rules import AlertState


def _key() -> bytes:
    return keys.ring().derive_key("alert tokens")


def tokens_of(names: Sequence[str], numbers: Sequence[str]) -> list[str]:
    """Names and numbers as keyed tokens."""
    return rules.keyed(_key(), rules.name_sounds(names) | rules.number_marks(numbers))


@action(permissions.ALERTS)
def add_alert(unit: Unit, *, alert: str, names: Sequence[str], numbers: Sequence[str] = (), reasons: str, source: str = "",
              ends_on: date | None = None) -> AlertEntry:
    """Put someone on the alert list, with reasons. The entry is a file of the supervisor's own team."""
    errors: dict[str, list[str]] = {}
    one_of(errors, "alert", alert, rules.ALERT_KINDS)
    written = [n.strip() for n in names if n.strip()]
    if not written:
        errors["names"] = [N_("Write at least one name.")]
    refuse(errors)
    marks = tokens_of(written, numbers)
    if not marks:
        raise InputRefused({"names": [N_("Write at least one name.")]})
    file = open_file(unit, "alert", agency=unit.by.agency, team=min(unit.by.supervises, default=None))
    entry = unit.create(AlertEntry, file=file.pk, alert=alert, tokens=marks, ends_on=ends_on, entered_by=unit.by.id,
                        entered_at=unit.at, names=written, numbers=[n.strip() for n in numbers if n.strip()],
                        reasons=need_reasons("reasons", reasons), source=source.strip() or None)
    unit.note("alert_added", entry, alert=alert)
    settle(unit, file, owner=unit.by.id)
    return entry


@action(permissions.ALERT)
def end_alert(unit: Unit, *, entry: UUID, reasons: str) -> AlertEntry:
    """Take someone off the alert list, with reasons; the entry stays readable."""
    row = unit.get(AlertEntry, entry)
    unit.change(row, active=False, ended_reasons=need_reasons("reasons", reasons))
    unit.note("alert_ended", row)
    return row


@action(permissions.ASSESS)
def check_alerts(unit: Unit, *, match: UUID) -> AlertCheck:
    """Compare the adult of a match with the alert list. Says hit or not, never whose entry."""
    row = unit.get(Match, match)
    return run_check(unit, row, facts.live_reunion(row))


def run_check(unit: Unit, match: Match, reunion: Reunification | None) -> AlertCheck:
    """The comparison inside another action. A hit that was cleared stays cleared while the hits are the same."""
    marks = facts.adult_marks(match, reunion)
    hits = _hits(unit, rules.keyed(_key(), marks))
    about = facts.about(marks)
    last = facts.newest_check(match)
    values: dict[str, Any] = {"about": about, "hits": sorted(hits), "checked_at": unit.at, "state": AlertState.HIT if hits else AlertState.CLEAR}
    known = last is not None and last.about == about and set(last.hits) >= hits
    if hits and known and last is not None and last.state == AlertState.CLEARED:
        unit.change(last, checked_at=unit.at)
        return last
    check = unit.create(AlertCheck, file=match.file_id, match_id=match.pk, child_person=match.child_person,
                        **{**values, "state": values["state"].value})
    unit.note("alert_checked", check, result=check.state)
    return check


def _hits(unit: Unit, marks: Sequence[str]) -> set[UUID]:
    """The entries an adult may be; looked up across every agency by the system."""
    with carried(unit):
        rows = AlertEntry.objects.filter(active=True, tokens__overlap=list(marks)).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=unit.at.date())) if marks else AlertEntry.objects.none()
        return {row.pk for row in rows if rules.is_alert_hit(row.tokens, marks)}


@action(permissions.CLEAR_ALERT)
def clear_alert(unit: Unit, *, match: UUID, reasons: str) -> Match:
    """A supervisor looked into a hit, or into the red flags of the interviews, and writes why the child is safe."""
    row = unit.get(Match, match)
    said = need_reasons("reasons", reasons)
    check = facts.newest_check(row)
    if check is not None and check.state == AlertState.HIT:
        unit.change(check, state=AlertState.CLEARED.value, cleared_by=unit.by.id, cleared_at=unit.at, cleared_reasons=said)
        unit.note("alert_cleared", check)
    if row.red_flags:
        unit.change(row, flags_cleared_by=unit.by.id, flags_cleared_at=unit.at, flags_reasons=said)
        unit.note("red_flags_cleared", row)
    return row
