"""`havre serve` and `havre work`: the web server with its job worker, stopped together and cleanly."""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click


def check_port(host: str, port: int, patience: float = 0) -> None:
    """Raise a plain error when another program holds the port, and still does after `patience` seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            return _try_port(host, port)
        except click.ClickException:
            if time.monotonic() >= until:
                raise
            time.sleep(0.1)


def _try_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise click.ClickException(
                    f"Port {port} is in use, perhaps by another Havre. Stop that program, or choose another port: --port {port + 1}"
                ) from error
            raise click.ClickException(f"Havre cannot listen on {host}:{port} ({error.strerror}). Choose another with --host and --port.") from error


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _groups_file() -> Path:
    from havre.config.home import home
    return home() / "running"


def end_leftovers() -> float:
    """End what a killed run left behind: each of its process groups is named in a file of the home.

    Returns for how many seconds the port may still be held by what was ended.
    """
    path = _groups_file()
    ended = False
    for line in path.read_text("utf-8").split() if path.exists() else []:
        with contextlib.suppress(OSError, ValueError):
            if _is_ours(int(line)):
                os.killpg(int(line), signal.SIGKILL)
                ended = True
    path.unlink(missing_ok=True)
    return 10 if ended else 0


def _is_ours(group: int) -> bool:
    """Whether a living process of this group runs Havre (numbers are used again by other programs)."""
    import psutil
    for process in psutil.process_iter(["pid"]):
        with contextlib.suppress(psutil.Error, OSError):
            if os.getpgid(process.pid) == group and process.environ().get("HAVRE_HOME") == os.environ.get("HAVRE_HOME"):
                return True
    return False


def _own_group(command: list[str]) -> subprocess.Popen[bytes]:
    # What serves requests never learns the owner's address: it can neither migrate nor step over the wall.
    environment = {k: v for k, v in os.environ.items() if k not in {"HAVRE_OWNER_URL", "DATABASE_URL"}}
    process = subprocess.Popen(command, start_new_session=True, env=environment)
    with _groups_file().open("a", encoding="utf-8") as out:
        out.write(f"{process.pid}\n")
    return process


def start_worker() -> subprocess.Popen[bytes]:
    """The job worker as a process of its own."""
    return _own_group([sys.executable, "-m", "havre.cli", "work"])


def start_server(host: str, port: int, workers: int) -> subprocess.Popen[bytes]:
    """The web server as a process of its own."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
               "--blocking-threads", "4", "--no-access-log", "--log-level", "warning", "--respawn-failed-workers", "--respawn-interval", "0.5",
               "havre.config.wsgi:application"]
    return _own_group(command)


def wait_until_up(host: str, port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Return when the server answers; raise a plain error when it ends or takes too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise click.ClickException("The server stopped while starting. Run `havre doctor` to see what to mend.")
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.1)
    raise click.ClickException("The server did not answer in time. Run `havre doctor` to see what to mend.")


def stop(process: subprocess.Popen[bytes] | None, patience: float = 10) -> None:
    """Ask a process to end, wait, and only then kill it."""
    if process is None or process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def running(host: str, port: int, workers: int = 2) -> Iterator[str]:
    """Server and worker for as long as the block lasts; yields the address."""
    check_port(host, port, patience=end_leftovers())
    server = worker = None
    try:
        server, worker = start_server(host, port, workers), start_worker()
        wait_until_up("127.0.0.1" if host == "0.0.0.0" else host, port, server)  # noqa: S104
        yield f"http://{host}:{port}"
    finally:
        stop(server)
        stop(worker)
        _groups_file().unlink(missing_ok=True)


def until_stopped() -> None:
    """Wait for Ctrl-C or a request to end."""
    ended = False

    def end(number: int, frame: object) -> None:
        nonlocal ended
        ended = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while not ended:
        time.sleep(0.2)


def stop_database(data: Path) -> None:
    """Stop the embedded database cleanly (a given server is left alone)."""
    from havre.infra.server import stop_embedded
    if not os.environ.get("DATABASE_URL"):
        stop_embedded(data)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@click.option("--keep-database", is_flag=True, help="Leave the embedded database running afterwards.")
def serve(host: str, port: int, workers: int, keep_database: bool) -> None:
    """Serve Havre until Ctrl-C: web and jobs, on the embedded database or on DATABASE_URL."""
    from havre.cli import start_django
    from havre.config.boot import data_folder
    start_django()
    from havre.infra.migrate import migrate, up_to_date
    if not up_to_date():
        migrate(lambda step: click.echo(f"  {step}"))
    try:
        with running(host, port, workers) as address:
            click.echo(f"Havre is at {address}. Stop with Ctrl-C.")
            until_stopped()
            click.echo("Stopping…")
    finally:
        if not keep_database:
            stop_database(data_folder())


@click.command()
def work() -> None:
    """Run jobs until stopped (`havre serve` starts one of these by itself)."""
    from havre.cli import start_django
    start_django()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector
    worker = app.with_connector(cast(DjangoConnector, app.connector).get_worker_connector())
    with contextlib.suppress(KeyboardInterrupt):
        worker.run_worker(concurrency=1, delete_jobs="successful", fetch_job_polling_interval=1.0,
                          update_heartbeat_interval=10, stalled_worker_timeout=30)
