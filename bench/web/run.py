"""One run of the web benchmark: an instance of its own, loaded in bulk, asked over HTTP and in its process."""

import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.web.figures import at, figures, goal

SEED = 7
SIZES = {True: (100_000, 20_000), False: (1_000_000, 200_000)}
ROUNDS = {True: (25, 50, 150), False: (60, 120, 400)}  # rounds of reading, saves, queries
PAGE_MS, SAVE_MS, QUERY_MS, LOAD_S = 100, 150, 25, 900
NUMBER_MS, BOARD_MS = 500, 1500
SHOWN = ("case list", "case page", "today", "case list of a supervisor", "today of a supervisor")


def run(quick: bool, sizes: tuple[int, int] | None = None) -> dict[str, Any]:
    """Load, serve, ask, and say which goals are met. `quick` takes a tenth of the persons."""
    folder = Path(tempfile.mkdtemp(prefix="havre-bench-"))
    os.environ.update({"HAVRE_HOME": str(folder), "HAVRE_PRACTICE": "1", "HAVRE_LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "havre.config.settings"})
    for left in ("HAVRE_OWNER_URL", "HAVRE_APP_URL", "HAVRE_KEYRING", "DATABASE_URL"):
        os.environ.pop(left, None)
    from havre.config.boot import data_folder
    try:
        return _measure(quick, *(sizes or SIZES[quick]))
    finally:
        from havre.infra.server import stop_embedded
        stop_embedded(data_folder())
        shutil.rmtree(folder, ignore_errors=True)


def slowdown() -> float:
    """How much longer than its own computing a small piece of work takes: 1 on a quiet machine, 4 where eight others compute on
    two cores. Taken while measuring, so that a reader can judge the figures."""
    wall, own = time.perf_counter(), time.process_time()
    for _ in range(60):
        sum(n * n for n in range(60_000))
    return (time.perf_counter() - wall) / max(time.process_time() - own, 1e-6)


def _say(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


def _measure(quick: bool, persons: int, cases: int) -> dict[str, Any]:
    import django
    django.setup()
    from bench.web import queries as asked
    from havre.demo.world import bulk_queries
    from havre.infra.migrate import migrate
    migrate()
    loaded, size = _load(persons, cases)
    rounds, saves, count = ROUNDS[quick]
    questions = bulk_queries(SEED, persons, min(count, persons))
    _say(f"{len(questions)} tracing queries inside the application")
    inside = asked.ask(questions)
    measured = _pages(asked.codes_of_worker(200), rounds, saves, questions)
    return _told(persons, cases, loaded, size, inside, measured)


def _load(persons: int, cases: int) -> tuple[float, int]:
    from django.db import connection

    from havre.demo import bulk
    began = time.monotonic()
    bulk.load(persons=persons, cases=cases, seed=SEED, tell=lambda done, total, what: _say(f"{done:,} of {total:,} {what}"))
    loaded = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        return loaded, int(cursor.fetchone()[0])


def _pages(codes: list[str], rounds: int, saves: int, questions: list[Any]) -> "Any":
    from bench.web import pages
    from havre.cli.serve import free_port, running
    measured, rng = pages.Measured(), random.Random(5)
    chosen = [codes[n % len(codes)] for n in range(saves)]
    with running("127.0.0.1", free_port()) as address:
        worker, supervisor = pages.signed_in(address, "caseworker"), pages.signed_in(address, "supervisor")
        manager = pages.signed_in(address, "manager")
        _say("pages")
        warm = pages.Measured()
        pages.reads(warm, worker, supervisor, codes, 4, rng)
        pages.saves(warm, worker, codes[:4], address)
        pages.searches(warm, worker, questions[:6], address)
        pages.numbers(warm, manager, 2)
        measured.slowdown.append(slowdown())
        pages.reads(measured, worker, supervisor, codes, rounds, rng)
        measured.slowdown.append(slowdown())
        pages.numbers(measured, manager, rounds // 3)
        measured.slowdown.append(slowdown())
        pages.saves(measured, worker, chosen, address)
        pages.searches(measured, worker, questions[6:6 + saves], address)
        measured.slowdown.append(slowdown())
    return measured


def _told(persons: int, cases: int, loaded: float, size: int, inside: dict[str, Any], measured: Any) -> dict[str, Any]:
    goals = [goal(f"web.{name.replace(' ', '_')}_p95_ms", f"{name}: p95 of the server's time at most {PAGE_MS} ms", at(measured.server(name), 0.95), PAGE_MS)
             for name in SHOWN]
    goals += [
        goal("web.save_p95_ms", f"saving a visit: p95 of the server's time at most {SAVE_MS} ms", at(measured.server("save"), 0.95), SAVE_MS),
        goal("web.tracing_query_p95_ms", f"tracing query over {persons:,} persons inside the application: p95 at most {QUERY_MS} ms",
             at(inside["times"], 0.95), QUERY_MS),
        goal("web.search_page_p95_ms", f"search before create, page with its record of the search: p95 of the server's time at most {SAVE_MS} ms",
             at(measured.server("tracing query"), 0.95), SAVE_MS),
        goal("web.number_p95_ms", f"a number over the cases of an agency, of {cases:,}: p95 of the server's time at most {NUMBER_MS} ms",
             at(measured.server("a number of an agency"), 0.95), NUMBER_MS),
        goal("web.board_p95_ms", f"the board of an agency: p95 of the server's time at most {BOARD_MS} ms",
             at(measured.server("board of an agency"), 0.95), BOARD_MS),
        goal("web.bulk_load_s", f"loading {persons:,} persons and {cases:,} cases takes at most {LOAD_S} s", loaded, LOAD_S)]
    return {"goals": goals, "persons": persons, "cases": cases, "database_mib": size >> 20, "load_s": round(loaded, 1),
            "busy": [round(each, 1) for each in os.getloadavg()], "slowdown": [round(each, 2) for each in measured.slowdown],
            "server_ms": {name: figures(measured.server(name)) for name in measured.times},
            "outside_ms": {name: figures(measured.outside(name)) for name in measured.times},
            "tracing_query_ms": figures(inside["times"]), "recall_at_1": round(inside["recall_at_1"], 3),
            "recall_at_10": round(inside["recall_at_10"], 3)}
