"""Django's entry for the identification domain."""

from django.apps import AppConfig


class IdentificationConfig(AppConfig):
    """See README.md of this package."""

    name = "havre.identification"
    label = "identification"
    default_auto_field = "django.db.models.BigAutoField"
