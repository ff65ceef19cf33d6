"""`havre doctor`: is this instance well, and how is each thing mended?"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import click


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, whether it is well, what was seen, and how to mend it."""

    name: str
    ok: bool
    seen: str
    mend: str = ""


def _disk() -> Finding:
    from havre.config.home import home
    free = shutil.disk_usage(home()).free
    return Finding("disk", free > 1 << 30, f"{free >> 20} MB free in {home()}", "Free at least 1 GB, or set HAVRE_HOME to a larger disk.")


def _keyring() -> Finding:
    from havre.config.boot import keyring
    from havre.config.home import keyring_path
    path = keyring_path()
    if not path.exists():
        return Finding("keys", False, f"no key ring at {path}", "It is made on the first start; if there are data already, put your copy back.")
    keyring()
    loose = bool(path.stat().st_mode & 0o077)
    return Finding("keys", not loose, f"{path}", f"Others can read the key ring: chmod 600 {path}")


def _database() -> Finding:
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int, current_user, now()")
        version, user, _ = cursor.fetchone()
    return Finding("database", version >= 150000, f"PostgreSQL {version // 10000}, as {user}", "Havre needs PostgreSQL 15 or newer.")


def _role() -> Finding:
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        strong = cursor.fetchone()[0]
    return Finding("role", not strong, "requests cannot bypass row-level security" if not strong else "requests run as a superuser",
                   "Set DATABASE_APP_URL to a role without SUPERUSER and BYPASSRLS (Havre makes one called havre_app).")


def _wall() -> Finding:
    from django.db import connection

    from havre.infra.rls import protected_tables
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relforcerowsecurity and relrowsecurity")
        walled = {row[0] for row in cursor.fetchall()}
    missing = sorted(set(protected_tables()) - walled)
    return Finding("row-level security", not missing, f"{len(walled)} tables behind the wall", f"Run `havre migrate`; without it: {', '.join(missing)}")


def _migrations() -> Finding:
    from havre.infra.migrate import up_to_date
    return Finding("migrations", up_to_date(), "compared with this version", "Run `havre migrate`.")


def _clock() -> Finding:
    from havre.infra.audit import AuditEntry
    last = AuditEntry.objects.order_by("-seq").values_list("at", flat=True).first()
    behind = last is not None and last > datetime.now(UTC)
    return Finding("clock", not behind, datetime.now(UTC).isoformat(timespec="seconds"),
                   "The clock is behind the last entry of the audit log. Set the time, then start again.")


CHECKS: tuple[Callable[[], Finding], ...] = (_disk, _keyring, _database, _role, _wall, _migrations, _clock)


def findings() -> Iterator[Finding]:
    """Run every check; one that fails to run is itself a finding."""
    for check in CHECKS:
        try:
            yield check()
        except Exception as error:  # noqa: BLE001  (a process edge: the doctor reports whatever it meets)
            yield Finding(check.__name__.strip("_"), False, type(error).__name__, "This check could not run; see the others first.")


@click.command()
def doctor() -> None:
    """Check configuration, keys, database, time and disk, and say how to mend each."""
    from havre.cli import start_django
    start_django()
    bad = 0
    for finding in findings():
        click.echo(f"{'well ' if finding.ok else 'MEND '} {finding.name}: {finding.seen}")
        if not finding.ok:
            bad += 1
            click.echo(f"       {finding.mend}")
    unset = [n for n in ("HAVRE_HOSTS",) if not os.environ.get(n)]
    if unset:
        click.echo("note   HAVRE_HOSTS is not set: only this machine can reach Havre.")
    sys.exit(1 if bad else 0)
