"""What happens later, and who is told? Jobs on PostgreSQL, deferred in the transaction that causes them.

Arguments are ids and codes only. Upward notifications (a domain telling one below it in the layout) go through the
table in `config/wiring.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

if TYPE_CHECKING:
    from havre.infra.records import Record
    from havre.infra.unit import Unit

ATTEMPTS: Final = 5  # a job that has ended its worker so often stays failed, for somebody to look at
JOBS: dict[str, Callable[..., None]] = {}


def job(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as a job. It runs in `acting(SYSTEM)`; its arguments are strings (ids and codes)."""
    def wrap(function: Callable[..., None]) -> Callable[..., None]:
        JOBS[name] = function

        def run(**arguments: str) -> None:
            from havre.access.system import system_actor
            from havre.infra.acting import acting
            with acting(system_actor()):
                function(**arguments)

        app.task(name=name, pass_context=False)(run)
        return function
    return wrap


def defer(job_name: str, *, at: datetime | None = None, **arguments: str) -> None:
    """Queue a job inside the current transaction; `at` (aware) delays it. Unknown names raise KeyError."""
    if job_name not in JOBS:
        raise KeyError(f"no job is called {job_name}")
    extra: dict[str, Any] = {"schedule_at": at} if at is not None else {}
    app.configure_task(job_name, **extra).defer(**arguments)


async def take_up_again(context: JobContext, **_when: object) -> None:
    """Every minute: what a worker held when it was killed is queued again. Every job may run twice without a second effect."""
    manager = context.app.job_manager
    for held in await manager.get_stalled_jobs():
        if held.attempts < ATTEMPTS:
            await manager.retry_job(held)
        else:
            await manager.finish_job(held, Status.FAILED, delete_job=False)


app.periodic(cron="* * * * *")(app.task(name="infra.take_up_again", queueing_lock="infra.take_up_again", pass_context=True)(take_up_again))


def announce(unit: Unit, event: str, record: Record) -> None:
    """Tell those whom `config.wiring.WIRING` names for this event, in the same transaction."""
    from django.utils.module_loading import import_string

    from havre.config.wiring import WIRING
    for target in WIRING.get(event, ()):
        import_string(target)(unit, record)
