"""Reference data as a Django application."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Countries, languages, places and code lists."""

    name = "havre.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
