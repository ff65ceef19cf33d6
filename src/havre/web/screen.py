"""How does a page come under the policy? `@screen(permission)`: signed in, role checked, one stay at the database."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from havre.access import queries as access
from havre.access.decide import Permission
from havre.core.actor import Actor
from havre.core.intent import Intent
from havre.infra.acting import acting


class View(Protocol):
    """A page function."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def screen(permission: Permission) -> Callable[[View], View]:
    """Guard a page: anonymous people are sent to sign in; a role without the permission finds nothing here.

    The page runs inside `acting`, so that what it read is in the audit log before the answer leaves.
    """
    def wrap(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_in(request)
            if actor is None:
                return redirect("account:sign_in")
            with acting(actor, private_key=request.vault() if hasattr(request, "vault") else None):
                access.require(actor, permission)
                return view(request, *args, **kwargs)
        run.permission = permission  # type: ignore[attr-defined]
        return run
    return wrap


def open_to_all(view: View) -> View:
    """Mark a page that needs no sign-in. The guard test lists every one of them by name."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def actor_in(request: HttpRequest) -> Actor | None:
    """The actor of this request, or None when nobody is signed in (or the session is locked)."""
    return getattr(request, "actor", None)


def intent(request: HttpRequest, rid: UUID) -> Intent:
    """What this person wants now, under the form's own request id."""
    actor = actor_in(request)
    if actor is None:
        raise RuntimeError("an intent needs a signed-in person")
    return Intent(by=actor, at=timezone.now(), rid=rid)
