"""Who is at the door? Passwords (Argon2id), a second step (TOTP), sessions that lock when idle, and the vault.

Unknown name, wrong password, wrong code and a closed account get one answer and cost the same work. The private key of
a person is opened with their password at sign-in and kept for the session under a secret that only the browser's
cookie holds: the server alone cannot open what is sealed to people.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import hashers
from django.contrib.auth import login as django_login
from django.contrib.auth import logout as django_logout
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from havre.access.models import SignIn, Try, User
from havre.access.queries import actor_of
from havre.access.system import system_actor
from havre.core import crypto, ids
from havre.core.actor import Actor
from havre.core.problems import SignInFailed, TooManyTries
from havre.infra.acting import acting
from havre.infra.keys import ring

VAULT_COOKIE = "havre_vault"
TRIES_PER_NAME, TRIES_PER_PLACE, WINDOW = 5, 30, timedelta(minutes=15)
SEEN_EVERY = timedelta(seconds=20)


class WithAgency(ModelBackend):
    """Django's own backend; a session's person comes with their agency in one query."""

    def get_user(self, user_id: UUID) -> User | None:
        """The person of a session, or None when they are gone or closed."""
        return User.objects.select_related("agency").filter(pk=user_id, is_active=True).first()


@dataclass(slots=True)
class Found:
    """A resumed session."""

    user: User
    actor: Actor
    locked: bool
    private_key: Callable[[], bytes | None] = field(default=lambda: None)


def sign_in(request: HttpRequest, username: str, password: str, code: str = "") -> User:
    """Open a session. Raises SignInFailed (always alike) or TooManyTries."""
    now = timezone.now()
    who, whence = _hash(f"name:{username.strip().lower()}"), _hash(f"place:{request.META.get('REMOTE_ADDR', '')}")
    _slow_down(who, whence, now)
    user = _known(username, password, code, now)
    if user is None:
        with acting(system_actor()) as stay:
            Try.objects.create(at=now, who=who, whence=whence)
            stay.audit("sign_in", decision="refused")
        raise SignInFailed()
    with acting(actor_of(user)) as stay:
        Try.objects.filter(who=who).delete()
        django_login(request, user, backend="havre.access.signin.WithAgency")
        request.session.set_expiry(_policy(user).session_hours * 3600)
        request.session.save()
        row = SignIn(id=ids.new_id(), user=user, session_key=request.session.session_key or "", started_at=now, seen_at=now,
                     device=_device(request))
        secret = secrets.token_bytes(32)
        private = _open_vault(user, password)
        if private is not None:
            row.vault = crypto.seal(secret, private, aad=crypto.aad("access_signin", row.id, "vault", 1))
            request.new_vault = secret.hex()  # type: ignore[attr-defined]
        row.save(force_insert=True)
        request.session["sign_in"] = str(row.id)
        stay.audit("sign_in")
    return user


def set_vault_cookie(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the browser the secret of its vault (after sign-in or unlocking)."""
    secret = getattr(request, "new_vault", None)
    if secret:
        response.set_cookie(VAULT_COOKIE, secret, httponly=True, samesite="Strict", secure=request.is_secure())
    return response


def resume(request: HttpRequest) -> Found | None:
    """The person of this session, with `locked` when it was idle too long; None when there is none."""
    if not request.session.get("sign_in"):
        return None
    user = request.user
    row = SignIn.objects.filter(pk=request.session["sign_in"], ended_at__isnull=True).first()
    if row is None or not isinstance(user, User) or not user.is_active:
        django_logout(request)
        return None
    now = timezone.now()
    idle = now - row.seen_at > timedelta(minutes=_policy(user).idle_lock_minutes)
    locked = bool(request.session.get("locked")) or idle
    if locked:
        request.session["locked"] = True
        request.user = AnonymousUser()
    elif now - row.seen_at > SEEN_EVERY:
        SignIn.objects.filter(pk=row.pk).update(seen_at=now)
    return Found(user, actor_of(user, str(row.pk)[:8]), locked, lambda: _session_key(request, row))


def unlock(request: HttpRequest, user: User, password: str) -> None:
    """Open a locked session again with the password. Raises SignInFailed or TooManyTries."""
    now = timezone.now()
    who = _hash(f"name:{user.username.lower()}")
    _slow_down(who, _hash("place:unlock"), now)
    if not user.check_password(password):
        Try.objects.create(at=now, who=who, whence=_hash("place:unlock"))
        raise SignInFailed()
    request.session.pop("locked", None)
    SignIn.objects.filter(pk=request.session["sign_in"]).update(seen_at=now)


def end(request: HttpRequest) -> None:
    """End this session now."""
    row = request.session.get("sign_in")
    if row:
        SignIn.objects.filter(pk=row, ended_at__isnull=True).update(ended_at=timezone.now(), vault=None)
    django_logout(request)


def end_other(user: User, sign_in_id: str) -> None:
    """End another of one's own sessions; effective with its next request."""
    SignIn.objects.filter(pk=sign_in_id, user=user, ended_at__isnull=True).update(ended_at=timezone.now(), vault=None)


def keep_unsent(request: HttpRequest) -> None:
    """What a locked session was sending is sealed to its owner and offered again after unlocking."""
    public = getattr(getattr(request, "person", None), "public_key", None)
    if request.method == "POST" and public and len(request.body) < 200_000 and not request.FILES:
        kept = crypto.seal_to(bytes(public), f"{request.path}\n".encode() + request.body, b"unsent")
        request.session["unsent"] = kept.hex()


def take_unsent(request: HttpRequest, private_key: bytes | None) -> tuple[str, str] | None:
    """The address and body kept by `keep_unsent`, once; None when there is nothing or it cannot be opened."""
    kept = request.session.pop("unsent", None)
    if not kept or private_key is None:
        return None
    address, _, body = crypto.open_sealed(private_key, bytes.fromhex(kept), b"unsent").decode().partition("\n")
    return address, body


def set_password(user: User, password: str) -> None:
    """Give a person a password and, with it, a new vault. What was sealed to the old key needs the old password."""
    user.password = hashers.make_password(password)
    private, public = crypto.new_person_keys()
    salt = os.urandom(16)
    key = crypto.password_key(password, salt)
    user.public_key = public
    user.vault = salt + crypto.seal(key, private, aad=crypto.aad("access_user", user.id, "vault", 1))


def new_second_step(user: User) -> str:
    """A new TOTP secret for this person (base 32), to be confirmed with `confirm_second_step`."""
    return crypto.new_totp_secret()


def confirm_second_step(user: User, secret: str, code: str, now: datetime) -> bool:
    """Turn the second step on once a code from the new secret is right."""
    step = crypto.totp_verify(secret, code, now)
    if step is None:
        return False
    sealed = crypto.seal(ring().derive_key("totp"), secret.encode(), aad=crypto.aad("access_user", user.id, "totp", 1))
    User.objects.filter(pk=user.pk).update(totp_secret=sealed, totp_last_step=step)
    return True


def _known(username: str, password: str, code: str, now: datetime) -> User | None:
    user = User.objects.select_related("agency").filter(username=username.strip().lower()).first()
    if user is None:
        hashers.make_password(password)
        return None
    if not user.check_password(password) or not user.is_active:
        return None
    return user if _second_step(user, code, now) else None


def _second_step(user: User, code: str, now: datetime) -> bool:
    from django.conf import settings
    if user.totp_secret is None:
        return not settings.HAVRE_REQUIRE_TOTP or not code
    secret = crypto.unseal(ring().derive_key("totp"), bytes(user.totp_secret), aad=crypto.aad("access_user", user.id, "totp", 1))
    step = crypto.totp_verify(secret.decode(), code.strip(), now)
    if step is None:
        return False
    return bool(User.objects.filter(pk=user.pk, totp_last_step__lt=step).update(totp_last_step=step))


def _open_vault(user: User, password: str) -> bytes | None:
    if user.vault is None:
        return None
    blob = bytes(user.vault)
    return crypto.unseal(crypto.password_key(password, blob[:16]), blob[16:], aad=crypto.aad("access_user", user.id, "vault", 1))


def _session_key(request: HttpRequest, row: SignIn) -> bytes | None:
    secret = request.COOKIES.get(VAULT_COOKIE, "")
    if row.vault is None or len(secret) != 64:
        return None
    try:
        return crypto.unseal(bytes.fromhex(secret), bytes(row.vault), aad=crypto.aad("access_signin", row.id, "vault", 1))
    except ValueError:
        return None


def _slow_down(who: bytes, whence: bytes, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) filter (where who = %s), count(*) filter (where whence = %s) from access_try where at > %s",
                       [who, whence, now - WINDOW])
        named, placed = cursor.fetchone()
    if named >= TRIES_PER_NAME or placed >= TRIES_PER_PLACE:
        raise TooManyTries()


def _hash(text: str) -> bytes:
    return crypto.hmac_token(ring().derive_key("tries"), text, 16)


def _policy(user: User):  # type: ignore[no-untyped-def]
    from havre.config.policies import policy_for
    return policy_for(user.agency.country)


def _device(request: HttpRequest) -> str:
    said = request.headers.get("User-Agent", "")
    kind = "phone" if "Mobi" in said else "computer"
    maker = next((n for n in ("Firefox", "Edg", "Chrome", "Safari") if n in said), "browser")
    return f"{kind}, {'Edge' if maker == 'Edg' else maker}"
