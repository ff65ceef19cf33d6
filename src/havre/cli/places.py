"""`havre places`: the gazetteer of places with P-codes."""

from pathlib import Path

import click


@click.group()
def places() -> None:
    """Places as a tree, from COD-AB files."""


@places.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and check; write nothing.")
def load(file: Path, dry_run: bool) -> None:
    """Load or update places from a COD-AB style CSV."""
    from havre.cli import start_django
    start_django()
    from havre.reference.places import import_file
    click.echo(import_file(file, dry_run=dry_run).words())
