"""Django's entry for the access domain."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """People, files and grants."""

    name = "havre.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
