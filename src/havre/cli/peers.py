"""`havre peers`: which other instances may ask us privately, and be asked."""

import sys
from typing import Any
from uuid import uuid4

import click

from havre.core.problems import InputRefused, Problem


@click.group()
def peers() -> None:
    """Other instances with which officers may ask privately whether a child is known."""


@peers.command("add")
@click.argument("name")
@click.option("--address", required=True, help="Where the other instance is reached, https.")
@click.option("--contact", required=True, help="How an officer reaches the focal point over there.")
@click.option("--accept", is_flag=True, help="Ask for the secret that the other instance printed, instead of making one.")
def add(name: str, address: str, contact: str, accept: bool) -> None:
    """Add another instance. The shared secret is printed once, or typed in with --accept."""
    _start()
    from havre.exchange.peers import actions, managing, wire
    try:
        secret = wire.read_secret(click.prompt("Secret", hide_input=True)) if accept else managing.new_secret()
    except ValueError:
        raise click.ClickException("This is not a secret that `havre peers add` printed.") from None
    peer = _done(lambda: actions.add_peer(_intent(), name=name, address=address, contact=contact, secret=secret, side=2 if accept else 1))
    click.echo(f"{peer.name}: {peer.address}. The offer to it is made by `havre work`, now and every night.")
    if not accept:
        click.echo("Give this secret to its administrator by another way than the network of both, then forget it. It is shown once:")
        click.echo(wire.written(secret))


@peers.command("list")
def list_() -> None:
    """List the other instances, when the offer to each was made, and how many questions each has asked."""
    _start()
    from havre.access.system import system_actor
    from havre.exchange.peers import managing
    from havre.infra.acting import acting
    with acting(system_actor()):
        for peer, offer, received in managing.known():
            made = f"offer of {offer.made_at:%Y-%m-%d %H:%M}" if offer else "no offer yet"
            click.echo(f"{peer.name}  {peer.address}  {peer.contact}  {made}  asked {received}")


@peers.command("renew")
@click.argument("name")
def renew(name: str) -> None:
    """Make the offer to an instance now instead of at night; the last one is forgotten."""
    _start()
    from havre.exchange.peers import actions
    from havre.exchange.peers.models import Peer
    peer = Peer.objects.filter(name=name, removed_at=None).first()
    if peer is None:
        raise click.ClickException(f"No instance is called “{name}”. `havre peers list` names them.")
    _done(lambda: actions.renew_offer(_intent(), peer=peer.pk))
    click.echo(f"The offer to {peer.name} is new.")


@peers.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove another instance: its secret is forgotten and it is answered no more. What was asked stays with the requests."""
    _start()
    from havre.exchange.peers import actions
    peer = _done(lambda: actions.remove_peer(_intent(), name=name))
    click.echo(f"{peer.name} is removed.")


def _start() -> None:
    from havre.cli import start_django
    start_django()


def _intent() -> Any:
    from django.utils import timezone

    from havre.access.system import system_actor
    from havre.core.intent import Intent
    return Intent(system_actor(), timezone.now(), uuid4())


def _done(act: Any) -> Any:
    """What an action gives; a problem is said in plain words and ends with 1."""
    from havre.cli.words import sentence
    try:
        return act()
    except InputRefused as problem:
        for name, said in problem.errors.items():
            click.echo(f"{name}: {' '.join(said)}", err=True)
    except Problem as problem:
        click.echo(sentence(problem), err=True)
    sys.exit(1)
