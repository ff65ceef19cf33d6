"""What must stand before Django starts: the home, the key ring and the database addresses.

`boot()` is called once by every way in (CLI, server, tests). It leaves what it found in the environment, so that
child processes need not ask again.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from havre.config.home import home, keyring_path
from havre.core.keyring import KeyRing
from havre.core.problems import KeyMissing, Unavailable
from havre.infra import server


def keyring() -> KeyRing:
    """The instance key ring, read from its file. Raises KeyMissing when the file is not there or not readable."""
    try:
        return KeyRing.from_json(keyring_path().read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KeyMissing() from error


def write_keyring(ring: KeyRing) -> None:
    """Write the ring so that a crash leaves the old or the new file, never half of one. Mode 0600."""
    path = keyring_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(ring.to_json())
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def ensure_keyring() -> KeyRing:
    """The key ring; made on the very first start, never replaced once data exist under it."""
    if not keyring_path().exists():
        if (home() / "database" / "PG_VERSION").exists():
            raise KeyMissing()
        write_keyring(KeyRing.generate(datetime.now(UTC)))
    return keyring()


def data_folder() -> Path:
    """The folder of the embedded database."""
    return home() / "database"


def boot() -> server.Addresses:
    """Find or start the database; return its addresses. Raises Unavailable or KeyMissing with a plain sentence."""
    if os.environ.get("HAVRE_APP_URL"):
        return server.Addresses(os.environ.get("HAVRE_OWNER_URL", ""), os.environ["HAVRE_APP_URL"])
    ring = ensure_keyring()
    given = os.environ.get("DATABASE_URL")
    if given:
        url = server.query_with(given, connect_timeout="5")
        app = os.environ.get("DATABASE_APP_URL")
        try:
            found = server.prepare(url, app_password=None if app else ring.derive_password("database-app"), own=False)
        except (psycopg.Error, ValueError) as error:
            raise Unavailable(what="database", hint="wrong_address") from error
        addresses = server.Addresses(url, app or found.app)
    else:
        admin = server.embedded(data_folder())
        addresses = server.prepare(admin, app_password=None, own=True)
    os.environ["HAVRE_OWNER_URL"] = addresses.owner
    os.environ["HAVRE_APP_URL"] = addresses.app
    return addresses
