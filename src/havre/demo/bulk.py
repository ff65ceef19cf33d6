"""How do a million invented persons and two hundred thousand cases come into a database in minutes? Two processes make rows with
their edits, keys and index entries and COPY them as the owner; nothing is judged on the way."""

import multiprocessing
import os
from collections.abc import Callable
from datetime import UTC, datetime
from queue import Empty
from typing import Any
from uuid import UUID

import psycopg

PROCESSES = 2
PASSWORD = "havre demo practice"  # noqa: S105  (invented people only)
SIGN_IN = {"caseworker": "bulk-worker", "supervisor": "bulk-supervisor", "tracing_officer": "bulk-tracer", "manager": "bulk-manager"}
Tell = Callable[[int, int, str], None]


def load(*, persons: int, cases: int, seed: int, tell: Tell, processes: int = PROCESSES) -> int:
    """Load `persons` invented persons of whom `cases` have a case. Returns how many of them were loaded.

    Relatives whom children with a case named come in addition. The four people of `SIGN_IN` may look at it.
    """
    from havre.demo.world.bulk_block import BLOCK
    from havre.registration import bulk as rows
    _staff()
    now = datetime.now(UTC)
    owner = os.environ["HAVRE_OWNER_URL"]
    with psycopg.connect(owner) as link:
        rows.prepare(link)
        try:
            count = (persons + BLOCK - 1) // BLOCK
            done = _spread(owner, persons, cases, seed, now, count, min(processes, count), tell)
        finally:
            tell(persons, persons, "persons; now the indexes and statistics")
            link.rollback()
            rows.finish(link)
    return done


def _spread(owner: str, persons: int, cases: int, seed: int, now: datetime, blocks: int, processes: int, tell: Tell) -> int:
    """Let processes work on turns of blocks; raise when one of them fails."""
    context = multiprocessing.get_context("spawn")
    said: Any = context.Queue()
    workers = [context.Process(target=_work, args=(owner, persons, cases, seed, now, range(start, blocks, processes), said))
               for start in range(processes)]
    for worker in workers:
        worker.start()
    done = left = 0
    shown = 0
    try:
        left = processes
        while left:
            try:
                number = said.get(timeout=1)
            except Empty:
                if any(w.exitcode not in (None, 0) for w in workers):
                    raise RuntimeError("a loading process ended before its work was done") from None
                continue
            left -= number is None
            done += number or 0
            if done - shown >= max(persons // 20, 1):
                shown = done
                tell(done, persons, "persons")
    finally:
        for worker in workers:
            if left:
                worker.terminate()
            worker.join()
    return done


def _work(owner: str, persons: int, cases: int, seed: int, now: datetime, only: range, said: Any) -> None:
    """One process: its blocks, in chunks of one block."""
    import django
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.config.settings")
    django.setup()
    from havre.access.system import SYSTEM_ID
    from havre.demo.loading.many import files_of
    from havre.demo.world import iter_bulk, iter_bulk_cases
    from havre.demo.world.bulk_block import BLOCK
    from havre.registration import bulk as rows
    with psycopg.connect(owner) as link:
        link.execute("set synchronous_commit = off")
        for number in only:
            block = range(number, number + 1)
            known = {c.person: c for part in iter_bulk_cases(seed, persons, cases, BLOCK, now.date(), block) for c in part} if cases else {}
            for people in iter_bulk(seed, persons, BLOCK, now.date(), block):
                rows.insert(link, files_of(people, known, now), at=now, by=SYSTEM_ID)
                said.put(len(people))
    said.put(None)


def _staff() -> None:
    """Four agencies with ten teams of ten caseworkers and a supervisor; four people with a password."""
    from havre.access.models import Agency, Membership, Team, User
    from havre.access.signin import set_password
    from havre.access.system import system_actor
    from havre.demo.loading.many import TEAMS_PER_AGENCY, WORKERS_PER_TEAM
    from havre.demo.loading.names import own_id
    from havre.demo.world import AGENCIES
    from havre.infra.acting import acting
    people: list[tuple[UUID, str, str, str, UUID]] = []
    with acting(system_actor()) as stay:
        for agency in AGENCIES:
            Agency.objects.get_or_create(id=own_id("agency", agency.code), defaults={
                "code": agency.code.replace("_", "-"), "name": agency.name, "country": agency.country})
            for number in range(TEAMS_PER_AGENCY):
                team = own_id("bulk team", agency.code, number)
                Team.objects.get_or_create(id=team, defaults={"agency_id": own_id("agency", agency.code), "name": f"{agency.name}, team {number + 1}"})
                people += [(own_id("bulk worker", agency.code, number, n), f"{agency.code}.{number}.{n}", "caseworker", agency.code, team)
                           for n in range(WORKERS_PER_TEAM)]
                people.append((own_id("bulk supervisor", agency.code, number), f"{agency.code}.{number}.lead", "supervisor", agency.code, team))
        first = AGENCIES[0].code
        people.append((own_id("bulk tracer", first), f"{first}.tracer", "tracing_officer", first, own_id("bulk team", first, 0)))
        people.append((own_id("bulk manager", first), f"{first}.manager", "manager", first, own_id("bulk team", first, 0)))
        shown = {f"{first}.0.0": "caseworker", f"{first}.0.lead": "supervisor", f"{first}.tracer": "tracing_officer", f"{first}.manager": "manager"}
        there = set(User.objects.values_list("pk", flat=True))
        for id, name, role, code, team in people:
            if id in there:
                continue
            user = User(id=id, username=SIGN_IN[shown[name]] if name in shown else name, name=name.replace(".", " ").title(), role=role,
                        agency_id=own_id("agency", code))
            if name in shown:
                set_password(user, PASSWORD)
            else:
                user.set_unusable_password()
            user.save(force_insert=True)
            Membership.objects.create(user=user, team_id=team, supervises=role == "supervisor")
        stay.audit("bulk_people_made", people=len(people))
