"""What happens on leaving, on choosing a language, and on the neutral page?"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from havre.access import signin
from havre.web.screen import open_to_all
from havre.web.shell import nav

_YEAR = 365 * 24 * 3600


@open_to_all
@csrf_exempt  # leaving must work from a stale page too; the worst a stranger gains is a person who signs in again
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session at once and send the browser to a neutral page; nothing of the page stays in its cache."""
    signin.end(request)
    response = HttpResponseRedirect(nav.neutral(), status=303)
    response.delete_cookie(signin.VAULT_COOKIE)
    response["Clear-Site-Data"] = '"cache"'
    return response


@open_to_all
@require_GET
def neutral(request: HttpRequest) -> HttpResponse:
    """A page that says nothing of Havre: kinds of clouds."""
    return render(request, "shell/neutral.html")


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language for this browser and return to the page it was chosen on."""
    chosen = request.POST.get("language", "")
    after = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = "/"
    response = HttpResponseRedirect(after, status=303)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_YEAR,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
    return response
