"""How does a file of people come in? Upload, say what the columns mean, try, import all or nothing, undo."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from havre.access.files import open_file, settle
from havre.access.models import User
from havre.access.queries import actor_of
from havre.access.system import system_actor
from havre.core.intent import Intent
from havre.core.problems import InputRefused, Problem, TooManyTries
from havre.core.words import N_
from havre.exchange import fields, permissions, withdrawing
from havre.exchange.building import MODES, Terms
from havre.exchange.models import ImportBatch, ImportUpload
from havre.exchange.running import Order, Outcome, forget, run_rows
from havre.exchange.states import IMPORT, Status
from havre.exchange.tables import Table, read_table
from havre.infra import keys
from havre.infra.acting import acting
from havre.infra.actions import action
from havre.infra.jobs import job
from havre.infra.records import Edit
from havre.infra.unit import Unit
from havre.registration import permissions as registration
from havre.registration.actions_drafts import own_team
from havre.registration.rules import BASES
from havre.tracing import permissions as tracing

AT_ONCE = 50
MOST_A_DAY = 20_000


class _Back(Exception):
    """Rolls a try back; carries nothing."""


@action(permissions.IMPORT)
def upload_import(unit: Unit, *, kind: str, name: str, content: bytes) -> ImportBatch:
    """Take a CSV or XLSX file in, sealed. Raises InputRefused when it cannot be read, TooManyTries after too many rows in a day."""
    if kind not in fields.KINDS:
        raise InputRefused({"kind": [N_("Choose one of the answers.")]})
    table = read_table(content)
    _check_day(unit, len(table.rows))
    file = open_file(unit, "import", agency=unit.by.agency, team=own_team(unit))
    unit.require(file.pk, registration.REGISTER if kind == fields.CHILDREN else tracing.REQUEST)
    batch = unit.create(ImportBatch, file=file.pk, kind=kind, file_kind=table.kind, rows=len(table.rows), name=name[:200],
                        headers=list(table.headers))
    unit.create(ImportUpload, file=file.pk, batch_id=batch.pk, content=base64.b64encode(content).decode())
    unit.note("import_uploaded", batch, rows=len(table.rows), kind=kind)
    settle(unit, file, owner=unit.by.id)
    return batch


def _check_day(unit: Unit, rows: int) -> None:
    """So that nobody can ask the search about everyone by importing: a limit of rows for each person and day."""
    since = unit.at - timedelta(days=1)
    done = ImportBatch.objects.filter(created_by=unit.by.id, created_at__gt=since).aggregate(n=Sum("rows"))["n"] or 0
    if done + rows > MOST_A_DAY:
        raise TooManyTries()


@action(permissions.IMPORT_OWN)
def map_import(unit: Unit, *, batch: UUID, mapping: Mapping[str, str], terms: Terms) -> ImportBatch:
    """Say what each column means and what holds for every row. Raises InputRefused by heading."""
    record = unit.get(ImportBatch, batch, lock=True)
    status = IMPORT.move(record.status, "map")
    headers = unit.open(record, "headers")["headers"]
    chosen = {header: code for header, code in mapping.items() if code}
    errors = fields.check_mapping(record.kind, headers, chosen) | _check_terms(record.kind, terms)
    if errors:
        raise InputRefused(errors)
    said = asdict(terms)
    unit.change(record, status=status, mapping=chosen, legal_basis=terms.legal_basis, legal_reason=said.pop("legal_reason") or None,
                terms=said, report=None, good=0, wrong=0, flagged=0)
    unit.note("import_mapped", record, columns=len(chosen))
    return record


def _check_terms(kind: str, terms: Terms) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if terms.consent_mode not in MODES:
        errors["consent_mode"] = [N_("Choose one of the answers.")]
    if kind == fields.CHILDREN and terms.legal_basis not in BASES:
        errors["legal_basis"] = [N_("Choose on which legal basis these children are registered.")]
    if kind == fields.CHILDREN and terms.legal_basis != "consent" and not terms.legal_reason.strip():
        errors["legal_reason"] = [N_("Write why this legal basis holds for all of them.")]
    return errors


@action(permissions.IMPORT_OWN)
def try_import(unit: Unit, *, batch: UUID) -> ImportBatch:
    """Do everything that the import would do, keep what refused each row, and take all of it back."""
    record = unit.get(ImportBatch, batch, lock=True)
    status = IMPORT.move(record.status, "try")
    outcome = _run(unit, record, keep=False)
    _keep_report(unit, record, outcome, status=status)
    unit.note("import_tried", record, good=record.good, wrong=record.wrong, flagged=record.flagged)
    return record


@action(permissions.IMPORT_OWN)
def run_import(unit: Unit, *, batch: UUID, leave_out: Iterable[int] = (), different: Iterable[int] = ()) -> ImportBatch:
    """Import every row, or none. `leave_out`: row numbers not to import; `different`: rows that may be a known child and are not.

    Returns the batch: `imported`, or `tried` again with the rows that need mending, and then nothing was imported.
    """
    record = unit.get(ImportBatch, batch, lock=True)
    target = IMPORT.move(record.status, "run")
    left, looked = sorted(set(leave_out)), sorted(set(different))
    unit.change(record, terms={**record.terms, "leave_out": left, "different": looked})
    outcome = _run(unit, record, keep=True)
    if outcome.issues or outcome.flagged:
        _keep_report(unit, record, outcome, status=Status.TRIED)
        unit.note("import_refused", record, wrong=record.wrong, flagged=record.flagged)
        return record
    if not outcome.made:
        raise InputRefused({"": [N_("No row is left to import.")]})
    last = Edit.objects.filter(file_id__in=outcome.made).aggregate(last=Max("order"))["last"] or 0
    _keep_report(unit, record, outcome, status=target, imported_at=unit.at, made=outcome.made, last_edit=last, left_out=len(left))
    unit.note("import_done", record, good=len(outcome.made))
    keys.erase(ImportUpload.objects.get(batch_id=record.pk).pk, unit.at)
    return record


@action(permissions.IMPORT_OWN)
def queue_import(unit: Unit, *, batch: UUID, step: str, leave_out: Iterable[int] = (), different: Iterable[int] = ()) -> ImportBatch:
    """Try (`try`) or import (`run`) a large file in the background, as the same person. Progress is in `progress.ask`."""
    record = unit.get(ImportBatch, batch, lock=True)
    status = IMPORT.move(record.status, f"queue_{step}")
    terms = {**record.terms, "leave_out": sorted(set(leave_out)), "different": sorted(set(different))} if step == "run" else record.terms
    unit.change(record, status=status, terms=terms)
    unit.defer("exchange.work", batch=record.pk, step=step, user=unit.by.id, rid=uuid5(unit.rid, step))
    return record


@job("exchange.work")
def work(batch: str, step: str, user: str, rid: str) -> None:
    """The background part of `queue_import`, as the person who asked for it; someone who left since does nothing any more."""
    person = User.objects.select_related("agency").filter(pk=user, is_active=True).first()
    if person is None:
        return
    intent = Intent(actor_of(person, session="job"), timezone.now(), UUID(rid))
    try:
        carry_out(intent, UUID(batch), step)
    except Problem:
        with acting(system_actor()):
            found = ImportBatch.objects.filter(pk=batch, status__in=[Status.TRYING, Status.IMPORTING]).first()
        if found is not None:
            fail_import(Intent(intent.by, timezone.now(), uuid5(intent.rid, "failed")), batch=found.pk)


def carry_out(intent: Intent, batch: UUID, step: str) -> ImportBatch:
    """One step of a batch, now, with the rows chosen when it was queued."""
    if step == "try":
        return try_import(intent, batch=batch)
    with acting(intent.by):
        terms = ImportBatch.objects.values_list("terms", flat=True).get(pk=batch)
    return run_import(intent, batch=batch, leave_out=terms.get("leave_out", ()), different=terms.get("different", ()))


@action(permissions.IMPORT_OWN)
def fail_import(unit: Unit, *, batch: UUID) -> ImportBatch:
    """A background step could not be carried out: the columns are looked at again. Nothing was imported."""
    record = unit.get(ImportBatch, batch, lock=True)
    unit.change(record, status=IMPORT.move(record.status, "map"))
    unit.note("import_failed", record)
    return record


@action(permissions.UNDO)
def undo_import(unit: Unit, *, batch: UUID) -> ImportBatch:
    """Withdraw every record of an import that nobody has changed since; those changed are kept and listed in `kept`."""
    record = unit.get(ImportBatch, batch, lock=True)
    status = IMPORT.move(record.status, "undo")
    kept = withdrawing.withdraw(unit, record)
    unit.change(record, status=status, undone_at=unit.at, kept=kept)
    unit.note("import_undone", record, withdrawn=len(record.made) - len(kept), kept=len(kept))
    return record


@action(permissions.IMPORT_OWN)
def discard_import(unit: Unit, *, batch: UUID) -> ImportBatch:
    """Throw a file away that was not imported: its content can never be read again."""
    record = unit.get(ImportBatch, batch, lock=True)
    unit.change(record, status=IMPORT.move(record.status, "discard"), report=None)
    keys.erase(ImportUpload.objects.get(batch_id=record.pk).pk, unit.at)
    unit.note("import_discarded", record)
    return record


def table_of(unit: Unit, batch: ImportBatch) -> Table:
    """The uploaded table; the reading is audited."""
    upload = ImportUpload.objects.get(batch_id=batch.pk)
    return read_table(base64.b64decode(unit.open(upload, "content")["content"]))


def _run(unit: Unit, batch: ImportBatch, *, keep: bool) -> Outcome:
    """Run the rows; take everything back unless `keep` and nothing was refused."""
    known = unit.open(batch, "mapping", "legal_reason")
    said = {k: v for k, v in batch.terms.items() if k not in ("leave_out", "different")}
    order = Order(batch.kind, table_of(unit, batch), known["mapping"] or {}, Terms(**said, legal_reason=known["legal_reason"] or ""),
                  frozenset(batch.terms.get("leave_out", ())) if keep else frozenset(),
                  frozenset(batch.terms.get("different", ())) if keep else frozenset())
    marks = len(unit.stay.buffer), len(unit.files), len(unit.objects)
    outcome = Outcome()
    try:
        with transaction.atomic():
            outcome = run_rows(unit, order, batch.pk)
            if not keep or outcome.issues or outcome.flagged:
                raise _Back
    except _Back:
        forget(unit, marks)
    return outcome


def _keep_report(unit: Unit, batch: ImportBatch, outcome: Outcome, **values: Any) -> None:
    report = {"issues": outcome.issues, "flagged": {str(row): hits for row, hits in outcome.flagged.items()}}
    unit.change(batch, report=report, good=len(outcome.made), wrong=outcome.wrong, flagged=len(outcome.flagged), **values)

