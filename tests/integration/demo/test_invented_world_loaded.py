"""The invented world comes in whole or not at all, the same for the same seed, with every stage and with work for the six."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from havre.access.models import File, User
from havre.access.system import ensure_system, system_actor
from havre.cases.models import Approval, Case, Task
from havre.demo import load as door
from havre.demo.loading import finishing
from havre.demo.loading.names import own_id
from havre.identification.models import Screening
from havre.infra.acting import acting
from havre.infra.audit import AuditEntry
from havre.registration.models import Person
from havre.tracing.models import Candidate, TracingRequest

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
Load = Callable[[], list[str]]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Load:
    """Load a small world; returns what was told on the way."""
    monkeypatch.setattr(door, "truth_path", lambda: tmp_path / "demo-truth.json")

    def run() -> list[str]:
        ensure_system()
        said: list[str] = []
        door.load(seed=3, persons=160, children=40, requests=16, password="only for tests here", now=NOW,
                  tell=lambda done, total, what: said.append(f"{what} {done}/{total}"))
        return said
    return run


def counted() -> dict[str, Any]:
    """What is in the database, by what does not depend on chance."""
    with acting(system_actor()):
        return {
            "stages": Counter(Case.objects.values_list("stage", "tracing_status", "risk_level", "owner_id")),
            "persons": Person.objects.count(), "requests": Counter(TracingRequest.objects.values_list("status", "owner_id")),
            "screenings": Counter(Screening.objects.values_list("status", flat=True)), "tasks": Counter(Task.objects.values_list("kind", flat=True)),
            "candidates": Counter(Candidate.objects.values_list("side", "status", "per_thousand"))}


def amina_has_work_and_what_comes_next_comes_to_her() -> None:
    amina = User.objects.get(username="amina")
    with acting(system_actor()):
        mine = Task.objects.filter(owner_id=amina.pk, done_at__isnull=True)
        assert mine.filter(due_at__gt=NOW).exists()
        assert Case.objects.filter(owner_id=amina.pk).exists()
        from havre.identification.receiving import worker_of
        assert worker_of(own_id("team", "sabil", "gedaref")) == amina.pk


def the_truth_lies_apart_and_holds_ids_only(path: Path) -> None:
    truth = json.loads(path.read_text("utf-8"))
    assert path.stat().st_mode & 0o077 == 0
    files = {str(f) for f in File.objects.values_list("pk", flat=True)}
    assert {f for f in truth["cases"].values() if f} | {f for f in truth["requests"].values() if f} <= files
    assert truth["pairs"] and all(one in files and other in files for one, other in truth["pairs"])
    with acting(system_actor()):
        from havre.infra.sealing import open_many
        names = {n["value"] for row in open_many(list(Person.objects.all()[:50]), "names") for n in row["names"] or []}
    text = path.read_text("utf-8")
    assert names and not any(name in text for name in names if len(name) > 4)


def test_the_world_is_complete_the_same_again_and_its_truth_lies_apart(load: Load, tmp_path: Path) -> None:
    from django.db import transaction

    class Undone(Exception):
        pass

    first: dict[str, Any] = {}
    with pytest.raises(Undone), transaction.atomic():
        said = load()
        first = counted()
        assert door.loaded()
        assert any(line.startswith("steps of the story") for line in said)
        raise Undone
    assert not door.loaded()
    load()
    assert counted() == first
    stages = {stage for stage, _t, _r, _o in first["stages"]}
    assert {"registered", "assessed", "plan_agreed", "implementing"} <= stages
    assert first["screenings"]["referred"] + first["screenings"]["acknowledged"] > 0
    assert sum(first["requests"].values()) == 16
    assert first["candidates"]
    with acting(system_actor()):
        assert not Case.objects.filter(registered_at__gt=NOW).exists()
        assert not Task.objects.filter(done_at__gt=NOW).exists()
        decided = Approval.objects.exclude(decision="waiting")
        assert decided.exists() and not any(a.decided_by == a.requested_by for a in decided)
    amina_has_work_and_what_comes_next_comes_to_her()
    the_truth_lies_apart_and_holds_ids_only(tmp_path / "demo-truth.json")


def test_a_load_that_fails_leaves_nothing_and_can_be_repeated(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(now: datetime) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(finishing, "finish", stop)
    with pytest.raises(KeyboardInterrupt):
        load()
    assert not door.loaded()
    assert not User.objects.filter(username="amina").exists()
    assert not File.objects.exists()
    assert not AuditEntry.objects.filter(action="demo_loaded").exists()
    monkeypatch.undo()


def test_a_small_world_as_tests_use_it_loads_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(door, "truth_path", lambda: tmp_path / "demo-truth.json")
    ensure_system()
    door.load(seed=1, persons=60, children=24, requests=10, password="only for tests here", tell=lambda *_: None, now=NOW - timedelta(days=3))
    assert door.loaded()
