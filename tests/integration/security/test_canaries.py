"""What does a thief with the disk find? Markers in every sealed field of a living instance; then its disk is searched.

Searched are the database's files with its write-ahead log, the server's log, everything the instance wrote to its terminal,
and (as rows) the arguments of jobs and the audit log. A marker planted in a plain column shows that the search finds.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import ROOT, environment, running

PLANT = """
import json, os, secrets
os.environ["DJANGO_SETTINGS_MODULE"] = "havre.config.settings"
import django; django.setup()
from datetime import UTC, datetime
from uuid import uuid4
from django.db import ProgrammingError, connection, models, transaction
from django.db.models.fields import NOT_PROVIDED
from havre.access.decide import permission
from havre.access.system import system_actor
from havre.core import crypto
from havre.core.intent import Intent
from havre.infra.acting import acting
from havre.infra.fields import Sealed, SealedField, SealedJson
from havre.infra.keys import DataKey, make_key
from havre.infra.records import Record
from havre.infra.rls import record_models
from havre.infra.unit import Unit
from havre.registration.models import Person
from havre.registration.persons import change_person

ANY = permission("test.plant", system="")
KNOWN = {"exchange.importbatch.kind": "children"}  # a column that takes only certain words
markers, unplanted, opened = [], [], {}
private, public = crypto.new_person_keys()

def plausible(field):
    # any value the column takes, for kinds of record that neither the world nor the walk has a row of
    if field.is_relation:
        other = field.related_model
        found = other._default_manager.values_list("pk", flat=True).first()
        if found is None and not issubclass(other, Record):
            found = other._default_manager.create(**{f.attname: plausible(f) for f in other._meta.concrete_fields}).pk
        return found
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    if field.null:
        return None
    simple = {models.UUIDField: uuid4, models.DateTimeField: lambda: datetime.now(UTC), models.DateField: lambda: datetime.now(UTC).date(),
              models.BooleanField: bool, models.JSONField: dict, models.TextField: lambda: "x", models.CharField: lambda: "x",
              models.IntegerField: lambda: 1, models.FloatField: lambda: 1.0, models.BinaryField: bytes}
    return next(make() for kind, make in simple.items() if isinstance(field, kind))

def sealing_key_lives(row):
    return not DataKey.objects.filter(subject=row.subject_id(), wrapped__isnull=True).exists()

with acting(system_actor()) as stay:
    somebody = Person.objects.order_by("created_at").first()
    for model in record_models():
        sealed = [f for f in model._meta.concrete_fields if isinstance(f, SealedField)]
        if not sealed:
            continue
        row = model._default_manager.order_by("created_at").first()
        values = {}
        for field in sealed:
            marker = "CANARY" + secrets.token_hex(12)
            markers.append(marker)
            if field.tier == "C":
                values[field.attname] = Sealed(crypto.seal_to(public, marker.encode(), b"place"))
            elif isinstance(field, SealedJson):
                values[field.attname] = {"canary": marker}
            else:
                values[field.attname] = marker
        unit = Unit(Intent(system_actor(), datetime.now(UTC), uuid4()), ANY, stay)
        plain = {n: f for n, f in model.editable().items() if not isinstance(f, SealedField)}
        try:
            with transaction.atomic():
                if row is None or not sealing_key_lives(row):
                    made = {n: KNOWN.get(f"{model.record_kind()}.{n}") or plausible(f) for n, f in plain.items()}
                    pk = uuid4()
                    if model(id=pk, file_id=somebody.file_id, **made).subject_id() == pk:  # a record under a key of its own
                        make_key(pk, datetime.now(UTC))
                    unit.create(model, file=somebody.file_id, id=pk, **made, **values)
                else:
                    unit.change(row, **values)
        except ProgrammingError:  # an append-only table: one more row like it
            unit.create(model, file=row.file_id, **{n: getattr(row, n) for n in plain}, **values)
        except Exception as error:
            unplanted.append(f"{model.record_kind()}: {error}")
            continue
        opened[model.record_kind()] = len(values)
with acting(system_actor()) as stay:
    person = Person.objects.order_by("created_at").last()
    marker = "CANARY" + secrets.token_hex(12)
    markers.append(marker)
    unit = Unit(Intent(system_actor(), datetime.now(UTC), uuid4()), ANY, stay)
    change_person(unit, person, names=[{"value": marker, "kind": "full"}])
    unit.finish()
control = "CONTROL" + secrets.token_hex(12)
with connection.cursor() as cursor:
    cursor.execute("update access_agency set contact = %s", [control])
print(json.dumps({"markers": markers, "unplanted": unplanted, "control": control, "opened": opened}))
"""
ROWS = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "havre.config.settings"
import django; django.setup()
from django.db import connections
with connections["owner"].cursor() as cursor:
    cursor.execute("select coalesce(string_agg(args::text, ' '), '') from procrastinate_jobs")
    jobs = cursor.fetchone()[0]
    cursor.execute("select string_agg(body, ' ') from infra_audit")
    log = cursor.fetchone()[0]
print(json.dumps({"jobs": jobs, "log": log}))
"""


def run(code: str, home: Path) -> dict[str, object]:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def found_in(folder: Path, wanted: list[str]) -> set[str]:
    """Which of the words stand in any file below a folder, as UTF-8 or UTF-16."""
    needles = {w: (w.encode(), w.encode("utf-16-le")) for w in wanted}
    seen: set[str] = set()
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        seen |= {w for w, forms in needles.items() if any(f in content for f in forms)}
    return seen


@pytest.mark.slow
def test_no_sealed_value_lies_in_clear_on_disk_in_logs_or_in_jobs():
    from havre.demo.bulk import PASSWORD
    from havre.demo.smoke import walk
    from havre.demo.world import generate
    with running(persons=60, children=24, requests=10) as instance:
        assert walk(instance.address, PASSWORD).ok
        planted = run(PLANT, instance.home)
        world = generate(seed=1, persons=60, children=24, requests=10)
        names = sorted({n.value for r in world.registrations for n in r.names if len(n.value.encode()) > 9})
        rows = run(ROWS, instance.home)
        wanted = [*planted["markers"], *names]
        seen = found_in(instance.home, [*wanted, planted["control"]])
        terminal = instance.said()
    assert len(planted["markers"]) > 35
    assert planted["control"] in seen, "the search does not find what is there"
    assert seen - {planted["control"]} == set()
    for text in (rows["jobs"], rows["log"], terminal):
        assert not [w for w in wanted if w in text]
    assert planted["unplanted"] == [], str(planted["unplanted"]) + " these kinds of record got no marker"
