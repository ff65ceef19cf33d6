"""`havre demo`: an invented world to try everything with, one command from nothing."""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

PASSWORD = "havre demo practice"  # noqa: S105  (invented people only)


class Steps:
    """Numbered progress on standard error, with the time each step took when it was long."""

    def __init__(self, total: int) -> None:
        self.total, self.number = total, 0

    def __call__(self, words: str, work: Callable[[], object]) -> None:
        """Say what begins, do it, say how long it took when that was over two seconds."""
        self.number += 1
        click.echo(f"{self.number}/{self.total} {words}", err=True)
        began = time.monotonic()
        work()
        spent = time.monotonic() - began
        if spent > 2:
            click.echo(f"    done in {spent:.0f} s", err=True)


def _prepare(steps: Steps, *, persons: int, children: int, requests: int, seed: int) -> None:
    from havre.cli import start_django
    steps("Starting the database", start_django)
    from havre.infra.migrate import migrate, up_to_date
    if up_to_date():
        steps("The database is up to date", lambda: None)
    else:
        steps("Making the tables and the safeguards around them", migrate)
    from havre.demo import load

    def tell(done: int, total: int, what: str) -> None:
        click.echo(f"    {what}: {done} of {total}", err=True)

    if load.loaded():
        steps("The invented world is there", lambda: None)
    else:
        steps("Inventing a world (about a minute)", lambda: load.load(
            seed=seed, persons=persons, children=children, requests=requests, password=PASSWORD, tell=tell))


def _people() -> None:
    from havre.demo.world import demo_people
    click.echo("\nWho can sign in (password for all: " + PASSWORD + ")")
    for person in demo_people():
        click.echo(f"  {person.username:<10} {person.name}, {person.role.replace('_', ' ')}, {person.agency} ({person.country})")


@click.group(invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--reset", is_flag=True, help="Throw the demo's data away and start anew.")
@click.option("--smoke", is_flag=True, help="Walk the whole path over HTTP on a free port, print one JSON line, and end.")
@click.option("--persons", default=3000, show_default=True)
@click.option("--children", default=600, show_default=True)
@click.option("--requests", "requests_", default=250, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.pass_context
def demo(ctx: click.Context, host: str, port: int, reset: bool, smoke: bool, persons: int, children: int, requests_: int, seed: int) -> None:
    """Start Havre with an invented world at http://127.0.0.1:8000. Data survive restarts; --reset starts anew."""
    if ctx.invoked_subcommand is not None:
        return
    os.environ["HAVRE_PRACTICE"] = "1"
    os.environ.setdefault("HAVRE_HOME", str(Path.cwd() / "var"))
    if smoke:
        sys.exit(_smoke(persons, children, requests_, seed))
    from havre.cli.serve import check_port, end_leftovers, running, stop_database, until_stopped
    check_port(host, port, patience=end_leftovers())
    from havre.config.boot import data_folder
    if reset:
        _reset()
    steps = Steps(4)
    try:
        _prepare(steps, persons=persons, children=children, requests=requests_, seed=seed)
        steps("Serving", lambda: None)
        with running(host, port) as address:
            _people()
            click.echo(f"\nHavre is at {address}. Stop with Ctrl-C.")
            until_stopped()
            click.echo("Stopping; everything is saved.", err=True)
    finally:
        stop_database(data_folder())


@demo.command("load")
@click.option("--persons", default=3000, show_default=True)
@click.option("--cases", default=None, type=int, help="How many of them have a case (bulk only).")
@click.option("--seed", default=1, show_default=True)
def load_bulk(persons: int, cases: int | None, seed: int) -> None:
    """Load an invented population of any size in bulk, for measuring (1,000,000 persons in minutes)."""
    from havre.cli import start_django
    os.environ["HAVRE_PRACTICE"] = "1"
    start_django()
    from havre.demo import bulk
    from havre.infra.migrate import migrate
    migrate()
    began = time.monotonic()
    count = bulk.load(persons=persons, cases=cases if cases is not None else persons // 5, seed=seed,
                      tell=lambda done, total, what: click.echo(f"  {what}: {done:,} of {total:,}", err=True))
    click.echo(f"{count:,} persons loaded in {time.monotonic() - began:.0f} s.")


def _reset() -> None:
    from havre.config.boot import data_folder
    from havre.config.home import keyring_path
    from havre.infra.server import stop_embedded
    if os.environ.get("DATABASE_URL"):
        raise click.ClickException("--reset works on the demo's own database only. Empty the database at DATABASE_URL yourself, or unset it.")
    click.echo("Throwing the demo's data away", err=True)
    stop_embedded(data_folder())
    shutil.rmtree(data_folder(), ignore_errors=True)
    keyring_path().unlink(missing_ok=True)


def _smoke(persons: int, children: int, requests_: int, seed: int) -> int:
    """Everything in a folder of its own; exit 0, or 1 with the step that failed."""
    from havre.cli.serve import free_port, running, stop_database
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="havre-smoke-"))
    os.environ["HAVRE_HOME"] = str(folder)
    report: dict[str, object] = {"ok": False, "steps": []}
    try:
        _prepare(Steps(3), persons=persons, children=children, requests=requests_, seed=seed)
        from havre.demo.smoke import walk
        with running("127.0.0.1", free_port()) as address:
            walked = walk(address, PASSWORD)
        report = {"ok": walked.ok, "steps": walked.steps, **({} if walked.ok else {"failed": walked.failed, "why": walked.why})}
    except click.ClickException as error:
        report |= {"failed": "start", "why": error.message}
    finally:
        from havre.config.boot import data_folder
        stop_database(data_folder())
        shutil.rmtree(folder, ignore_errors=True)
    report["seconds"] = round(time.monotonic() - began, 1)
    click.echo(json.dumps(report))
    return 0 if report["ok"] else 1
