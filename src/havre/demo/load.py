"""How does the invented world come into an empty database? Through the same actions that people use, each at its time by the
right person, in one transaction: a load that is killed leaves nothing behind, and starting again begins anew.

The truth (who is who) never enters the database: it lies beside it in `demo-truth.json`, as ids only.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from django.db import connection, transaction

from havre.config.home import home
from havre.demo.world import World, generate

Tell = Callable[[int, int, str], None]


def truth_path() -> Path:
    """Where the truth of the loaded world lies."""
    return home() / "demo-truth.json"


def loaded() -> bool:
    """Whether an invented world is complete in this database."""
    from havre.access.models import User
    draft = truth_path().with_suffix(".new")
    there = User.objects.filter(username="amina").exists()
    if there and draft.exists():
        draft.replace(truth_path())
    return there


def load(*, seed: int, persons: int, children: int, requests: int, password: str, tell: Tell, now: datetime | None = None) -> None:
    """Load the whole world or nothing. `tell(done, total, what)` is called as it goes."""
    now = now or datetime.now(UTC)
    world = generate(seed=seed, persons=persons, children=children, requests=requests, today=now.date())
    _places()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local synchronous_commit = off")
        ids = _play(world, now, password, tell)
        _write_truth(world, ids)
    truth_path().with_suffix(".new").replace(truth_path())


def _places() -> None:
    from havre.reference.place_import import import_places
    from havre.reference.places import parse_places
    report = import_places(parse_places((files("havre") / "reference" / "data" / "demo_places.csv").read_bytes()))
    if report.errors:
        raise RuntimeError(f"the places of the demonstration cannot be read: {report.errors[0]}")


def _play(world: World, now: datetime, password: str, tell: Tell) -> dict[str, list[str]]:
    from havre.demo.loading import casework, finishing
    from havre.demo.loading.screening import screening_steps
    from havre.demo.loading.staff import make_staff
    from havre.demo.loading.steps import Step, play
    from havre.demo.loading.tracing import tracing_steps
    staff = make_staff(password)
    tell(1, 1, "agencies and people")
    known = casework.children(world.registrations, staff, now)
    steps: list[Step] = []
    for number, child in enumerate(known):
        steps += screening_steps(child, staff, number)
        steps += casework.steps_of(child)
    told, more = tracing_steps(world, known, staff, now)
    steps += more
    for child in known:
        steps += casework.later_steps(child)
    play(steps, tell, "steps of the story")
    finishing.finish(now)
    return {"registrations": [r.id for r in world.registrations],
            **{"files": [str(c.file) if c.file else "" for c in known], "request_files": [str(told.get(r.id, "")) for r in world.requests]}}


def _write_truth(world: World, ids: dict[str, list[str]]) -> None:
    """Who is who, by the files of the database; readable by its owner alone."""
    file_of = dict(zip(ids["registrations"], ids["files"], strict=True))
    asked = dict(zip([r.id for r in world.requests], ids["request_files"], strict=True))
    truth = {
        "seed": world.seed, "cases": file_of, "requests": asked,
        "pairs": [[asked[t], file_of[r]] for t, r in world.truth.pairs if asked.get(t) and file_of.get(r)],
        "duplicates": [[file_of[a], file_of[b]] for a, b in world.truth.duplicates if file_of.get(a) and file_of.get(b)],
        "persons": world.truth.registered, "sought": world.truth.sought}
    draft = truth_path().with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(truth, out)
