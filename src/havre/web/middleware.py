"""What every request passes through: who is signed in, which language, which headers, how a problem is shown."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from havre.access import signin
from havre.core.problems import Problem

Handler = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("havre.web")

UNLOCKED = frozenset({"account:sign_in", "account:locked", "account:sign_out", "shell:leave", "shell:neutral", "shell:language"})


class SignedInMiddleware:
    """Sets `request.actor` and `request.vault` from the session; an idle session is locked, an ended one is over."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = signin.resume(request)
        request.actor = found.actor if found else None  # type: ignore[attr-defined]
        request.person = found.user if found else None  # type: ignore[attr-defined]
        request.locked = bool(found and found.locked)  # type: ignore[attr-defined]
        request.vault = found.private_key if found else (lambda: None)  # type: ignore[attr-defined]
        if request.locked:  # type: ignore[attr-defined]
            request.actor = None  # type: ignore[attr-defined]
        return self.handler(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """A locked session reaches nothing but the page that unlocks it; what was being sent is kept.

        The API answers for itself: nobody is signed in there while the session is locked.
        """
        name = request.resolver_match.view_name if request.resolver_match else ""
        if getattr(request, "locked", False) and name not in UNLOCKED and not name.startswith("api:"):
            signin.keep_unsent(request)
            return redirect("account:locked")
        return None


class LanguageMiddleware:
    """The reader's own language, else the cookie's, else the browser's."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        person = getattr(request, "person", None)
        known = {code for code, _ in settings.LANGUAGES}
        language = chosen if chosen in known else person.language if person and person.language in known \
            else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            response = self.handler(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HeadersMiddleware:
    """Nothing of a page is kept by browser or proxy; one log line per request with the route, never the address."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.handler(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
            response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        spent = int((time.perf_counter() - began) * 1000)
        response.headers["Server-Timing"] = f"app;dur={spent}"
        match = request.resolver_match
        log.info("request", method=request.method, route=match.view_name if match else "", status=response.status_code,
                 milliseconds=spent)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A Problem becomes its page; anything else is Django's error page, logged by type only."""
        from havre.web.problems import page
        if isinstance(error, Problem):
            return page(request, error)
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{where.tb_frame.f_globals.get('__name__', '')}:{where.tb_lineno}" if where else ""
        log.error("unexpected", error_type=type(error).__name__, where=place)
        return None
