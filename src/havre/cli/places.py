"""`havre places`: the gazetteer of places with P-codes."""

import sys
from pathlib import Path

import click


@click.group()
def places() -> None:
    """Places as a tree, from COD-AB files."""


@places.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and check; write nothing.")
def load(file: Path, dry_run: bool) -> None:
    """Load or update places from a COD-AB style CSV: all rows, or none."""
    from havre.cli import start_django
    start_django()
    from havre.reference.place_import import import_places
    from havre.reference.places import parse_places
    report = import_places(parse_places(file.read_bytes()), dry_run=dry_run)
    for error in report.errors:
        click.echo(f"row {error.row}: {error.message}", err=True)
    if report.errors:
        click.echo("Nothing was written. Mend these rows, then try again.", err=True)
        sys.exit(1)
    said = "would be" if dry_run else "were"
    click.echo(f"{len(report.created)} places {said} created, {len(report.updated)} updated, {len(report.retired)} retired; "
               f"{report.unchanged} stay as they are.")


@places.command("context")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def context(file: Path) -> None:
    """Load public figures of places (CSV: pcode, indicator, value, source, date); they replace what their sources said before."""
    from havre.cli import start_django
    start_django()
    from datetime import UTC, datetime

    from havre.access.system import system_actor
    from havre.core import ids
    from havre.core.intent import Intent
    from havre.statistics import actions
    from havre.statistics.problems import ContextRefused
    try:
        actions.load_context(Intent(by=system_actor(), at=datetime.now(UTC), rid=ids.new_id()), content=file.read_bytes())
    except ContextRefused as problem:
        for number, code in problem.rows:
            click.echo(f"row {number}: {code}", err=True)
        click.echo("Nothing was written. Mend these rows, then try again.", err=True)
        sys.exit(1)
    click.echo("The figures are kept.")
