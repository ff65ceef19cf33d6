"""The instance that tests run against: a home of their own and one database per worker. Loaded before Django."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

os.environ.setdefault("HAVRE_PRACTICE", "1")
os.environ["HAVRE_HOME"] = os.environ.get("HAVRE_TEST_HOME") or str(Path(tempfile.gettempdir()) / f"havre-test-{os.getuid()}")
for _left in ("HAVRE_OWNER_URL", "HAVRE_APP_URL", "HAVRE_KEYRING"):
    os.environ.pop(_left, None)

import psycopg  # noqa: E402

from havre.config.boot import boot  # noqa: E402
from havre.infra.server import with_user  # noqa: E402

SERVER = boot()
with psycopg.connect(with_user(SERVER.owner, "postgres", None, "postgres"), autocommit=True) as _link:
    for _setting in ("fsync", "synchronous_commit", "full_page_writes"):  # these databases are thrown away
        _link.execute(f"alter system set {_setting} = off")
    _link.execute("select pg_reload_conf()")
DATABASE = f"havre_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


def named(url: str, database: str) -> str:
    """The same server, another database."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, ""))


os.environ["HAVRE_OWNER_URL"] = named(SERVER.owner, DATABASE)
os.environ["HAVRE_APP_URL"] = named(SERVER.app, DATABASE)
