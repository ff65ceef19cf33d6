"""`havre …`: what an operator does from a terminal. Each command is a module; heavy imports wait until it runs."""

import sys

import click

from havre import __version__
from havre.core.problems import Problem

COMMANDS = {
    "serve": "havre.cli.serve:serve", "work": "havre.cli.serve:work", "demo": "havre.cli.demo:demo",
    "doctor": "havre.cli.doctor:doctor", "migrate": "havre.cli.migrate:migrate", "people": "havre.cli.people:people",
    "link": "havre.linkage.command:link", "dedupe": "havre.linkage.command:dedupe",
    "linkage": "havre.cli.linkage:linkage", "import": "havre.cli.exchange:import_", "export": "havre.cli.exchange:export",
    "disclosure": "havre.cli.disclosure:disclosure",
    "release": "havre.cli.release:release",
    "peers": "havre.cli.peers:peers", "audit": "havre.cli.audit:audit", "keys": "havre.cli.keys:keys", "edits": "havre.cli.edits:edits",
    "places": "havre.cli.places:places", "messages": "havre.cli.messages:messages", "docs": "havre.cli.docs:docs",
}


class Lazy(click.Group):
    """Loads a command when it is called, so that `havre --help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        from importlib import import_module
        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(import_module(module), attribute)
        return found if isinstance(found, click.Command) else None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="havre")
def cli() -> None:
    """Havre protects children on the move: from first contact to a family found, with safeguards that execute."""


def start_django() -> None:
    """Boot the database and set Django up. A problem becomes one plain sentence and exit code 1."""
    import os

    from havre.cli.words import sentence
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.config.settings")
    try:
        import django
        django.setup()
    except Problem as problem:
        click.echo(sentence(problem), err=True)
        sys.exit(1)


def main() -> int:
    """Run the command line; problems are sentences, not traces."""
    from havre.cli.words import sentence
    try:
        return int(cli.main(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as done:
        return done.exit_code
    except Problem as problem:
        click.echo(sentence(problem), err=True)
        return 1
