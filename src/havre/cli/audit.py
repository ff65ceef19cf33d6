"""`havre audit`: export, checkpoint and verify the log of who did what."""

import json
import sys
from pathlib import Path

import click


@click.group()
def audit() -> None:
    """The audit log: a Merkle tree that anyone can check."""


@audit.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the whole log and a signed checkpoint to FILE (one line each; no personal data in clear)."""
    from havre.cli import start_django
    start_django()
    from django.utils import timezone

    from havre.infra.audit import export_lines
    count = 0
    with file.open("w", encoding="utf-8") as out:
        for line in export_lines(timezone.now()):
            out.write(line + "\n")
            count += 1
    click.echo(f"{count - 1} entries and a signed checkpoint written to {file}.")


@audit.command()
def checkpoint() -> None:
    """Print a signed checkpoint to give to a witness (a partner agency, an auditor, a printed page)."""
    from havre.cli import start_django
    start_django()
    from django.utils import timezone

    from havre.infra.audit import checkpoint as make
    click.echo(make(timezone.now()), nl=False)


@audit.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--witness", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="An older checkpoint, kept by someone else: the log must have only grown since.")
@click.option("--public", help="The public key (hex) that the checkpoint must be signed with; else the one in the file is used.")
def verify(file: Path, witness: Path | None, public: str | None) -> None:
    """Verify an exported log offline: every entry, its place, the signature, and an older checkpoint."""
    from havre.infra.audit_verify import verify_lines
    with file.open(encoding="utf-8") as lines:
        result = verify_lines(lines, witness=witness.read_text("utf-8") if witness else None, public=public)
    click.echo(json.dumps({"ok": result.ok, "entries": result.entries, "reason": result.reason}))
    sys.exit(0 if result.ok else 1)
