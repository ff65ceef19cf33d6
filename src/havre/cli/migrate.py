"""`havre migrate`: bring the database to this version."""

import click


@click.command()
def migrate() -> None:
    """Apply migrations, row-level security and roles. Safe to repeat."""
    from havre.cli import start_django
    start_django()
    from havre.infra.migrate import migrate as run
    run(lambda step: click.echo(f"  {step}"))
    click.echo("The database is up to date.")
