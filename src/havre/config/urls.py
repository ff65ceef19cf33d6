"""The addresses of Havre: one line per area. Every view behind them is guarded; a test walks this table."""

from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path

from havre.web.screen import open_to_all

handler404 = "havre.web.problems.missing"
handler500 = "havre.web.problems.failed"

AREAS = ("shell", "account", "today", "screening", "registration", "cases", "tracing", "exchange", "peers", "patterns", "numbers",
         "releases", "parts")


@open_to_all
def start(request: HttpRequest) -> HttpResponse:
    """The first page of whoever is here."""
    return redirect("account:sign_in")


def there(package: str) -> bool:
    """Whether a package has a table of addresses."""
    return bool(find_spec(package) and find_spec(f"{package}.urls"))


urlpatterns: list[URLPattern | URLResolver] = [path("", start, name="start")]
urlpatterns += [path("", include(f"havre.web.{area}.urls")) for area in AREAS if there(f"havre.web.{area}")]
if there("havre.api"):
    urlpatterns += [path("api/", include("havre.api.urls"))]
