"""The addresses of the API. Each carries the permission of its operation, so that the registry and its guards see it."""

from collections.abc import Iterator

from django.urls import URLPattern

from havre.api.guard import PERMISSIONS
from havre.api.patterns import api

app_name = "api"


def _guarded() -> Iterator[URLPattern]:
    """One address for each operation, named like its function. One without a permission raises KeyError at start."""
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback.permission = PERMISSIONS[str(pattern.name)]  # type: ignore[attr-defined]
            yield pattern


urlpatterns = list(_guarded())
