"""Django's entry for the tracing domain."""

from django.apps import AppConfig


class TracingConfig(AppConfig):
    """See README.md of this package."""

    name = "havre.tracing"
    label = "tracing"
    default_auto_field = "django.db.models.BigAutoField"
