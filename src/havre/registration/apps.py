"""Django's entry for the registration domain."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """See README.md of this package."""

    name = "havre.registration"
    label = "registration"
    default_auto_field = "django.db.models.BigAutoField"
