"""`havre keys`: show, rotate and back up the instance key ring; erase a person's key."""

from pathlib import Path

import click


@click.group()
def keys() -> None:
    """The keys that seal names and stories."""


@keys.command()
def show() -> None:
    """List the instance keys (never the keys themselves) and how much each one wraps."""
    from havre.cli import start_django
    start_django()
    from django.db.models import Count

    from havre.infra.keys import DataKey, ring
    counts = dict(DataKey.objects.filter(wrapped__isnull=False).values_list("kek").annotate(n=Count("pk")))
    for key in ring().keys:
        state = "in use" if key.retired is None else f"retired {key.retired:%Y-%m-%d}"
        click.echo(f"key {key.id}  made {key.created:%Y-%m-%d}  {state}  wraps {counts.get(key.id, 0)} data keys")


@keys.command()
@click.option("--resume", is_flag=True, help="Only go on with a rotation that was interrupted; make no new key.")
def rotate(resume: bool) -> None:
    """Make a new instance key and re-wrap every data key under it. The service stays up; safe to interrupt and repeat."""
    from havre.cli import start_django
    start_django()
    from django.utils import timezone

    from havre.config.boot import write_keyring
    from havre.infra.keys import DataKey, ring, rotate_step
    if not resume:
        write_keyring(ring().rotated(timezone.now()))
        ring.cache_clear()
    current = ring().current.id
    left = DataKey.objects.filter(wrapped__isnull=False).exclude(kek=current).count()
    done = 0
    while (step := rotate_step()) > 0:
        done += step
        click.echo(f"  {done} of {left} data keys re-wrapped")
    click.echo(f"All data keys are under key {current}. Keep the retired keys as long as backups that need them.")


@keys.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the key ring to FILE (mode 0600). Keep it apart from the data: who has both can read everything."""
    import os

    from havre.config.home import keyring_path
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(keyring_path().read_bytes())
    click.echo(f"Key ring copied to {file}.")
