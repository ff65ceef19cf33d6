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
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from havre.config.home import home
from havre.demo.loading.names import NOT_YET
from havre.demo.world import Stage, World, generate

if TYPE_CHECKING:
    from havre.demo.loading.casework import Child
    from havre.demo.loading.staff import Staff
    from havre.demo.loading.steps import Step
    from havre.demo.loading.tracing import Search

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
    """People first, then what colleagues elsewhere have on file, then day by day what the people of the demonstration did."""
    from havre.access.system import system_actor
    from havre.demo.loading import casework, finishing, numbers, register, rows, tracing
    from havre.demo.loading.names import own_id
    from havre.demo.loading.staff import make_staff
    from havre.demo.loading.steps import play
    from havre.infra.acting import acting
    staff = make_staff(password)
    tell(1, 1, "agencies and people")
    known = casework.children(world.registrations, staff, now)
    found = tracing.searches(world, known, staff, now)
    children, searches = _on_stage(known, found, staff)
    steps = _steps(known, children, [s for s in found if s.told.id in searches], staff)
    with acting(system_actor(), now=now) as stay:
        cases = [rows.case_file(c) for c in known if c.reg.id not in children and c.reg.case.stage is not Stage.SCREENED]
        asked = [rows.request_file(s.told, s.owner.id, s.team, s.owner.agency) for s in found if s.told.id not in searches]
        for search in found:
            if search.told.id not in searches:
                search.file = own_id("request file", search.told.id)
        rows.write([*cases, *asked], system_actor().id)
        stay.audit("demo_loaded", cases=len(cases), requests=len(asked))
    tell(len(cases) + len(asked), len(cases) + len(asked), "files of colleagues elsewhere")
    play(steps, tell, "steps of the story")
    tracing.match_all([s for s in found if s.told.id in searches], now)
    numbers.release(staff, now)
    register.releases(numbers.published(now))
    register.context(staff.actors["leyla"], numbers.published(now))
    finishing.lighten(staff, now)
    finishing.finish(now)
    return {"registrations": [c.reg.id for c in known], "files": [_text(c.file) for c in known],
            "requests": [s.told.id for s in found], "request_files": [_text(s.file) for s in found]}


def _text(id: UUID) -> str:
    return "" if id == NOT_YET else str(id)


def _on_stage(known: "list[Child]", found: "list[Search]", staff: "Staff") -> tuple[set[str], set[str]]:
    """Which children and requests the people of the demonstration work with: those are played step by step."""
    team, yonas = staff.teams["sabil", "gedaref"], staff.actors["yonas"].id
    searches = {s.told.id for s in found if s.owner.id == yonas or (s.child is not None and s.child.team == team)}
    children = {c.reg.id for c in known if c.team == team} | {s.child.reg.id for s in found if s.child is not None and s.told.id in searches}
    return children, searches


def _steps(known: "list[Child]", children: set[str], searches: "list[Search]", staff: "Staff") -> "list[Step]":
    from havre.demo.loading import casework, tracing
    from havre.demo.loading.screening import screening_steps
    steps: list[Step] = []
    for number, child in enumerate(known):
        if child.reg.id in children or child.reg.case.stage is Stage.SCREENED:
            steps += screening_steps(child, staff, number)
            steps += casework.steps_of(child)
            steps += tracing.wish_steps(child)
    matched: set[str] = set()
    for search in searches:
        first = search.child is not None and search.child.reg.id not in matched
        steps += tracing.search_steps(search, matched=first)
        if search.child is not None:
            matched.add(search.child.reg.id)
    for child in known:
        if child.reg.id in children:
            steps += casework.later_steps(child)
    return steps


def _write_truth(world: World, ids: dict[str, list[str]]) -> None:
    """Who is who, by the files of the database; readable by its owner alone."""
    file_of = dict(zip(ids["registrations"], ids["files"], strict=True))
    asked = dict(zip(ids["requests"], ids["request_files"], strict=True))
    truth = {
        "seed": world.seed, "cases": file_of, "requests": asked,
        "pairs": [[asked[t], file_of[r]] for t, r in world.truth.pairs if asked.get(t) and file_of.get(r)],
        "duplicates": [[file_of[a], file_of[b]] for a, b in world.truth.duplicates if file_of.get(a) and file_of.get(b)],
        "persons": world.truth.registered, "sought": world.truth.sought}
    draft = truth_path().with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(truth, out)
