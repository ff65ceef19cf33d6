"""A worker is killed in the middle of a job: is the job done by the next one?"""

from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from havre.infra.jobs import ATTEMPTS, defer, take_up_again

pytestmark = pytest.mark.django_db


def held_by(worker: str, attempts: int = 1) -> int:
    """A job in the hands of a worker, as the killed one left it."""
    defer("registration.count_common")
    with connection.cursor() as cursor:
        cursor.execute("select max(id) from procrastinate_jobs")
        job = int(cursor.fetchone()[0])
        if worker == "gone":
            cursor.execute("update procrastinate_jobs set status = 'doing', attempts = %s where id = %s", [attempts, job])
            return job
        last = "now()" if worker == "alive" else "now() - interval '10 minutes'"
        cursor.execute(f"insert into procrastinate_workers (last_heartbeat) values ({last}) returning id")
        cursor.execute("update procrastinate_jobs set status = 'doing', attempts = %s, worker_id = %s where id = %s", [attempts, cursor.fetchone()[0], job])
    return job


def status(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select status::text from procrastinate_jobs where id = %s", [job])
        return str(cursor.fetchone()[0])


def swept() -> None:
    async_to_sync(take_up_again)(SimpleNamespace(app=app))


@pytest.mark.parametrize("worker", ["gone", "silent"])
def test_a_job_whose_worker_was_killed_is_queued_again(worker):
    job = held_by(worker)
    swept()
    assert status(job) == "todo"


def test_a_job_in_the_hands_of_a_worker_that_lives_stays_there():
    job = held_by("alive")
    swept()
    assert status(job) == "doing"


def test_a_job_that_ends_every_worker_stays_failed():
    job = held_by("gone", attempts=ATTEMPTS)
    swept()
    assert status(job) == "failed"


def test_every_minute_somebody_looks():
    assert any(periodic.task.name == "infra.take_up_again" and periodic.cron == "* * * * *" for periodic in app.periodic_registry.periodic_tasks.values())
