"""Django's entry for the cases domain."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See README.md of this package."""

    name = "havre.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from havre.cases import jobs  # noqa: F401  (registers the jobs)
