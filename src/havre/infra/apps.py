"""Django's entry for the plumbing."""

from django.apps import AppConfig


class InfraConfig(AppConfig):
    """Edits, audit, keys, jobs."""

    name = "havre.infra"
    label = "infra"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from havre.infra import actions, audit, keys, records  # noqa: F401  (models live here)
