"""Django's entry for the browser's pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens; no tables."""

    name = "havre.web"
    label = "web"
