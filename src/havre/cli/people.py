"""`havre people`: agencies, teams and people, for a first start without the demo."""

import secrets
from uuid import uuid4

import click

from havre.core.actor import Role


@click.group()
def people() -> None:
    """Agencies, teams and the people who work with Havre."""


@people.command("add-agency")
@click.argument("code")
@click.argument("name")
@click.option("--country", required=True, help="Two letters, ISO 3166-1.")
@click.option("--contact", default="", help="How a partner reaches the focal point.")
def add_agency(code: str, name: str, country: str, contact: str) -> None:
    """Add an agency and its first team."""
    from havre.cli import start_django
    start_django()
    from havre.access.people import make_agency
    agency, team = make_agency(code, name, country.upper(), contact)
    click.echo(f"{agency.code}: {agency.name}, with the team “{team.name}”.")


@people.command("add")
@click.argument("username")
@click.argument("name")
@click.option("--role", type=click.Choice([r.value for r in Role if r is not Role.SYSTEM]), required=True)
@click.option("--agency", required=True, help="The agency's code.")
@click.option("--supervises", is_flag=True, help="Supervises the agency's first team.")
@click.option("--language", default="en")
def add(username: str, name: str, role: str, agency: str, supervises: bool, language: str) -> None:
    """Add a person. Their first password is printed once."""
    from havre.cli import start_django
    start_django()
    from havre.access.people import make_person
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    make_person(uuid4(), username, name, role, agency, password, supervises=supervises, language=language)
    click.echo(f"{username} can sign in with: {password}")
