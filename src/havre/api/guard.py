"""How does an endpoint come under the policy? Signed in by the same session, request token checked, role checked, one stay."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie

from havre.access import queries as access
from havre.access.decide import Permission
from havre.core.actor import Actor
from havre.core.intent import Intent
from havre.infra.acting import acting

F = TypeVar("F", bound=Callable[..., Any])
PERMISSIONS: dict[str, Permission] = {}


class Session(APIKeyCookie):
    """The session of the browser. Writes also need the header `X-CSRFToken`, as the pages do."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The actor of the session; None (401) when nobody is signed in or the session is locked."""
        return getattr(request, "actor", None)


def endpoint(permission: Permission) -> Callable[[F], F]:
    """Guard an endpoint with a permission; it runs inside `acting`, so that what it read is in the log before the answer leaves."""
    def wrap(function: F) -> F:
        @wraps(function)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            with acting(actor, private_key=request.vault() if hasattr(request, "vault") else None):
                access.require(actor, permission)
                return function(request, *args, **kwargs)
        PERMISSIONS[function.__name__] = permission
        return run  # type: ignore[return-value]
    return wrap


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


def wish(request: HttpRequest, rid: UUID) -> Intent:
    """What is wanted now, under the client's own request id (header `Idempotency-Key`)."""
    return Intent(actor_of(request), timezone.now(), rid)
