"""`havre edits`: rebuild the typed columns from the edit log, or check that they agree with it."""

import sys

import click


@click.group()
def edits() -> None:
    """The append-only log of what was written."""


@edits.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a row differs from its edits.")
def rebuild(check: bool) -> None:
    """Compare every record with its edits and, without --check, write the columns again from the log."""
    from havre.cli import start_django
    start_django()
    from havre.infra.rebuild import rebuild as run
    result = run(write=not check, say=lambda text: click.echo(f"  {text}"))
    click.echo(f"{result.records} records read, {result.different} differed, {result.erased} erased and left as they are.")
    sys.exit(1 if check and result.different else 0)
