"""A second instance as a process of its own, with a database of its own: `python -m tests.integration.exchange.holding SECRET`.

It registers Selam, makes an offer to the peer with this secret (hexadecimal) and prints the port it serves on. When its input ends
it prints what it counted, as JSON, and drops its database.
"""

import json
import sys
import threading
from types import SimpleNamespace
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, make_server

import psycopg

from havre.infra.server import with_user
from tests.environment import DATABASE, SERVER


class Quiet(WSGIRequestHandler):
    """Says nothing of requests."""

    def log_message(self, *_: object) -> None:
        return


def hold(secret: bytes) -> None:
    """Set up, serve until the input ends, tell."""
    import django
    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.db import connections
    from django.utils import timezone

    from havre.access.people import make_agency, make_person
    from havre.access.queries import actor_of
    from havre.access.system import system_actor
    from havre.core.intent import Intent
    from havre.exchange.peers import actions
    from havre.exchange.peers.models import PeerDay
    from havre.infra.audit import AuditEntry
    from havre.infra.migrate import migrate
    from tests.integration.tracing.pairing import wanted_child

    def intent(actor: object) -> Intent:
        return Intent(by=actor, at=timezone.now(), rid=uuid4())  # type: ignore[arg-type]

    migrate()
    make_agency("blue", "Blue shore", "ET", "focal@blue.example")
    worker = make_person(uuid4(), "worker", "Worker", "caseworker", "blue", "a password of the far side")
    wanted_child(SimpleNamespace(caseworker=actor_of(worker)), intent)
    peer = actions.add_peer(intent(system_actor()), name="Red hill", address="https://red.example", contact="x", secret=secret, side=2)
    actions.renew_offer(intent(system_actor()), peer=peer.pk)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    server.shutdown()
    answered = list(AuditEntry.objects.filter(action="exchange.peers.answering.answer_question", decision="done").values_list("body", flat=True))
    print(json.dumps({"received": sum(day.received for day in PeerDay.objects.all()), "answered": answered}), flush=True)
    connections.close_all()


def main() -> None:
    """With a fresh database, dropped at the end."""
    with psycopg.connect(with_user(SERVER.owner, "postgres", None, "postgres"), autocommit=True) as link:
        link.execute(f'create database "{DATABASE}" owner havre_owner')
        try:
            hold(bytes.fromhex(sys.argv[1]))
        finally:
            link.execute(f'drop database if exists "{DATABASE}" with (force)')


if __name__ == "__main__":
    import os
    os.environ["DJANGO_SETTINGS_MODULE"] = "havre.config.settings"
    main()
